import type { Socket } from 'node:net';
import { pass, type Reply } from '../aws-stub';
import { BlackBox, type Result } from '../black-box';
import { schedulerError } from './fake-scheduler';
import { scheduled, SECRET, send, SETTINGS, testedIn, told } from './monitored';

jest.setTimeout(60_000);

let blackBox: BlackBox;
beforeEach(async () => {
  blackBox = await BlackBox.start({ random: 0.1 });
});
afterEach(async () => {
  await blackBox.stop();
});

const NAMES = Array.from({ length: 12 }, (_, index) => `connection-${index}`);

/** A test with this timeout is begun while 40 seconds are left: twice its timeout, and 30 seconds for what comes after. */
const PROPERTIES = { TimeoutSeconds: 5 };
const REMAINING_MS = 40_500;

const slowly: Reply = (response, socket) => {
  setTimeout(() => pass(response, socket), 300);
};

/** Runs connections that take a while in less time than they take, two at a time. */
function runShort(more: object = {}): Promise<Result> {
  NAMES.forEach((name) => blackBox.aws.script('TestConnection', name, slowly));
  const Monitor = { ...SETTINGS, MaxConcurrency: 2 };
  return send(blackBox, { ...scheduled(NAMES, PROPERTIES, more), Monitor }, REMAINING_MS);
}

const restIn = () => blackBox.aws.scheduler.names.filter((name) => name.startsWith('rest-'));

test('what does not fit into Lambda’s time is tested by further invocations, each connection once', async () => {
  let result = await runShort();
  for (let invocations = 1; restIn().length > 0; invocations++) {
    expect(restIn()).toHaveLength(1);
    expect(invocations).toBeLessThan(10);
    result = await send(blackBox, blackBox.aws.scheduler.fire(restIn()[0]!), REMAINING_MS);
    expect(result.error).toBeUndefined();
  }

  expect(testedIn(blackBox)).toEqual(NAMES);
  expect(result.log.match(/"event":"connection passed"/g)).toHaveLength(NAMES.length);
});

test('the further invocation begins when this one has ended, and deletes its schedule', async () => {
  const startedAt = Date.now();
  await runShort();
  const [schedule] = [...blackBox.aws.scheduler.schedules.values()];
  const at = Date.parse(`${/^at\((.*)\)$/.exec(schedule!.ScheduleExpression)?.[1]}Z`);

  expect(at).toBeGreaterThanOrEqual(startedAt + REMAINING_MS - 200);
  expect(at).toBeLessThan(startedAt + REMAINING_MS + 2_000);
  expect(schedule).toMatchObject({
    GroupName: 'group',
    State: 'ENABLED',
    ActionAfterCompletion: 'DELETE',
    FlexibleTimeWindow: { Mode: 'OFF' },
    Target: { Arn: 'arn:aws:lambda:eu-west-1:111122223333:function:handler', RoleArn: SETTINGS.RoleArn },
  });
});

test('the rest of a test of a secret’s connections is one too, and its back-off does not count', async () => {
  const result = await runShort({ Secret: SECRET, BeganAt: new Date().toISOString() });
  const event = blackBox.aws.scheduler.fire(restIn()[0]!) as object;

  expect(told(result)[0]).toMatchObject({ trigger: 'SECRET_CHANGE' });
  expect(event).toMatchObject({ Secret: SECRET });
  expect(told(await send(blackBox, event))[0]).toMatchObject({ trigger: 'SECRET_CHANGE' });
});

test('an invocation that is repeated makes no second schedule', async () => {
  blackBox.aws.scheduler.disturb = ({ operation }) =>
    operation === 'CreateSchedule' ? schedulerError('ConflictException', 409, 'already exists') : undefined;
  const result = await runShort();

  expect(result.error).toBeUndefined();
  expect(result.entries).not.toContainEqual(expect.objectContaining({ level: 'ERROR' }));
});

test('an invocation with hardly any time tests one connection all the same', async () => {
  await send(blackBox, scheduled(NAMES, PROPERTIES), 8_000);

  expect(testedIn(blackBox)).toEqual(NAMES.slice(0, 1));
  expect(blackBox.aws.scheduler.fire(restIn()[0]!)).toMatchObject({ Connections: { length: NAMES.length - 1 } });
});

test.each([
  ['throttles', schedulerError('ThrottlingException', 429, 'slow down')],
  ['fails', schedulerError('InternalServerException', 500, 'failure')],
  ['hangs up', (_: unknown, socket: Socket) => socket.destroy()],
])('where EventBridge Scheduler %s at first, it is asked again', async (_, reply) => {
  let asked = 0;
  blackBox.aws.scheduler.disturb = () => (++asked <= 5 ? reply : undefined);
  const result = await runShort();

  expect(result.error).toBeUndefined();
  expect(testedIn(blackBox).length + restOf()).toBe(NAMES.length);
});

test.each([
  ['denies', 'AccessDeniedException', 403],
  ['has no room', 'ServiceQuotaExceededException', 402],
])(
  'where EventBridge Scheduler %s, it is told which connections are not tested, and none is tested twice',
  async (_, code, statusCode) => {
    blackBox.aws.scheduler.disturb = ({ operation }) =>
      operation === 'CreateSchedule' ? schedulerError(code, statusCode, 'no') : undefined;
    const result = await runShort();
    const tested = testedIn(blackBox);

    expect(result.error).toBeUndefined();
    expect(result.entries).toContainEqual(
      expect.objectContaining({
        level: 'ERROR',
        event: 'rest not scheduled',
        message: expect.stringContaining(code) as string,
        connections: NAMES.slice(tested.length),
      }),
    );
  },
);

function restOf(): number {
  return restIn().flatMap((name) => (blackBox.aws.scheduler.fire(name) as { Connections: [] }).Connections).length;
}

test('1,000 connections are tested in one invocation, each once and in their order', async () => {
  const names = Array.from({ length: 1_000 }, (_, index) => `connection-${index}`);
  const result = await send(blackBox, {
    ...scheduled(names, { TimeoutSeconds: 60 }),
    Monitor: { ...SETTINGS, MaxConcurrency: 50 },
  });

  expect(testedIn(blackBox)).toHaveLength(1_000);
  expect(new Set(testedIn(blackBox)).size).toBe(1_000);
  expect(told(result)).toHaveLength(1_000);
});
