import { exception, output, pass } from '../aws-stub';
import { schedulerError } from './fake-scheduler';
import { REFUSED, scheduled, SECRET, send, told, UNREACHABLE } from './monitored';
import { blackBox, change, eventOf, run } from './back-off-bed';

test.each([
  ['a new version of its secret', { updatedAt: 1_000, version: 'v2' }],
  ['another definition', { updatedAt: 2_000, version: 'v1' }],
])('%s ends it, and the next refusal is the first', async (_, changed) => {
  await run(0);
  await run(1);
  change(changed);

  expect(await eventOf(run(2))).toBe('connection failed');
  expect(await eventOf(run(3))).toBe('connection failed');
  expect(await eventOf(run(4))).toBe('connection backs off');
});

test('where the function may not read the secret, another definition still ends it', async () => {
  blackBox.aws.script('DescribeSecret', SECRET, exception('AccessDeniedException', 'no'));
  await run(0);
  await run(1);
  expect(await eventOf(run(2))).toBe('connection backs off');
  blackBox.aws.script('GetConnection', 'orders', output({ Connection: { Name: 'orders', LastUpdatedTime: 3_000 } }));

  expect(await eventOf(run(2))).toBe('connection failed');
});

test('a definition that can’t be read for the moment does not end it', async () => {
  await run(0);
  await run(1);
  blackBox.aws.script('GetConnection', 'orders', exception('ThrottlingException', 'slow down'));

  expect(await eventOf(run(2))).toBe('connection backs off');
});

test('a pass ends it', async () => {
  await run(0);
  blackBox.aws.script('TestConnection', 'orders', pass);
  await run(1);

  expect(blackBox.aws.scheduler.names).toEqual([]);
});

test('a store that can’t be reached says nothing of credentials: the count goes on after it', async () => {
  await run(0);
  blackBox.aws.script('TestConnection', 'orders', UNREACHABLE);
  await run(1);
  blackBox.aws.script('TestConnection', 'orders', REFUSED);
  await run(2);

  expect(await eventOf(run(3))).toBe('connection backs off');
});

test('other failures do not begin it', async () => {
  blackBox.aws.script('TestConnection', 'orders', UNREACHABLE);
  await run(0);

  expect(blackBox.aws.scheduler.names).toEqual([]);
});

test('it is forgotten with a connection that is no longer monitored, by a run of all connections', async () => {
  await run(0);
  await send(blackBox, scheduled(['customers']));

  expect(blackBox.aws.scheduler.names).toEqual([]);
});

test('where there is hardly any time left for that, it is forgotten by a later run', async () => {
  await run(0);
  await send(blackBox, scheduled(['customers']), 10_000);
  expect(blackBox.aws.scheduler.names).toHaveLength(1);
  await send(blackBox, scheduled(['customers']));

  expect(blackBox.aws.scheduler.names).toEqual([]);
});

test('without metrics, it is told all the same', async () => {
  await run(0);
  await run(1);
  const [entry] = told(await run(2, { Metrics: 'DISABLED' }));

  expect(entry).toMatchObject({ event: 'connection backs off' });
  expect(entry).not.toHaveProperty('_aws');
});

describe('where EventBridge Scheduler does not help', () => {
  test.each([
    ['CreateSchedule', 'AccessDeniedException', 403],
    ['DeleteSchedule', 'AccessDeniedException', 403],
  ])('%s: %s is told, and changes no verdict', async (operation, code, statusCode) => {
    await run(0);
    blackBox.aws.scheduler.disturb = (request) =>
      request.operation === operation ? schedulerError(code, statusCode, 'not authorized') : undefined;
    const result = await run(1);

    expect(result.error).toBeUndefined();
    expect(result.entries).toContainEqual(
      expect.objectContaining({ level: 'ERROR', event: 'back-off not kept', connectionName: 'orders' }),
    );
    expect(told(result)).toContainEqual(expect.objectContaining({ category: 'CREDENTIALS' }));
  });

  test('with two notes of one connection, the later one counts', async () => {
    await run(0);
    blackBox.aws.scheduler.disturb = (request) =>
      request.operation === 'DeleteSchedule' ? schedulerError('AccessDeniedException', 403, 'no') : undefined;
    await run(1);
    expect(blackBox.aws.scheduler.names.filter((name) => name.startsWith('backoff-'))).toHaveLength(2);

    expect(await eventOf(run(2))).toBe('connection backs off');
  });
});
