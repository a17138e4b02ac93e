import { App, CfnParameter, CfnResource, Stack, Stage } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as glue from 'aws-cdk-lib/aws-glue';
import { Construct } from 'constructs';
import { ConnectionTests, OnUnsupported, type ApplyToOptions } from '../../../lib/index';
import { createConnection, createStack, resourcesOf, testResourceOf } from '../harness';

const TEST = 'Custom::GlueConnectionTest';

describe('a type that Glue is not documented to test', () => {
  function onUnsupported(connectionType: string, options: ApplyToOptions = {}): unknown {
    const stack = createStack();
    new glue.CfnConnection(stack, 'Orders', {
      catalogId: stack.account,
      connectionInput: { connectionType, name: 'orders' },
    });
    ConnectionTests.applyTo(stack, options);
    return testResourceOf(stack).Properties.OnUnsupported;
  }

  test.each(['BIGQUERY', 'SNOWFLAKE', 'MYSQL', 'jdbc'])(
    '%s does not fail the deployment where Glue refuses it',
    (type) => {
      expect(onUnsupported(type)).toBe('WARN');
    },
  );

  test('is one that is only known at deployment, too', () => {
    const stack = createStack();
    const connectionType = new CfnParameter(stack, 'Type').valueAsString;
    new glue.CfnConnection(stack, 'Orders', { catalogId: stack.account, connectionInput: { connectionType } });
    ConnectionTests.applyTo(stack);

    expect(testResourceOf(stack).Properties.OnUnsupported).toBe('WARN');
  });

  test.each(['KAFKA', 'NETWORK'])('%s is left out by default, and is the same when it is asked for', (type) => {
    expect(onUnsupported(type, { connectionTypes: [new glue.ConnectionType(type)] })).toBe('WARN');
  });

  test('fails the deployment where that is asked for', () => {
    expect(onUnsupported('BIGQUERY', { onUnsupported: OnUnsupported.FAIL })).toBe('FAIL');
  });

  test.each(['JDBC', 'SALESFORCE'])('is not %s: a refusal fails the deployment, unless it is said not to', (type) => {
    expect(onUnsupported(type)).toBeUndefined();
    expect(onUnsupported(type, { onUnsupported: OnUnsupported.WARN })).toBe('WARN');
  });
});

describe('all tests wait', () => {
  test('for the constructs that are given, and for their children', () => {
    const stack = createStack();
    createConnection(stack, 'One');
    createConnection(new Construct(stack, 'Scope'), 'Two');
    const route = new CfnResource(stack, 'Route', { type: 'AWS::EC2::Route' });
    const network = new Construct(stack, 'Network');
    const endpoint = new CfnResource(network, 'Endpoint', { type: 'AWS::EC2::VPCEndpoint' });
    ConnectionTests.applyTo(stack, { executeAfter: [route, network] });

    const tests = Object.values(resourcesOf(stack, TEST));
    expect(tests).toHaveLength(2);
    for (const { DependsOn } of tests) {
      expect(DependsOn).toEqual(
        expect.arrayContaining([route, endpoint].map((one) => stack.resolve(one.logicalId) as unknown)),
      );
    }
  });

  test('for constructs of another stack, and not for those of another stage', () => {
    const app = new App();
    const [connections, network] = [new Stack(app, 'Connections'), new Stack(app, 'Network')];
    createConnection(connections);
    const staged = new Stack(new Stage(app, 'Stage'), 'Staged');
    createConnection(staged);
    const route = new CfnResource(network, 'Route', { type: 'AWS::EC2::Route' });
    ConnectionTests.applyTo(app, { executeAfter: [route] });
    const assembly = app.synth();

    expect(connections.dependencies).toEqual([network]);
    expect(assembly.getNestedAssembly('assembly-Stage').getStackByName(staged.stackName).dependencies).toEqual([
      expect.objectContaining({ id: expect.stringContaining('assets') as unknown }),
    ]);
  });

  test('for a user of the connection too, which then does not wait for the test', () => {
    const stack = createStack();
    const connection = createConnection(stack);
    const job = new glue.CfnJob(stack, 'Job', {
      role: 'jobs',
      command: { name: 'glueetl' },
      connections: { connections: [connection.connectionName] },
    });
    ConnectionTests.applyTo(stack, { executeAfter: [job] });

    expect(testResourceOf(stack).DependsOn).toContain('Job');
    expect(Template.fromStack(stack).findResources('AWS::Glue::Job')).not.toHaveProperty('Job.DependsOn');
    Annotations.fromStack(stack).hasWarning('/Stack/Job', Match.stringLikeRegexp('does not wait for the test'));
  });

  test('fails when the constructs contain a test', () => {
    const stack = createStack();
    const scope = new Construct(stack, 'Scope');
    createConnection(scope);
    ConnectionTests.applyTo(stack, { executeAfter: [stack] });

    expect(() => Template.fromStack(stack)).toThrow(
      "'executeAfter' must not contain a test that waits for it, got: Stack, which contains Stack/GlueConnectionTests/Scope/Orders/Test; " +
        'name the constructs that the tests must wait for one by one',
    );
  });
});
