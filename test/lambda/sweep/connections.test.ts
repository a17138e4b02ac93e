import { Redactor } from '../../../lambda/base/redaction/redactor';
import { readConnections } from '../../../lambda/sweep/connections';
import { TestClock } from '../connection/test-clock';

async function read(...exceptions: string[]) {
  const clock = new TestClock();
  const startedAt = clock.now();
  let calls = 0;
  const send = () => {
    const name = exceptions[Math.min(calls++, exceptions.length - 1)];
    return name === undefined || name === ''
      ? Promise.resolve({ ConnectionList: [{ Name: 'orders' }] })
      : Promise.reject(Object.assign(new Error('said Glue'), { name }));
  };
  const { redact } = new Redactor();
  const result = await readConnections(undefined, { glue: { send }, clock, log: () => undefined, redact }).catch(
    (error: unknown) => error as Error,
  );
  return { result, calls, seconds: (clock.now() - startedAt) / 1_000 };
}

const ORDERS = [{ Name: 'orders', Type: 'UNKNOWN' }];

test('a permission that is not effective yet is waited for', async () => {
  expect(await read('AccessDeniedException', 'AccessDeniedException', '')).toMatchObject({ result: ORDERS, calls: 3 });
});

test('a permission that is missing ends the wait after a minute', async () => {
  const { result, seconds } = await read('AccessDeniedException');

  expect(String(result as Error)).toMatch(
    /^ConnectionsNotListed: Glue did not list its connections: said Glue \(AccessDeniedException\)\. Next: ./,
  );
  expect(seconds).toBeGreaterThan(50);
  expect(seconds).toBeLessThan(75);
});

test.each(['ThrottlingException', 'InternalServiceException'])(
  'after %s, Glue is asked for five minutes',
  async (name) => {
    const { result, seconds } = await read(name);

    expect(result).toMatchObject({ name: 'ConnectionsNotListed' });
    expect(seconds).toBeGreaterThan(280);
    expect(seconds).toBeLessThanOrEqual(300);
  },
);
