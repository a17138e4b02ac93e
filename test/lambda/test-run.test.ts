import type { Clock } from '../../lambda/clock';
import type { Decision } from '../../lambda/decision';
import { parseProperties } from '../../lambda/properties';
import { runTest } from '../../lambda/test-run';

type Attempt = () => Promise<unknown>;

const failing =
  (name: string, message = 'no'): Attempt =>
  () =>
    Promise.reject(Object.assign(new Error(message), { name }));

/** Time that passes only by waiting, and chance that is always the worst. */
class TestClock implements Clock {
  private time = Date.UTC(2026, 0);
  readonly waits: number[] = [];

  /** @param latenessMs how much later than asked for each wait ends */
  constructor(private readonly latenessMs = 0) {}

  now(): number {
    return this.time;
  }

  sleep(milliseconds: number): Promise<void> {
    this.waits.push(milliseconds);
    this.time += milliseconds + this.latenessMs;
    return Promise.resolve();
  }

  random(): number {
    return 0.999;
  }
}

async function run(attempt: Attempt, properties = {}, left = 900_000, clock = new TestClock()) {
  const calls: string[] = [];
  let destroyed = 0;
  const decision: Decision = await runTest(
    parseProperties({ ConnectionName: 'orders', OnFailure: 'REPORT', ...properties }),
    { getRemainingTimeInMillis: () => left, logGroupName: 'group', logStreamName: 'stream' },
    {
      createGlue: () => ({
        send: (command: object) => {
          calls.push(command.constructor.name);
          return (command.constructor.name === 'TestConnectionCommand' ? attempt() : Promise.resolve({})) as never;
        },
        destroy: () => {
          destroyed += 1;
        },
      }),
      loadRole: () => Promise.resolve(undefined),
      loadInputResolver: () => Promise.reject(new Error('no secret is read')),
      askForRollback: () => Promise.resolve({ state: 'not rolling back' }),
      clock,
      log: () => undefined,
      redact: (text) => text,
    },
  );
  const { attributes } = decision as Extract<Decision, { status: 'SUCCESS' }>;
  const attempts = calls.filter((name) => name === 'TestConnectionCommand').length;
  return { decision, attributes, attempts, waits: clock.waits, calls, destroyed };
}

describe('another try', () => {
  test('comes for the first minute after a missing permission, then no more', async () => {
    const { attempts, attributes, waits } = await run(failing('AccessDeniedException'));

    expect(attributes).toMatchObject({ Outcome: 'FAILED', Category: 'ACCESS_DENIED', Attempts: attempts });
    expect(attributes?.DurationMs).toBeGreaterThanOrEqual(60_000);
    expect(attributes?.DurationMs).toBeLessThan(75_000);
    expect(waits.slice(0, 4).map(Math.round)).toEqual([999, 1998, 3996, 7992]);
    expect(Math.max(...waits)).toBeLessThanOrEqual(10_000);
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

describe('the watchdog', () => {
  const hanging: Attempt = () => new Promise(() => undefined);

  test('answers when a call ignores that its time is over', async () => {
    const { decision, destroyed } = await run(hanging, { OnFailure: 'FAIL' }, 600);

    expect(decision).toMatchObject({ status: 'FAILED' });
    expect((decision as { reason: string }).reason).toContain('TIMEOUT');
    expect(destroyed).toBe(1);
  });

  test('answers by 850 of 900 seconds when the longest test that there is hangs', async () => {
    jest.useFakeTimers();
    try {
      let decision: Decision | undefined;
      void run(hanging, { TimeoutSeconds: '840' }).then((result) => (decision = result.decision));
      await jest.advanceTimersByTimeAsync(840_000);
      expect(decision).toBeUndefined();
      await jest.advanceTimersByTimeAsync(10_000);

      expect(decision).toMatchObject({ attributes: { Category: 'TIMEOUT', Attempts: 1 } });
    } finally {
      jest.useRealTimers();
    }
  });

  test('tells what was seen last, and how often it was tried', async () => {
    let isFirst = true;
    const attempt = () => {
      const next = isFirst ? failing('ThrottlingException', 'slow down') : hanging;
      isFirst = false;
      return next();
    };
    jest.useFakeTimers();
    try {
      const result = run(attempt, {}, 10_000);
      await jest.advanceTimersByTimeAsync(10_000);

      expect((await result).attributes).toMatchObject({
        Category: 'THROTTLED',
        Message: expect.stringMatching(/^slow down; then no answer for \d+(\.\d)? seconds?$/) as string,
        Attempts: 2,
      });
    } finally {
      jest.useRealTimers();
    }
  });
});

test('what Glue knows of the connection is asked after a failure only', async () => {
  expect((await run(() => Promise.resolve({}))).calls).toEqual(['TestConnectionCommand']);
  expect((await run(failing('InvalidInputException'))).calls).toEqual([
    'TestConnectionCommand',
    'GetConnectionCommand',
  ]);
});
