import { App, Aspects, CfnCondition, CfnParameter, CfnResource, Fn, Lazy, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as glue from 'aws-cdk-lib/aws-glue';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Dependable, type Construct } from 'constructs';
import { ConnectionTarget, ConnectionTest, ConnectionTestProvider, ConnectionTests } from '../../lib/index';
import { allowed, connectionsTested, createConnection, createStack, resourcesOf, testResourceOf } from './harness';

const TEST = 'Custom::GlueConnectionTest';

function createL1(scope: Construct, id: string, name?: string): glue.CfnConnection {
  return new glue.CfnConnection(scope, id, {
    catalogId: Stack.of(scope).account,
    connectionInput: { name, connectionType: 'JDBC' },
  });
}

describe('a connection is tested as it stands in the template', () => {
  test('with what overrides change', () => {
    const stack = createStack();
    const connection = createL1(stack, 'Orders', 'orders');
    connection.addPropertyOverride('ConnectionInput.Name', 'prod-orders');
    connection.addPropertyOverride('ConnectionInput.ConnectionProperties.SECRET_ID', 'prod/orders');
    connection.addPropertyOverride('ConnectionInput.PhysicalConnectionRequirements', {
      SubnetId: 'subnet-0123456789abcdef0',
    });
    ConnectionTests.applyTo(stack);

    expect(connectionsTested(stack)).toEqual([expect.stringMatching(/:connection\/prod-orders$/)]);
    expect(allowed(stack, 'secretsmanager:GetSecretValue')?.resources).toEqual([
      expect.stringMatching(/:secret:prod\/orders-\?{6}$/),
    ]);
    expect(allowed(stack, 'ec2:CreateNetworkInterface')?.resources).toContainEqual(
      expect.stringMatching(/:subnet\/subnet-0123456789abcdef0$/),
    );
  });

  test('or left out by what overrides change', () => {
    const stack = createStack();
    createL1(stack, 'One').addPropertyOverride('ConnectionInput.ConnectionType', 'NETWORK');
    createL1(stack, 'Two').addPropertyOverride('ConnectionInput.Name', 'prod-orders');
    ConnectionTests.applyTo(stack, { excludeNames: ['prod-*'] });

    Template.fromStack(stack).resourceCountIs(TEST, 0);
  });

  test('also where it is a resource without a class of its own', () => {
    const stack = createStack();
    new CfnResource(stack, 'Orders', {
      type: 'AWS::Glue::Connection',
      properties: {
        CatalogId: stack.account,
        ConnectionInput: { Name: 'orders', ConnectionType: 'JDBC', ConnectionProperties: { SECRET_ID: 'orders' } },
      },
    });
    ConnectionTests.applyTo(stack);

    expect(connectionsTested(stack)).toEqual([expect.stringMatching(/:connection\/orders$/)]);
    expect(allowed(stack, 'secretsmanager:GetSecretValue')).toBeDefined();
  });

  test('also where parts of it are joined of lists that are only known at deployment', () => {
    const stack = createStack();
    const list = new CfnParameter(stack, 'List', { type: 'CommaDelimitedList' }).valueAsList;
    const properties = {
      ROLE_ARN: Fn.join('/', list),
      SECRET_ID: Fn.join('/', Fn.split(',', Fn.importValue('Secret'))),
      HOST: Fn.join(',', list),
    };
    new glue.CfnConnection(stack, 'Orders', {
      catalogId: stack.account,
      connectionInput: { connectionType: 'JDBC', connectionProperties: properties },
    });
    ConnectionTests.applyTo(stack);

    expect(testResourceOf(stack).Properties.Watch).toMatchObject({
      'ConnectionProperties.HOST': { 'Fn::Join': [',', { Ref: 'List' }] },
    });
  });

  test('under its condition, as is the policy that names it', () => {
    const stack = createStack();
    const connection = createL1(stack, 'Orders');
    ConnectionTests.applyTo(stack);
    connection.cfnOptions.condition = new CfnCondition(stack, 'Big', {
      expression: Fn.conditionEquals(stack.region, 'eu-west-1'),
    });
    createL1(stack, 'Always');

    const conditions = (type: string) =>
      Object.values(resourcesOf(stack, type)).map((resource) => (resource as { Condition?: string }).Condition);
    expect(conditions(TEST).sort()).toEqual(['Big', undefined]);
    expect(conditions('AWS::IAM::Policy').sort()).toEqual(['Big', undefined]);
  });
});

test('testing a connection does not keep it from changing', () => {
  const rendered = (isTested: boolean) => {
    const stack = createStack();
    const secret = secretsmanager.Secret.fromSecretNameV2(stack, 'Secret', 'orders');
    const l2 = createConnection(stack, 'L2', { properties: {}, secret });
    let properties: Record<string, string> = { HOST: 'db' };
    const l1 = new glue.CfnConnection(stack, 'L1', {
      catalogId: stack.account,
      connectionInput: {
        connectionType: 'JDBC',
        connectionProperties: Lazy.any({ produce: () => ({ ...properties }) }),
      },
    });
    if (isTested) {
      new ConnectionTest(stack, 'One', { target: ConnectionTarget.fromConnection(l2) });
      new ConnectionTest(stack, 'Two', { target: ConnectionTarget.fromCfnConnection(l1) });
    }
    l2.addProperty('JDBC_ENFORCE_SSL', 'true');
    properties = { ...properties, JDBC_ENFORCE_SSL: 'true' };
    return resourcesOf(stack, 'AWS::Glue::Connection');
  };

  expect(rendered(true)).toEqual(rendered(false));
  expect(JSON.stringify(rendered(true)).match(/JDBC_ENFORCE_SSL/g)).toHaveLength(2);
});

test('another order of its properties is no other definition', () => {
  const definition = (connectionProperties: Record<string, string>) => {
    const stack = createStack();
    const connection = new glue.CfnConnection(stack, 'Orders', {
      catalogId: stack.account,
      connectionInput: { connectionType: 'JDBC', connectionProperties },
    });
    new ConnectionTest(stack, 'Test', { target: ConnectionTarget.fromCfnConnection(connection) });
    return testResourceOf(stack).Properties.Definition;
  };

  expect(definition({ HOST: 'db', PORT: '1' })).toBe(definition({ PORT: '1', HOST: 'db' }));
  expect(definition({ HOST: 'db', PORT: '1' })).not.toBe(definition({ PORT: '2', HOST: 'db' }));
});

describe('no cycle is made where the connection waits', () => {
  test.each<[string, (connection: glue.CfnConnection) => void]>([
    ['by an override of DependsOn', (connection) => connection.addOverride('DependsOn', ['Job'])],
    [
      'by a reference that is written by hand',
      (connection) => connection.addPropertyOverride('ConnectionInput.Description', { Ref: 'Job' }),
    ],
    [
      'by a substitution',
      (connection) => connection.addPropertyOverride('ConnectionInput.Description', { 'Fn::Sub': 'by ${Job}' }),
    ],
  ])('%s for a job that uses it', (_, makeWait) => {
    const stack = createStack();
    const connection = createL1(stack, 'Orders', 'orders');
    makeWait(connection);
    new glue.CfnJob(stack, 'Job', {
      role: 'arn:aws:iam::111122223333:role/glue',
      command: { name: 'glueetl' },
      connections: { connections: ['orders'] },
    });
    ConnectionTests.applyTo(stack);

    expect(resourcesOf(stack, 'AWS::Glue::Job').Job?.DependsOn).toBeUndefined();
    Annotations.fromStack(stack).hasWarning('/Stack/Job', Match.stringLikeRegexp('doesNotWait'));
  });
});

describe('aspects of others', () => {
  test('may look at dependencies and policies at any time', () => {
    const app = new App();
    const stack = new Stack(app, 'Stack');
    createL1(stack, 'One', 'one');
    createL1(stack, 'Two', 'two');
    ConnectionTests.applyTo(app);
    Aspects.of(app).add({
      visit: (node) => {
        node.node.dependencies.forEach((dependency) => Dependable.of(dependency).dependencyRoots);
        if (node instanceof iam.ManagedPolicy) {
          stack.resolve(node.document);
        }
      },
    });

    expect(connectionsTested(stack)).toEqual([
      expect.stringMatching(/:connection\/one$/),
      expect.stringMatching(/:connection\/two$/),
    ]);
  });

  test('may look at a policy between two tests', () => {
    const stack = createStack();
    const test = (name: string) =>
      new ConnectionTest(stack, name, { target: ConnectionTarget.fromName(name, { inVpc: false }) });
    test('one');
    stack.resolve((ConnectionTestProvider.getOrCreate(stack).node.findChild('Policy') as iam.ManagedPolicy).document);
    test('two');

    const { Statement } = Object.values(resourcesOf(stack, 'AWS::IAM::ManagedPolicy'))[0]?.Properties
      .PolicyDocument as {
      Statement: unknown[];
    };
    expect(JSON.stringify(Statement)).toMatch(/connection\/one.*connection\/two/);
  });

  test.each([200, 600, 1_000])('may gate a test, with the priority %p', (priority) => {
    const stack = createStack();
    const connection = createL1(stack, 'Orders', 'orders');
    const test = new ConnectionTest(stack, 'Test', { target: ConnectionTarget.fromCfnConnection(connection) });
    new glue.CfnJob(stack, 'Job', {
      role: 'arn:aws:iam::111122223333:role/glue',
      command: { name: 'glueetl' },
      connections: { connections: ['orders'] },
    });
    Aspects.of(stack).add({ visit: (node) => node === test && test.gateDependents() }, { priority });

    expect(resourcesOf(stack, 'AWS::Glue::Job').Job?.DependsOn).toHaveLength(1);
  });
});
