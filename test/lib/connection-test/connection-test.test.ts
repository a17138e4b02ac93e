import { App, CfnParameter, CfnResource, Duration, NestedStack, Stack, Stage, Token } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as glue from 'aws-cdk-lib/aws-glue';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { ConnectionTarget, ConnectionTest, ConnectionTestProvider, OnFailure, OnUnsupported } from '../../../lib/index';
import { createConnection, createStack, resourcesOf, testResourceOf } from '../harness';

const recommendedFlags = jest.requireActual<Record<string, unknown>>('aws-cdk-lib/recommended-feature-flags.json');

describe('the custom resource', () => {
  test('names the connection, the default timeout and how long CloudFormation waits', () => {
    const stack = createStack();
    const connection = createConnection(stack);
    new ConnectionTest(stack, 'Test', { target: ConnectionTarget.fromConnection(connection) });

    expect(testResourceOf(stack).Properties).toEqual({
      ServiceToken: { 'Fn::GetAtt': [expect.stringMatching(/^GlueConnectionTestProviderFunction/), 'Arn'] },
      ServiceTimeout: '1260',
      ConnectionName: stack.resolve(connection.connectionName) as unknown,
      RoleArn: { 'Fn::GetAtt': [expect.stringMatching(/^TestRole/), 'Arn'] },
      TimeoutSeconds: 300,
      Definition: expect.stringMatching(/^[0-9a-f]{32}$/) as unknown,
    });
  });

  test('names a connection of CloudFormation level by its Ref, which is the plain name', () => {
    const stack = createStack();
    const connection = new glue.CfnConnection(stack, 'Orders', {
      catalogId: stack.account,
      connectionInput: { connectionType: 'JDBC', name: 'orders' },
    });
    new ConnectionTest(stack, 'Test', { target: ConnectionTarget.fromCfnConnection(connection) });

    expect(testResourceOf(stack).Properties).toMatchObject({ ConnectionName: { Ref: 'Orders' } });
  });

  test('waits as long as three runs of the longest test can take, and within what CloudFormation allows', () => {
    const stack = createStack();
    new ConnectionTest(stack, 'Test', {
      target: ConnectionTarget.fromName('orders', { inVpc: false }),
      timeout: Duration.minutes(14),
    });

    expect(testResourceOf(stack).Properties).toMatchObject({ TimeoutSeconds: 840, ServiceTimeout: '2880' });
  });

  test('waits for an hour where the timeout is only known at deployment', () => {
    const stack = createStack();
    const seconds = new CfnParameter(stack, 'Seconds', { type: 'Number' });
    new ConnectionTest(stack, 'Test', {
      target: ConnectionTarget.fromName('orders'),
      timeout: Duration.seconds(seconds.valueAsNumber),
    });

    expect(testResourceOf(stack).Properties).toMatchObject({
      TimeoutSeconds: { Ref: 'Seconds' },
      ServiceTimeout: '3600',
    });
  });

  test('passes on how often to try and what fails the deployment', () => {
    const stack = createStack();
    new ConnectionTest(stack, 'Test', {
      target: ConnectionTarget.fromName('orders'),
      maxAttempts: 5,
      onFailure: OnFailure.REPORT,
      onUnsupported: OnUnsupported.WARN,
    });

    expect(testResourceOf(stack).Properties).toMatchObject({
      MaxAttempts: 5,
      OnFailure: 'REPORT',
      OnUnsupported: 'WARN',
    });
  });

  test('hands out its attributes, so that whoever reads them waits for the pass', () => {
    const stack = createStack();
    const connectionTest = new ConnectionTest(stack, 'Test', { target: ConnectionTarget.fromName('orders') });
    const [logicalId] = Object.keys(resourcesOf(stack, 'Custom::GlueConnectionTest'));

    const { connectionName, outcome, category, message, testedAt } = connectionTest;
    expect(stack.resolve([connectionName, outcome, category, message, testedAt])).toEqual(
      ['ConnectionName', 'Outcome', 'Category', 'Message', 'TestedAt'].map((name) => ({
        'Fn::GetAtt': [logicalId, name],
      })),
    );
  });
});

describe('when it runs again', () => {
  function properties(change: (connection: glue.Connection) => void = () => undefined) {
    const stack = createStack();
    const connection = createConnection(stack);
    new ConnectionTest(stack, 'Test', { target: ConnectionTarget.fromConnection(connection) });
    change(connection);
    return testResourceOf(stack).Properties;
  }

  test('not when nothing has changed', () => {
    expect(properties()).toEqual(properties());
  });

  test('when a property of the connection is another, even one set after the test was created', () => {
    expect(properties((connection) => connection.addProperty('JDBC_ENFORCE_SSL', 'true'))).not.toEqual(properties());
  });

  test('when the connection is changed by an override', () => {
    const override = (connection: glue.Connection) =>
      (connection.node.defaultChild as CfnResource).addPropertyOverride('ConnectionInput.Description', 'new');
    expect(properties(override)).not.toEqual(properties());
  });

  test('when a trigger changes', () => {
    const stack = createStack();
    new ConnectionTest(stack, 'Test', { target: ConnectionTarget.fromName('orders'), triggers: { password: 'v2' } });

    expect(testResourceOf(stack).Properties).toMatchObject({ Triggers: { password: 'v2' } });
  });
});

describe('order', () => {
  test('the test waits for the connection, which its name refers to, and for the policies that allow it', () => {
    const stack = createStack();
    const connection = createConnection(stack, 'Orders', { connectionName: 'orders' });
    new ConnectionTest(stack, 'Test', { target: ConnectionTarget.fromConnection(connection) });
    const [logicalId] = Object.keys(resourcesOf(stack, 'AWS::Glue::Connection'));
    const policies = Object.keys(resourcesOf(stack, 'AWS::IAM::ManagedPolicy'));
    const { Properties, DependsOn } = testResourceOf(stack);

    expect(policies).toHaveLength(1);
    expect(Properties.ConnectionName).toEqual({ Ref: logicalId });
    // What the name refers to needs no DependsOn.
    expect(DependsOn).toEqual(policies);
  });

  test('a test with a role of its own waits for no policy, since the role holds all', () => {
    const stack = createStack();
    new ConnectionTest(stack, 'Test', { target: ConnectionTarget.fromConnection(createConnection(stack)) });

    expect(testResourceOf(stack).DependsOn).toBeUndefined();
  });

  test('executeBefore makes everything below a construct wait for the test', () => {
    const stack = createStack();
    const connectionTest = new ConnectionTest(stack, 'Test', { target: ConnectionTarget.fromName('orders') });
    const group = new Construct(stack, 'Group');
    new CfnResource(group, 'Job', { type: 'Test::Job' });
    connectionTest.executeBefore(group);

    const [logicalId] = Object.keys(resourcesOf(stack, 'Custom::GlueConnectionTest'));
    Template.fromStack(stack).hasResource('Test::Job', { DependsOn: [logicalId] });
  });

  test('executeAfter makes the test wait', () => {
    const stack = createStack();
    const route = new CfnResource(stack, 'Route', { type: 'Test::Route' });
    const connectionTest = new ConnectionTest(stack, 'Test', { target: ConnectionTarget.fromName('orders') });
    connectionTest.executeAfter(route);

    expect(testResourceOf(stack).DependsOn).toContain('Route');
  });

  test('no cycle when one test comes before a scope that holds another connection and its test', () => {
    const stack = createStack();
    const secretA = new secretsmanager.Secret(stack, 'SecretA');
    const testA = new ConnectionTest(stack, 'TestA', {
      target: ConnectionTarget.fromConnection(createConnection(stack, 'A', { properties: {}, secret: secretA })),
    });
    const scopeB = new Construct(stack, 'B');
    const secretB = new secretsmanager.Secret(scopeB, 'Secret');
    new ConnectionTest(scopeB, 'Test', {
      target: ConnectionTarget.fromConnection(createConnection(scopeB, 'B', { properties: {}, secret: secretB })),
    });
    new ConnectionTest(scopeB, 'Named', { target: ConnectionTarget.fromName('named') });
    testA.executeBefore(scopeB);

    // Fails on a cycle.
    Template.fromStack(stack);
    const before = resourcesOf(stack, 'Custom::GlueConnectionTest');
    const [logicalIdA] = Object.keys(before).filter((id) => id.startsWith('TestA'));
    expect(JSON.stringify(before[logicalIdA!])).not.toMatch(/BTest|BSecret|BNamed/);
  });

  test('no cycle when the connections are in nested stacks, one of which waits for the test of the other', () => {
    const stack = createStack();
    const [a, b] = ['A', 'B'].map((id) => {
      const nested = new NestedStack(stack, id);
      const target = ConnectionTarget.fromConnection(createConnection(nested));
      return { nested, connectionTest: new ConnectionTest(stack, `Test${id}`, { target }) };
    });
    a!.connectionTest.executeBefore(b!.nested);

    // Fails on a cycle.
    expect(Object.keys(resourcesOf(stack, 'Custom::GlueConnectionTest'))).toHaveLength(2);
  });

  test.each([
    ['the stack of the test', ({ stack }: { stack: Stack }) => stack],
    ['its connection', ({ connection }: { connection: Construct }) => connection],
    ['a scope that holds its connection', ({ scope }: { scope: Construct }) => scope],
    ['its provider', ({ provider }: { provider: Construct }) => provider],
  ])('executeBefore fails when it is given %s, which the test itself waits for', (_, pick) => {
    const stack = createStack();
    const scope = new Construct(stack, 'Scope');
    const connection = createConnection(scope);
    const provider = new ConnectionTestProvider(stack, 'Provider');
    const target = ConnectionTarget.fromConnection(connection);
    const connectionTest = new ConnectionTest(stack, 'Test', { target, provider });

    expect(() => connectionTest.executeBefore(pick({ stack, connection, scope, provider }))).toThrow(
      /^'scopes' must not contain what the test itself waits for, got: Stack/,
    );
  });

  test('a test waits for nothing of another test', () => {
    const stack = createStack();
    for (const name of ['A', 'B']) {
      const secret = new secretsmanager.Secret(stack, `Secret${name}`);
      const connection = createConnection(stack, `Connection${name}`, { properties: {}, secret });
      new ConnectionTest(stack, `Test${name}`, { target: ConnectionTarget.fromConnection(connection) });
    }
    const template = Template.fromStack(stack).toJSON() as { Resources: Record<string, unknown> };

    const reachable = new Set<string>();
    const visit = (logicalId: string) => {
      if (!reachable.has(logicalId)) {
        reachable.add(logicalId);
        const text = JSON.stringify(template.Resources[logicalId]);
        Object.keys(template.Resources)
          .filter((other) => other !== logicalId && text.includes(`"${other}"`))
          .forEach(visit);
      }
    };
    visit(Object.keys(template.Resources).find((logicalId) => logicalId.startsWith('TestA'))!);

    expect([...reachable].filter((logicalId) => /^(Secret|Connection|Test)B/.test(logicalId))).toEqual([]);
    expect([...reachable].some((logicalId) => logicalId.startsWith('SecretA'))).toBe(true);
  });
});

describe('where it can be deployed', () => {
  test.each([
    ['without feature flags', {}],
    ['with all recommended feature flags', recommendedFlags],
  ])('synthesizes without a warning %s', (_, context) => {
    const stack = createStack({}, context);
    const secret = new secretsmanager.Secret(stack, 'Secret');
    const target = ConnectionTarget.fromConnection(createConnection(stack, 'Orders', { properties: {}, secret }));
    new ConnectionTest(stack, 'Test', { target });

    Template.fromStack(stack).resourceCountIs('AWS::Logs::LogGroup', 1);
    Template.fromStack(stack).resourceCountIs('AWS::Lambda::Function', 1);
    Annotations.fromStack(stack).hasNoWarning('*', Match.anyValue());
    Annotations.fromStack(stack).hasNoError('*', Match.anyValue());
  });

  test('in a stage, tests a connection of another stack', () => {
    const stage = new Stage(new App(), 'Stage');
    const [sources, tests] = [new Stack(stage, 'Sources'), new Stack(stage, 'Tests')];
    const connection = createConnection(sources);
    new ConnectionTest(tests, 'Test', { target: ConnectionTarget.fromConnection(connection) });

    expect(testResourceOf(tests).Properties.ConnectionName).toHaveProperty('Fn::ImportValue');
    expect(tests.dependencies).toContain(sources);
  });

  test('two tests of the same connection in one stack', () => {
    const stack = createStack();
    const target = ConnectionTarget.fromConnection(createConnection(stack));
    new ConnectionTest(stack, 'One', { target });
    new ConnectionTest(stack, 'Two', { target });

    expect(Object.keys(resourcesOf(stack, 'Custom::GlueConnectionTest'))).toHaveLength(2);
  });
});

describe('fails at synthesis', () => {
  const target = ConnectionTarget.fromName('orders');

  test.each([
    ['too short', Duration.seconds(0), '0 seconds'],
    ['too long', Duration.seconds(841), '841 seconds'],
    ['broken', Duration.millis(1500), '1.5 seconds'],
  ])('when the timeout is %s', (_, timeout, got) => {
    expect(() => new ConnectionTest(createStack(), 'Test', { target, timeout })).toThrow(
      `'timeout' must be whole seconds from 1 second to 14 minutes (840 seconds), since the function that waits for ` +
        `Glue ends after 15 minutes, got: ${got}`,
    );
  });

  test.each([0, 11, 1.5])('when maxAttempts is %d', (maxAttempts) => {
    expect(() => new ConnectionTest(createStack(), 'Test', { target, maxAttempts })).toThrow(
      `'maxAttempts' must be a whole number from 1 to 10, got: ${maxAttempts}`,
    );
  });

  test('when the provider is of another stack', () => {
    const app = new App();
    const provider = new ConnectionTestProvider(new Stack(app, 'Other'), 'Provider');

    expect(() => new ConnectionTest(new Stack(app, 'Stack'), 'Test', { target, provider })).toThrow(
      "'provider' must be in the same stack as the test, Stack, got: one in Other; create a ConnectionTestProvider in " +
        'the stack of the test, or leave the property out',
    );
  });

  test('when the connection is in another region', () => {
    const app = new App();
    const sources = new Stack(app, 'Sources', { env: { account: '111122223333', region: 'eu-west-1' } });
    const tests = new Stack(app, 'Tests', { env: { account: '111122223333', region: 'us-east-1' } });
    const connection = createConnection(sources, 'Orders', { connectionName: 'orders' });

    expect(() => new ConnectionTest(tests, 'Test', { target: ConnectionTarget.fromConnection(connection) })).toThrow(
      "'target' must be in the Region of the test, us-east-1, got: Sources/Orders in eu-west-1; create the test in a " +
        'stack in that Region',
    );
  });
});

test('takes a name that is only known at deployment', () => {
  const stack = createStack();
  const name = new CfnParameter(stack, 'Name').valueAsString;
  new ConnectionTest(stack, 'Test', { target: ConnectionTarget.fromName(name) });

  expect(Token.isUnresolved(name)).toBe(true);
  expect(testResourceOf(stack).Properties).toMatchObject({ ConnectionName: { Ref: 'Name' } });
});
