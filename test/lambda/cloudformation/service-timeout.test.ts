import { ConnectionTest, ConnectionTarget } from 'cdk-glue-connection-test';
import { Duration } from 'aws-cdk-lib';
import { budgetFor, leastSecondsFor, longestTimeoutIn } from '../../../lambda/properties/budget';
import { InvalidPropertiesError, parseProperties } from '../../../lambda/properties/properties';
import { createStack, testResourceOf } from '../../lib/harness';
import { exception, stackStatus } from '../aws-stub';
import { BlackBox } from '../black-box';

const TIMEOUTS = Array.from({ length: 840 }, (_, index) => index + 1);

test('the least time that is asked for is the least of which a test gets all that it needs', () => {
  for (const timeout of TIMEOUTS) {
    const least = leastSecondsFor(timeout);
    expect(budgetFor(timeout, least * 1_000).test).toBe(timeout * 1_000);
    expect(budgetFor(timeout, (least - 1) * 1_000).test).toBeLessThan(timeout * 1_000);
  }
});

test('the longest timeout that is proposed fits, and no longer one does', () => {
  for (let seconds = 1; seconds <= 900; seconds++) {
    const longest = longestTimeoutIn(seconds);
    expect(leastSecondsFor(longest)).toBeLessThanOrEqual(seconds);
    expect(leastSecondsFor(longest + 1)).toBeGreaterThan(seconds);
  }
});

test('the constructs set one that is long enough for each timeout', () => {
  for (const timeout of [1, 19, 20, 21, 300, 839, 840]) {
    const stack = createStack();
    const target = ConnectionTarget.fromName('orders', { inVpc: false });
    new ConnectionTest(stack, 'Test', { target, timeout: Duration.seconds(timeout) });
    const { ServiceTimeout } = testResourceOf(stack).Properties;

    expect(() =>
      parseProperties({ ConnectionName: 'orders', TimeoutSeconds: timeout }, Number(ServiceTimeout)),
    ).not.toThrow();
  }
});

function problemsOf(properties: object, serviceTimeout: number): readonly string[] {
  try {
    parseProperties({ ConnectionName: 'orders', ...properties }, serviceTimeout);
    return [];
  } catch (error) {
    return (error as InvalidPropertiesError).problems;
  }
}

test.each([
  [
    { TimeoutSeconds: '300' },
    300,
    "'ServiceTimeout' must be at least 320 where TimeoutSeconds is 300, got: 300; set ServiceTimeout to 320 or more, or TimeoutSeconds to 280 or less",
  ],
  [
    {},
    319,
    "'ServiceTimeout' must be at least 320 where TimeoutSeconds is 300, got: 319; set ServiceTimeout to 320 or more, or TimeoutSeconds to 299 or less",
  ],
  [
    { TimeoutSeconds: 1 },
    1,
    "'ServiceTimeout' must be at least 2 where TimeoutSeconds is 1, got: 1; set ServiceTimeout to 2 or more",
  ],
])(
  'a ServiceTimeout that is too short is a problem, with both numbers and what to set: %j in %d s',
  (given, seconds, problem) => {
    expect(problemsOf(given, seconds)).toEqual([problem]);
  },
);

test.each([
  [{}, 320],
  [{ TimeoutSeconds: '2' }, 4],
  [{ TimeoutSeconds: '840' }, 860],
])('one that is just long enough is none: %j in %d s', (given, seconds) => {
  expect(problemsOf(given, seconds)).toEqual([]);
});

test('a timeout that is wrong is the only problem', () => {
  expect(problemsOf({ TimeoutSeconds: 'x' }, 1)).toEqual([
    "'TimeoutSeconds' must be a whole number from 1 to 840, got: text of 1 characters",
  ]);
});

describe('the function', () => {
  let blackBox: BlackBox;
  beforeAll(async () => {
    blackBox = await BlackBox.start({ random: 0.1 });
  });
  afterAll(async () => {
    await blackBox.stop();
  });

  const properties = { ConnectionName: 'orders', ServiceTimeout: '200' };

  test.each(['Create', 'Update'] as const)('says so on %s, and tests nothing', async (requestType) => {
    const { answer } = await blackBox.invoke({ requestType, properties });

    expect(answer.Reason).toContain(
      "invalid properties: 'ServiceTimeout' must be at least 320 where TimeoutSeconds is 300, got: 200",
    );
    expect(blackBox.aws.calls('TestConnection', 'orders')).toEqual([]);
  });

  test('also says so where CloudFormation has it beside the properties', async () => {
    const { answer } = await blackBox.invoke({ event: { ServiceTimeout: '200' } });

    expect(answer.Reason).toContain("'ServiceTimeout' must be at least 320");
  });

  test('says nothing on Delete', async () => {
    const { answer } = await blackBox.invoke({ requestType: 'Delete', properties });

    expect(answer.Status).toBe('SUCCESS');
  });

  test('says nothing during a rollback', async () => {
    blackBox.aws.script('DescribeStacks', 'Back', stackStatus('UPDATE_ROLLBACK_IN_PROGRESS'));
    const { answer } = await blackBox.invoke({ requestType: 'Update', properties, event: { StackId: 'Back' } });

    expect(answer).toMatchObject({ Status: 'SUCCESS', Data: { Outcome: 'SKIPPED' } });
  });

  test.each(['x', '0', '1.5', ['5']])(
    'leaves to CloudFormation what is no number of seconds: %j',
    async (ServiceTimeout) => {
      const { answer } = await blackBox.invoke({ properties: { ...properties, ServiceTimeout } });

      expect(answer.Status).toBe('SUCCESS');
    },
  );

  test('answers before CloudFormation gives up', async () => {
    blackBox.aws.script('TestConnection', 'silent', exception('ThrottlingException', 'slow down'), () => undefined);
    blackBox.aws.script('GetConnection', 'silent', () => undefined);
    const startedAt = Date.now();
    const { answer } = await blackBox.invoke({
      properties: { ConnectionName: 'silent', TimeoutSeconds: '2', ServiceTimeout: '4' },
    });

    expect(answer.Reason).toContain('failed its test: TIMEOUT');
    expect(Date.now() - startedAt).toBeLessThan(4_000);
  });
});
