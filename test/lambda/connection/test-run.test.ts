import { clientOptions } from '../../../lambda/base/client-options';
import type { ConnectionTestAttributes } from '../../../lambda/contract';
import type { Answer } from '../../../lambda/cloudformation/answer';
import { answerFromVerdict } from '../../../lambda/cloudformation/answer-from-verdict';
import { Redactor } from '../../../lambda/base/redaction/redactor';
import { testConnection } from '../../../lambda/connection/test-connection';
import { parseProperties } from '../../../lambda/properties/properties';
import { TestClock } from './test-clock';

type Attempt = () => Promise<unknown>;

const failing =
  (name: string, message = 'no'): Attempt =>
  () =>
    Promise.reject(Object.assign(new Error(message), { name }));

async function run(attempt: Attempt, properties = {}, left = 900_000, clock = new TestClock(), isNew = false) {
  const calls: string[] = [];
  let closed = 0;
  const request = { ...parseProperties({ ConnectionName: 'orders', OnFailure: 'REPORT', ...properties }), isNew };
  const dependencies = {
    connect: () => ({
      glue: {
        send: (command: object) => {
          calls.push(command.constructor.name);
          return (command.constructor.name === 'TestConnectionCommand' ? attempt() : Promise.resolve({})) as never;
        },
      },
      secretsManager: { send: () => Promise.reject(new Error('no secret is read')) },
      options: { ...clientOptions(1), credentials: undefined },
      close: () => {
        closed += 1;
      },
    }),
    role: undefined,
    redactor: new Redactor(),
    clock,
    log: () => undefined,
  };
  const context = { getRemainingTimeInMillis: () => left, logGroupName: 'group', logStreamName: 'stream' };
  const verdict = await testConnection(request, left, dependencies);
  const answer: Answer = answerFromVerdict(request, verdict, context, dependencies);
  const { attributes } = answer as { readonly attributes?: ConnectionTestAttributes };
  const attempts = calls.filter((name) => name === 'TestConnectionCommand').length;
  return { answer, attributes, attempts, waits: clock.waits, calls, closed };
}

/** Lets what has been called go on as far as it can. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('another try', () => {
  test('comes for the first minute after a missing permission, then no more', async () => {
    const { attempts, attributes, waits } = await run(failing('AccessDeniedException'));

    expect(attributes).toMatchObject({ Outcome: 'FAILED', Category: 'ACCESS_DENIED', Attempts: attempts });
    expect(attributes?.DurationMs).toBeGreaterThanOrEqual(60_000);
    expect(attributes?.DurationMs).toBeLessThan(75_000);
    expect(waits.slice(0, 4).map(Math.round)).toEqual([999, 1998, 3996, 7992]);
    expect(Math.max(...waits)).toBeLessThanOrEqual(10_000);
  });

  test.each([
    'VPC S3 endpoint validation failed for SubnetId: subnet-1',
    'At least one security group must open all ingress ports.To limit traffic, …',
    'At least one security group must open all egress ports.',
    'UnableToFindVpcEndpoint',
    'No private DNS for network interface found',
  ])('comes for the first two minutes of a Create while the network may be coming up: %s', async (message) => {
    const attempt = () => Promise.reject(Object.assign(new Error(message), { name: 'InvalidInputException' }));
    const ofCreate = await run(attempt, {}, 900_000, new TestClock(), true);
    const ofUpdate = await run(attempt);

    expect(ofCreate.attributes).toMatchObject({ Outcome: 'FAILED', Category: 'CONFIGURATION' });
    expect(ofCreate.attributes?.DurationMs).toBeGreaterThanOrEqual(120_000);
    expect(ofCreate.attributes?.DurationMs).toBeLessThan(135_000);
    expect(ofUpdate.attempts).toBe(1);
  });

  test('does not come for what no time mends, on a Create neither', async () => {
    const message = 'Availability Zone us-east-1a does not correspond to subnet subnet-1';
    const attempt = () => Promise.reject(Object.assign(new Error(message), { name: 'InvalidInputException' }));

    expect((await run(attempt, {}, 900_000, new TestClock(), true)).attempts).toBe(1);
  });

  test.each(['ThrottlingException', 'InternalServiceException', 'ConflictException', 'OperationTimeoutException'])(
    'comes until the time is over after %s',
    async (name) => {
      const { attributes } = await run(failing(name), { TimeoutSeconds: '120' });

      expect(attributes?.DurationMs).toBeGreaterThan(105_000);
      expect(attributes?.DurationMs).toBeLessThanOrEqual(120_000);
    },
  );

  test.each([
    [{}, 3],
    [{ MaxAttempts: '1' }, 1],
    [{ MaxAttempts: '7' }, 7],
  ])('comes up to MaxAttempts when the store can not be reached: %j', async (properties, expected) => {
    const { attempts } = await run(failing('InvalidInputException', 'Connection refused'), properties);

    expect(attempts).toBe(expected);
  });

  test('is not spent on an attempt that was throttled', async () => {
    const [throttled, refused] = [
      failing('ThrottlingException'),
      failing('InvalidInputException', 'Connection refused'),
    ];
    const script = [throttled, refused, throttled, refused, throttled, refused];
    const { attempts, attributes } = await run(() => (script.shift() ?? (() => Promise.resolve({})))());

    expect(attempts).toBe(6);
    expect(attributes).toMatchObject({ Outcome: 'FAILED', Category: 'UNREACHABLE' });
  });

  test.each([
    ['InvalidInputException', 'password authentication failed'],
    ['InvalidInputException', 'nothing known'],
    ['GlueEncryptionException', 'no'],
    ['FederationSourceException', 'no'],
    ['Unheard', 'no'],
  ])('does not come after %s: %s', async (name, message) => {
    expect((await run(failing(name, message))).attempts).toBe(1);
  });

  test.each([0, 90, 150])(
    'does not come at the deadline, where it could only be cut: waits %d ms late',
    async (lateMs) => {
      // With the waits of the worst chance, the one after the second attempt ends 3 ms before this deadline.
      const { attempts, attributes, waits } = await run(
        failing('ThrottlingException', 'slow down'),
        { TimeoutSeconds: '3' },
        900_000,
        new TestClock(lateMs),
      );

      expect(attempts).toBe(2);
      // Nor is it waited for.
      expect(waits).toHaveLength(1);
      expect(attributes).toMatchObject({ Category: 'THROTTLED', Message: 'slow down' });
    },
  );

  test('does not come after a wait that ends too late', async () => {
    const { attempts, attributes } = await run(
      failing('ThrottlingException', 'slow down'),
      { TimeoutSeconds: '3' },
      900_000,
      new TestClock(3_000),
    );

    expect(attempts).toBe(1);
    expect(attributes).toMatchObject({ Category: 'THROTTLED', Message: 'slow down' });
  });

  test('ends with the pass', async () => {
    let left = 2;
    const { attributes } = await run(() => (left-- > 0 ? failing('ThrottlingException')() : Promise.resolve({})));

    expect(attributes).toMatchObject({ Outcome: 'PASSED', Category: 'NONE', Attempts: 3 });
  });
});

describe('the deadline', () => {
  const hanging: Attempt = () => new Promise(() => undefined);

  /** The result of a test during which so much time passes. */
  async function runFor(milliseconds: number, attempt: Attempt, properties: object, left: number) {
    const clock = new TestClock();
    const result = run(attempt, properties, left, clock);
    await settle();
    for (let passed = 0; passed < milliseconds; passed += 100) {
      clock.advance(100);
      await settle();
    }
    return Promise.race([result, settle().then(() => undefined)]);
  }

  test('ends a call that ignores that its time is over', async () => {
    const { answer, closed } = (await runFor(400, hanging, { OnFailure: 'FAIL' }, 600))!;

    expect(answer).toMatchObject({ status: 'FAILED' });
    expect((answer as { reason: string }).reason).toContain('TIMEOUT');
    expect(closed).toBe(1);
  });

  test('of the longest test that there is leaves time to answer', async () => {
    expect(await runFor(840_000, hanging, { TimeoutSeconds: '840' }, 900_000)).toBeUndefined();
    const result = await runFor(840_200, hanging, { TimeoutSeconds: '840' }, 900_000);

    expect(result?.attributes).toMatchObject({ Category: 'TIMEOUT', Attempts: 1 });
  });

  test('tells what was seen last, and how often it was tried', async () => {
    let isFirst = true;
    const attempt = () => {
      const next = isFirst ? failing('ThrottlingException', 'slow down') : hanging;
      isFirst = false;
      return next();
    };
    const result = await runFor(10_000, attempt, {}, 10_000);

    expect(result?.attributes).toMatchObject({
      Category: 'TIMEOUT',
      Message: expect.stringMatching(
        /^Glue did not answer within \d+(\.\d)? seconds?; before that: slow down$/,
      ) as string,
      Attempts: 2,
    });
  });
});

test('what Glue knows of the connection is asked after a failure only', async () => {
  expect((await run(() => Promise.resolve({}))).calls).toEqual(['TestConnectionCommand']);
  expect((await run(failing('InvalidInputException'))).calls).toEqual([
    'TestConnectionCommand',
    'GetConnectionCommand',
  ]);
});
