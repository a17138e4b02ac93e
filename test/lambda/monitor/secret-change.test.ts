import type { SecretChangedEvent } from '../../../lambda/monitor/contract';
import { output } from '../aws-stub';
import { BlackBox } from '../black-box';
import { schedulerError } from './fake-scheduler';
import { REFUSED, scheduled, SECRET, send, SETTINGS, testedIn, told } from './monitored';

jest.setTimeout(60_000);

const OTHER = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:other-GhIjKl';

let blackBox: BlackBox;
beforeEach(async () => {
  blackBox = await BlackBox.start({ random: 0.1 });
});
afterEach(async () => {
  await blackBox.stop();
});

const changed = (...SecretsChanged: string[]) =>
  send(blackBox, { Monitor: SETTINGS, SecretsChanged } satisfies SecretChangedEvent);

const atOf = (name: string) =>
  Date.parse(`${/^at\((.*)\)$/.exec(blackBox.aws.scheduler.schedules.get(name)!.ScheduleExpression)?.[1]}Z`);

/** The recurring schedule, with connections by what they name as their secrets. */
function monitor(secrets: Readonly<Record<string, readonly string[] | undefined>>): void {
  const Connections = Object.entries(secrets).map(([ConnectionName, Secrets]) => ({
    Properties: { ConnectionName, TimeoutSeconds: 1, MaxAttempts: 1 },
    Secrets,
  }));
  blackBox.aws.scheduler.add('connections', { Monitor: SETTINGS, Connections });
}

test('a test is planned for one to two minutes later, and nothing is tested yet', async () => {
  const { error, entries } = await changed(SECRET);
  const [name = '', ...others] = blackBox.aws.scheduler.names;

  expect(error).toBeUndefined();
  expect(others).toEqual([]);
  expect(atOf(name)).toBeGreaterThan(Date.now() + 50_000);
  expect(atOf(name)).toBeLessThanOrEqual(Date.now() + 121_000);
  expect(blackBox.aws.scheduler.fire(name)).toEqual({ Monitor: SETTINGS, Secret: SECRET });
  expect(testedIn(blackBox)).toEqual([]);
  expect(entries).toEqual([expect.objectContaining({ level: 'INFO', event: 'test planned', secret: SECRET })]);
});

test('several changes at the same time plan one test; another secret has its own', async () => {
  await changed(SECRET);
  await Promise.all([changed(SECRET), changed(SECRET), changed(SECRET, SECRET)]);
  expect(blackBox.aws.scheduler.names).toHaveLength(1);
  await changed(OTHER);

  expect(blackBox.aws.scheduler.names).toHaveLength(2);
});

test('a plan that is being carried out does not keep a later change from its test', async () => {
  await changed(SECRET);
  const [name = ''] = blackBox.aws.scheduler.names;
  const schedule = blackBox.aws.scheduler.schedules.get(name)!;
  blackBox.aws.scheduler.schedules.clear();
  const earlier = name.replace(/[^-]+$/, Math.floor(Date.now() / 60_000).toString(36));
  blackBox.aws.scheduler.schedules.set(earlier, { ...schedule, Name: earlier });
  await changed(SECRET);

  expect(blackBox.aws.scheduler.names).toEqual([earlier, name]);
});

test('when it is time, the connections with that secret are tested, and no others', async () => {
  monitor({
    'by-arn': [SECRET],
    'by-partial-arn': [OTHER, 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod/orders'],
    'by-name': ['prod/orders'],
    other: [OTHER],
    'longer-name': ['prod/orders-2024', 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod/orders-2'],
    'other-suffix': ['arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod/orders-ZzZzZz'],
    without: undefined,
  });
  const result = await send(blackBox, { Monitor: SETTINGS, Secret: SECRET });

  expect(testedIn(blackBox).sort()).toEqual(['by-arn', 'by-name', 'by-partial-arn']);
  expect(told(result).map(({ trigger }) => trigger)).toEqual(['SECRET_CHANGE', 'SECRET_CHANGE', 'SECRET_CHANGE']);
});

test('a secret that RDS manages is one too', async () => {
  const managed = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:rds!cluster-0a1b2c3d-AbCdEf';
  monitor({ orders: [managed] });
  await changed(managed);
  await send(blackBox, blackBox.aws.scheduler.fire(blackBox.aws.scheduler.names[1]!));

  expect(testedIn(blackBox)).toEqual(['orders']);
});

test('they are tested although they are left alone, and the count begins anew', async () => {
  monitor({ orders: [SECRET] });
  blackBox.aws.script('TestConnection', 'orders', REFUSED);
  blackBox.aws.script('DescribeSecret', SECRET, output({ VersionIdsToStages: { v1: ['AWSCURRENT'] } }));
  const inAnHour = new Date(Date.now() + 3_600_000).toISOString();
  await send(blackBox, scheduled(['orders']));
  await send(blackBox, scheduled(['orders'], {}, { BeganAt: inAnHour }));
  const result = await send(blackBox, { Monitor: SETTINGS, Secret: SECRET });
  const notes = blackBox.aws.scheduler.names.filter((name) => name.startsWith('backoff-'));

  expect(told(result)).toEqual([expect.objectContaining({ event: 'connection failed' })]);
  expect(notes).toEqual([expect.stringMatching(/^backoff-1-/)]);
});

test.each([
  ['has been deleted', () => undefined],
  ['holds something else', () => blackBox.aws.scheduler.add('connections', ['no', 'event'])],
  ['holds another event', () => blackBox.aws.scheduler.add('connections', { Monitor: SETTINGS, Secret: SECRET })],
])('a recurring schedule that %s is told in one line, and is no error for Lambda', async (_, prepare) => {
  prepare();
  const { error, entries } = await send(blackBox, { Monitor: SETTINGS, Secret: SECRET });

  expect(error).toBeUndefined();
  expect(entries).toEqual([expect.objectContaining({ level: 'ERROR', event: 'not done' })]);
});

test.each([
  ['a change', { Monitor: SETTINGS, SecretsChanged: [SECRET] }, 'ListSchedules'],
  ['a change', { Monitor: SETTINGS, SecretsChanged: [SECRET] }, 'CreateSchedule'],
  ['its test', { Monitor: SETTINGS, Secret: SECRET }, 'GetSchedule'],
  ['its test', { Monitor: SETTINGS, Secret: SECRET }, 'ListSchedules'],
  ['a run', scheduled(['orders']), 'ListSchedules'],
])('%s is left to Lambda’s retry only where that may help (%#)', async (_, event, refused) => {
  monitor({ orders: [SECRET] });
  const invoke = (code: string, statusCode: number) => {
    blackBox.aws.scheduler.disturb = ({ operation }) =>
      operation === refused ? schedulerError(code, statusCode, 'no') : undefined;
    return send(blackBox, event, 3_000);
  };
  const denied = await invoke('AccessDeniedException', 403);
  const down = await invoke('ServiceUnavailableException', 503);

  expect(denied.error).toBeUndefined();
  expect(denied.entries).toEqual([
    expect.objectContaining({ event: 'not done', message: expect.stringContaining(refused) as string }),
  ]);
  expect(down.error).toContain('ServiceUnavailableException');
  expect(testedIn(blackBox)).toEqual([]);
});
