import { App, Aspects, CfnParameter, Duration, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as glue from 'aws-cdk-lib/aws-glue';
import { Construct } from 'constructs';
import {
  ConnectionTarget,
  ConnectionTest,
  ConnectionTests,
  OnFailure,
  OnUnsupported,
  type ApplyToOptions,
} from '../../../lib/index';
import { createConnection, createStack, resourcesOf } from '../harness';

const TEST = 'Custom::GlueConnectionTest';

function createL1(scope: Construct, id: string, input: Partial<glue.CfnConnection.ConnectionInputProperty>) {
  return new glue.CfnConnection(scope, id, {
    catalogId: Stack.of(scope).account,
    connectionInput: { connectionType: 'JDBC', name: id.toLowerCase(), ...input },
  });
}

/** The names of the connections that are tested, or the logical ids of those that have none. */
function tested(stack: Stack): string[] {
  return Object.values(resourcesOf(stack, TEST))
    .map(({ Properties }) => Properties.ConnectionName)
    .map((name) => (typeof name === 'string' ? name : (name as { Ref: string }).Ref))
    .sort();
}

function testedWith(options: ApplyToOptions, ...types: string[]): string[] {
  const stack = createStack();
  types.forEach((connectionType) => createL1(stack, connectionType, { connectionType }));
  ConnectionTests.applyTo(stack, options);
  return tested(stack).map((name) => name.toLowerCase());
}

describe('each connection is tested', () => {
  test('once, by the function that the tests of its stack share', () => {
    const stack = createStack();
    const scope = new Construct(stack, 'Scope');
    createConnection(scope, 'One');
    createL1(scope, 'Two', {});
    ConnectionTests.applyTo(stack);

    expect(tested(stack)).toEqual([expect.stringMatching(/^ScopeOne/), expect.stringMatching(/^ScopeTwo/)]);
    Template.fromStack(stack).resourceCountIs('AWS::Lambda::Function', 1);
  });

  test('in nested stacks and in stages, each by the function of its own stack', () => {
    const app = new App();
    const stack = new Stack(app, 'Stack');
    const nested = new NestedStack(stack, 'Nested');
    const staged = new Stack(new Stage(app, 'Stage'), 'Staged');
    for (const scope of [stack, nested, staged]) {
      createConnection(scope);
    }
    ConnectionTests.applyTo(app);

    for (const scope of [stack, nested, staged]) {
      expect(tested(scope)).toHaveLength(1);
      Template.fromStack(scope).resourceCountIs('AWS::Lambda::Function', 1);
    }
  });

  test.each([true, false])(
    'that is added afterwards, also by another aspect (aspects stabilize: %p)',
    (stabilization) => {
      const app = new App({ context: { '@aws-cdk/core:aspectStabilization': stabilization } });
      const stack = new Stack(app, 'Stack');
      ConnectionTests.applyTo(app);
      createConnection(stack, 'Later');
      Aspects.of(app).add({
        visit: (node) => {
          if (node === stack && stack.node.tryFindChild('Added') === undefined) {
            createConnection(stack, 'Added');
          }
        },
      });

      expect(tested(stack)).toHaveLength(2);
    },
  );

  test.each([true, false])('and other aspects reach what is made for it (aspects stabilize: %p)', (stabilization) => {
    const app = new App({ context: { '@aws-cdk/core:aspectStabilization': stabilization } });
    const stack = new Stack(app, 'Stack');
    createConnection(stack);
    const visited: string[] = [];
    Aspects.of(app).add({ visit: ({ node }) => visited.push(node.path) });
    ConnectionTests.applyTo(app);
    app.synth();

    expect(visited).toEqual(
      expect.arrayContaining(['Stack/GlueConnectionTests/Orders/Test', 'Stack/GlueConnectionTestProvider/Role']),
    );
  });

  test('as other aspects have left it', () => {
    const stack = createStack();
    const connection = createL1(stack, 'Orders', { name: undefined });
    ConnectionTests.applyTo(stack);
    Aspects.of(stack).add({
      visit: (node) => {
        if (node === connection) {
          connection.connectionInput = {
            connectionType: 'JDBC',
            name: 'orders',
            connectionProperties: { SECRET_ID: 'db' },
          };
        }
      },
    });

    Template.fromStack(stack).hasResourceProperties('AWS::IAM::ManagedPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([Match.objectLike({ Action: Match.arrayWith(['secretsmanager:GetSecretValue']) })]),
      },
    });
  });

  test('with the options that are given, and those of the provider', () => {
    const stack = createStack();
    createConnection(stack);
    ConnectionTests.applyTo(stack, {
      timeout: Duration.minutes(2),
      maxAttempts: 5,
      onFailure: OnFailure.REPORT,
      onUnsupported: OnUnsupported.WARN,
      everyDeployment: true,
      triggers: { release: '1' },
      providerProps: { memorySize: 512 },
    });

    Template.fromStack(stack).hasResourceProperties(TEST, {
      TimeoutSeconds: 120,
      MaxAttempts: 5,
      OnFailure: 'REPORT',
      OnUnsupported: 'WARN',
      Watch: { SynthesizedAt: Match.anyValue() },
      Triggers: { release: '1' },
    });
    Template.fromStack(stack).hasResourceProperties('AWS::Lambda::Function', { MemorySize: 512 });
  });
});

describe('no second test is made', () => {
  test.each<[string, (stack: Stack, connection: glue.Connection) => ConnectionTarget]>([
    ['by the construct', (_, connection) => ConnectionTarget.fromConnection(connection)],
    [
      'by its resource',
      (_, connection) => ConnectionTarget.fromCfnConnection(connection.node.defaultChild as glue.CfnConnection),
    ],
    ['by its name', () => ConnectionTarget.fromName('orders', { inVpc: false })],
    [
      'by a token for its name',
      (_, connection) => ConnectionTarget.fromName(connection.connectionName, { inVpc: false }),
    ],
  ])('where one targets the connection already: %s', (_, targetOf) => {
    const stack = createStack();
    const connection = createConnection(stack, 'Orders', { connectionName: 'orders' });
    ConnectionTests.applyTo(stack);
    new ConnectionTest(stack, 'Mine', { target: targetOf(stack, connection) });
    const job = new glue.CfnJob(stack, 'Job', {
      role: 'arn:aws:iam::111122223333:role/glue',
      command: { name: 'glueetl' },
      connections: { connections: ['orders'] },
    });

    const tests = Object.keys(resourcesOf(stack, TEST));
    expect(tests).toHaveLength(1);
    // Those who use the connection wait nevertheless.
    expect(resourcesOf(stack, 'AWS::Glue::Job')[stack.getLogicalId(job)]?.DependsOn).toEqual(tests);
  });

  test('where it is applied to several scopes: the nearest decides', () => {
    const app = new App();
    const [outer, inner] = [new Stack(app, 'Outer'), new Stack(app, 'Inner')];
    [outer, inner].forEach((stack) => createConnection(stack));
    ConnectionTests.applyTo(app, { maxAttempts: 1 });
    ConnectionTests.applyTo(inner, { maxAttempts: 2 });

    expect(Object.values(resourcesOf(outer, TEST)).map(({ Properties }) => Properties.MaxAttempts)).toEqual([1]);
    expect(Object.values(resourcesOf(inner, TEST)).map(({ Properties }) => Properties.MaxAttempts)).toEqual([2]);
  });
});

describe('is left out', () => {
  const NOT_DOCUMENTED = [
    'CUSTOM',
    'KAFKA',
    'MARKETPLACE',
    'MONGODB',
    'NETWORK',
    'VIEW_VALIDATION_ATHENA',
    'VIEW_VALIDATION_REDSHIFT',
  ];

  test.each(NOT_DOCUMENTED)('%s, which Glue is not documented to test, with an info that says so', (connectionType) => {
    const stack = createStack();
    createL1(stack, 'Orders', { connectionType });
    ConnectionTests.applyTo(stack);

    expect(tested(stack)).toEqual([]);
    Annotations.fromStack(stack).hasInfo(
      '/Stack/Orders',
      Match.stringLikeRegexp(`AWS does not document TestConnection for the type ${connectionType}`),
    );
    Template.fromStack(stack).resourceCountIs('AWS::Lambda::Function', 0);
  });

  test('any type but those that are given, without an info', () => {
    const connectionTypes = [glue.ConnectionType.KAFKA, new glue.ConnectionType('SNOWFLAKE')];

    expect(testedWith({ connectionTypes }, 'JDBC', 'KAFKA', 'SNOWFLAKE', 'SALESFORCE')).toEqual(['kafka', 'snowflake']);
  });

  test('what lies below a construct that is excluded', () => {
    const stack = createStack();
    const excluded = new Construct(stack, 'Excluded');
    createConnection(new Construct(excluded, 'Deep'), 'One');
    const connection = createConnection(stack, 'Two');
    createConnection(stack, 'Three');
    ConnectionTests.applyTo(stack, { exclude: [excluded, connection] });

    expect(tested(stack)).toEqual([expect.stringMatching(/^Three/)]);
  });

  test.each([
    [['jdbc'], ['mysql', 'ordersdb']],
    [['*s*'], ['jdbc']],
    [['????'], ['mysql', 'ordersdb']],
    [['orders?b', 'mysql'], ['jdbc']],
    [['*d?', 'mysq?'], ['jdbc']],
    [
      ['.*', 'jdb', 'dbc', '^jdbc$', '(jdbc)'],
      ['jdbc', 'mysql', 'ordersdb'],
    ],
    [['*'], []],
  ])('a connection whose name is like %p', (excludeNames, expected) => {
    expect(testedWith({ excludeNames, connectionTypes: undefined }, 'jdbc', 'mysql', 'ordersdb')).toEqual(expected);
  });
});

test('a connection whose type or name is only known at deployment is tested', () => {
  const stack = createStack();
  const parameter = new CfnParameter(stack, 'Parameter').valueAsString;
  createL1(stack, 'Orders', { connectionType: parameter, name: parameter });
  ConnectionTests.applyTo(stack, { connectionTypes: [glue.ConnectionType.KAFKA], excludeNames: ['*'] });

  expect(tested(stack)).toHaveLength(1);
});

test('nothing waits where gateDependents is false', () => {
  const stack = createStack();
  const connection = createConnection(stack);
  const job = new glue.CfnJob(stack, 'Job', {
    role: 'arn:aws:iam::111122223333:role/glue',
    command: { name: 'glueetl' },
    connections: { connections: [connection.connectionName] },
  });
  ConnectionTests.applyTo(stack, { gateDependents: false });

  expect(resourcesOf(stack, 'AWS::Glue::Job')[stack.getLogicalId(job)]?.DependsOn).toBeUndefined();
});

describe('fails', () => {
  test('when it is applied to the same scope twice', () => {
    const app = new App();
    ConnectionTests.applyTo(app);

    expect(() => ConnectionTests.applyTo(app)).toThrow(
      "'scope' must not have connection tests yet, got: the app, for which ConnectionTests.applyTo was already called; pass all " +
        'options in one call',
    );
  });
});
