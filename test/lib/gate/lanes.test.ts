import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import { App, CfnCondition, Fn, Stack, Token } from 'aws-cdk-lib';
import * as glue from 'aws-cdk-lib/aws-glue';
import * as rds from 'aws-cdk-lib/aws-rds';
import {
  ConnectionTarget,
  ConnectionTest,
  ConnectionTestProvider,
  ConnectionTests,
  type ApplyToOptions,
  type IConnectionTestProvider,
} from '../../../lib/index';
import { SLOW_TYPES } from '../../../lib/gate/slow-resources';
import { DeploymentOrder } from '../apps/deployment-order';
import { mostAtOnce } from '../apps/most-at-once';
import { createConnection, createStack, resourcesOf } from '../harness';

const TEST = 'Custom::GlueConnectionTest';
const SERVICE_TOKEN = 'arn:aws:lambda:eu-west-1:111122223333:function:provider';

function createTest(stack: Stack, name: string, provider?: IConnectionTestProvider): ConnectionTest {
  return new ConnectionTest(stack, name, { target: ConnectionTarget.fromName(name, { inVpc: false }), provider });
}

function limited(stack: Stack, maxConcurrency: number): ConnectionTestProvider {
  return ConnectionTestProvider.getOrCreate(stack, { maxConcurrency });
}

/** Which tests each test waits for directly, by the names of their connections. */
function awaited(stack: Stack): Record<string, string[]> {
  const tests = resourcesOf(stack, TEST);
  const nameOf = (id: string) => String(tests[id]?.Properties.ConnectionName);
  return Object.fromEntries(
    Object.entries(tests).map(([id, { DependsOn = [] }]) => [
      nameOf(id),
      DependsOn.filter((one) => one in tests).map(nameOf),
    ]),
  );
}

function orderOf(stack: Stack) {
  const order = new DeploymentOrder((stack.node.root as App).synth());
  const tests = order.resources.filter(({ Type }) => Type === TEST).map(({ id }) => id);
  return { order, tests, most: mostAtOnce(tests, (one, other) => order.waits(one, other)) };
}

test.each([
  [1, { a: [], b: ['a'], c: ['b'], d: ['c'], e: ['d'] }],
  [2, { a: [], b: [], c: ['a'], d: ['b'], e: ['c'] }],
  [5, { a: [], b: [], c: [], d: [], e: [] }],
  [1_000_000_000, { a: [], b: [], c: [], d: [], e: [] }],
])('with maxConcurrency %d, each test waits for the one so many before it', (maxConcurrency, expected) => {
  const stack = createStack();
  for (const name of 'abcde') {
    createTest(stack, name, limited(stack, maxConcurrency));
  }

  expect(awaited(stack)).toEqual(expected);
});

test('without maxConcurrency, none waits for another', () => {
  const stack = createStack();
  for (const name of 'abcde') {
    createTest(stack, name);
  }

  expect(Object.values(awaited(stack)).flat()).toEqual([]);
});

test('nothing is reserved, and CloudFormation waits as long as for any other test', () => {
  const stack = createStack();
  createTest(stack, 'a', limited(stack, 2));

  expect(Object.values(resourcesOf(stack, 'AWS::Lambda::Function'))[0]?.Properties).not.toHaveProperty(
    'ReservedConcurrentExecutions',
  );
  expect(Object.values(resourcesOf(stack, TEST))[0]?.Properties.ServiceTimeout).toBe('1260');
});

test.each<[string, ApplyToOptions]>([
  ['maxConcurrency', { maxConcurrency: 1 }],
  ['maxConcurrency and a larger one of its provider', { maxConcurrency: 1, providerProps: { maxConcurrency: 2 } }],
  ['maxConcurrency of its provider', { providerProps: { maxConcurrency: 1 } }],
  ['maxConcurrency and a provider deployed elsewhere', { maxConcurrency: 1, serviceToken: SERVICE_TOKEN }],
])('applyTo with %s gives each stack lanes of its own', (_, options) => {
  const app = new App();
  const stacks = ['One', 'Two'].map((id) => new Stack(app, id));
  for (const stack of stacks) {
    'abc'.split('').forEach((name) => createConnection(stack, name, { connectionName: name }));
  }
  ConnectionTests.applyTo(app, options);

  for (const stack of stacks) {
    const { tests, most } = orderOf(stack);
    expect(tests.filter((id) => id.startsWith(stack.stackName))).toHaveLength(3);
    // One of each stack.
    expect(most).toBe(2);
  }
});

describe('each provider has lanes of its own', () => {
  test('also one that is deployed elsewhere', () => {
    const stack = createStack();
    const imported = ConnectionTestProvider.fromServiceToken(stack, 'Imported', SERVICE_TOKEN, { maxConcurrency: 1 });
    for (const name of 'ab') {
      createTest(stack, `own-${name}`, limited(stack, 1));
      createTest(stack, `imported-${name}`, imported);
      createTest(stack, `other-${name}`, ConnectionTestProvider.getOrCreate(stack, { memorySize: 512 }));
    }

    expect(awaited(stack)).toEqual({
      'own-a': [],
      'own-b': ['own-a'],
      'imported-a': [],
      'imported-b': ['imported-a'],
      'other-a': [],
      'other-b': [],
    });
  });

  test('and of what several callers ask for, the smallest number counts', () => {
    const stack = createStack();
    const providers = [undefined, 3, 1, 2].map((maxConcurrency) =>
      ConnectionTestProvider.getOrCreate(stack, { maxConcurrency }),
    );
    providers.forEach((provider, index) => createTest(stack, `test-${index}`, provider));

    expect(new Set(providers).size).toBe(1);
    expect(awaited(stack)).toEqual({ 'test-0': [], 'test-1': ['test-0'], 'test-2': ['test-1'], 'test-3': ['test-2'] });
  });
});

test.each([0, -1, 1.5, Number.NaN])('fails when it is %p', (maxConcurrency) => {
  expect(() => new ConnectionTestProvider(createStack(), 'Provider', { maxConcurrency })).toThrow(
    `'maxConcurrency' must be a whole number of at least 1, got: ${maxConcurrency}`,
  );
});

test('fails when it is only known at deployment', () => {
  const maxConcurrency = Token.asNumber({ Ref: 'Limit' });

  expect(() => new ConnectionTestProvider(createStack(), 'Provider', { maxConcurrency })).toThrow(
    /'maxConcurrency' must be .*; it makes the order of the tests, and so must be known at synthesis/,
  );
});

describe('the order', () => {
  test('knows slow stores by types that CloudFormation has', () => {
    const types = new Set(
      loadAwsServiceSpecSync()
        .all('resource')
        .map(({ cloudFormationType }) => cloudFormationType),
    );

    expect([...SLOW_TYPES].filter((type) => !types.has(type))).toEqual([]);
  });

  test('puts tests that wait for a slow store behind all others of their lane', () => {
    const stack = createStack();
    const engine = 'aurora-mysql';
    const cluster = new rds.CfnDBCluster(stack, 'Cluster', { engine });
    const connect = (id: string, host: string) => {
      const url = `jdbc:mysql://${host}/orders`;
      const connection = createConnection(stack, id, {
        connectionName: id,
        properties: { JDBC_CONNECTION_URL: url, USERNAME: 'orders' },
      });
      const target = ConnectionTarget.fromConnection(connection);
      new ConnectionTest(stack, `${id}Test`, { target, provider: limited(stack, 2) });
    };
    connect('slow-1', cluster.attrEndpointAddress);
    connect('fast-1', 'db');
    connect('slow-2', cluster.attrEndpointAddress);
    connect('fast-2', 'db');
    connect('fast-3', 'db');
    const { order, tests, most } = orderOf(stack);
    const named = (name: string) => tests.find((id) => id.includes(`${name.replace('-', '')}Test`))!;

    expect(order.waits(named('fast-3'), named('fast-1'))).toBe(true);
    // Of two lanes, the first has two fast tests, so that the first slow one is behind the fast one of the other.
    expect(order.waits(named('slow-1'), named('fast-2'))).toBe(true);
    expect(order.waits(named('slow-2'), named('fast-3'))).toBe(true);
    expect(['fast-1', 'fast-2', 'fast-3'].some((name) => order.waits(named(name), named('slow-1')))).toBe(false);
    expect(most).toBe(2);
  });

  test('follows executeBefore, executeAfter and what waits for a connection by itself', () => {
    const stack = createStack();
    const job = (id: string, connection: string) =>
      new glue.CfnJob(stack, id, {
        role: 'arn:aws:iam::111122223333:role/glue',
        command: { name: 'glueetl' },
        connections: { connections: [connection] },
      });
    const [last, second, first] = ['last', 'second', 'first'].map((name) => createTest(stack, name, limited(stack, 1)));
    // By one job, which uses the one connection and makes what the other needs.
    first!.gateDependents();
    second!.executeAfter(job('Job', 'first'));
    last!.executeAfter(second!);
    const { order, most } = orderOf(stack);

    expect(order.cycle()).toBeUndefined();
    expect(most).toBe(1);
    expect(awaited(stack)).toEqual({ first: [], second: ['first'], last: ['second'] });
  });
});

test('where a test may not be there, those behind it wait for the one before it as well', () => {
  const stack = createStack();
  const condition = (id: string) => new CfnCondition(stack, id, { expression: Fn.conditionEquals('a', 'b') });
  const [one, other] = [condition('One'), condition('Other')];
  for (const [name, own] of Object.entries({ a: undefined, b: one, c: one, d: other, e: undefined })) {
    const connection = new glue.CfnConnection(stack, name, {
      catalogId: stack.account,
      connectionInput: { name, connectionType: 'JDBC' },
    });
    connection.cfnOptions.condition = own;
    const target = ConnectionTarget.fromCfnConnection(connection);
    new ConnectionTest(stack, `${name}Test`, { target, provider: limited(stack, 1) });
  }
  const tests = resourcesOf(stack, TEST);
  const idOf = (name: string) => Object.keys(tests).find((id) => id.startsWith(`${name}Test`))!;
  const waitsOf = (name: string) => {
    const { DependsOn = [], Metadata } = tests[idOf(name)] as { DependsOn?: string[]; Metadata?: object };
    const text = JSON.stringify(Metadata ?? {});
    return 'abcde'.split('').flatMap((one) => {
      const id = idOf(one);
      return DependsOn.includes(id) ? [one] : text.includes(`{"Ref":"${id}"}`) ? [`${one}?`] : [];
    });
  };

  expect(waitsOf('b')).toEqual(['a']);
  expect(waitsOf('c')).toEqual(['b']);
  expect(waitsOf('d')).toEqual(['a', 'b?', 'c?']);
  expect(waitsOf('e')).toEqual(['a', 'b?', 'c?', 'd?']);
});
