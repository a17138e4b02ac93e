import { Stack } from 'aws-cdk-lib';
import * as rds from 'aws-cdk-lib/aws-rds';
import { ConnectionTarget, ConnectionTest, ConnectionTestProvider } from '../../../lib/index';
import { createConnection, createStack, resourcesOf } from '../harness';

beforeAll(() => {
  // What aws-cdk-lib itself has to say of the templates is not what is asked here, and takes most of the time.
  process.env.CDK_VALIDATION = 'false';
});

afterAll(() => {
  delete process.env.CDK_VALIDATION;
});

type Tests = ReturnType<typeof resourcesOf>;

/** A stack with a test of each connection, of which each fourth is of a slow store. */
function testsOf(names: readonly string[], maxConcurrency: number): Tests {
  const stack = createStack();
  const cluster = new rds.CfnDBCluster(stack, 'Cluster', { engine: 'aurora-mysql' });
  for (const name of names) {
    createTest(stack, name, Number(name) % 4 === 0 ? cluster.attrEndpointAddress : 'db', maxConcurrency);
  }
  return resourcesOf(stack, 'Custom::GlueConnectionTest');
}

function createTest(stack: Stack, name: string, host: string, maxConcurrency: number): void {
  const connection = createConnection(stack, `Connection${name}`, {
    connectionName: `orders-${name}`,
    properties: { JDBC_CONNECTION_URL: `jdbc:mysql://${host}/orders`, USERNAME: 'orders' },
  });
  new ConnectionTest(stack, `Test${name}`, {
    target: ConnectionTarget.fromConnection(connection),
    provider: ConnectionTestProvider.getOrCreate(stack, { maxConcurrency }),
  });
}

/** Of the tests that there were before, those whose `DependsOn` is another now; nothing else of them may be. */
function changed(before: Tests, after: Tests): string[] {
  return Object.entries(before).flatMap(([id, { DependsOn, ...rest }]) => {
    const { DependsOn: now, ...restNow } = after[id]!;
    expect(restNow).toEqual(rest);
    return JSON.stringify(now) === JSON.stringify(DependsOn) ? [] : [id];
  });
}

const NAMES = Array.from({ length: 13 }, (_, number) => String(number));

describe.each([1, 2, 4])('with maxConcurrency %d, one more connection', (maxConcurrency) => {
  test('behind the others changes DependsOn of one other test at most, and nothing else', () => {
    for (let count = 1; count < NAMES.length; count++) {
      const [before, after] = [count, count + 1].map((length) => testsOf(NAMES.slice(0, length), maxConcurrency));

      expect(Object.keys(after!)).toHaveLength(count + 1);
      expect(changed(before!, after!).length).toBeLessThanOrEqual(1);
    }
  });

  test('between the others changes two for each lane at most, and nothing else', () => {
    const after = testsOf(NAMES, maxConcurrency);
    for (const name of NAMES) {
      const before = testsOf(
        NAMES.filter((other) => other !== name),
        maxConcurrency,
      );

      expect(changed(before, after).length).toBeLessThanOrEqual(2 * maxConcurrency);
    }
  });
});

test.each([
  [240, 32],
  [41, 8],
  [10, 3],
])('of %d tests in %d lanes, no lane is longer than it has to be', (count, maxConcurrency) => {
  const tests = testsOf(
    Array.from({ length: count }, (_, number) => String(number)),
    maxConcurrency,
  );
  const lengthOf = (id: string): number => {
    const [before, ...others] = (tests[id]?.DependsOn ?? []).filter((one) => one in tests);
    expect(others).toEqual([]);
    return before === undefined ? 1 : lengthOf(before) + 1;
  };

  expect(Math.max(...Object.keys(tests).map(lengthOf))).toBe(Math.ceil(count / maxConcurrency));
});
