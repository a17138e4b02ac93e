import { BlackBox } from '../black-box';
import { schedulerError, type Schedule } from './fake-scheduler';
import { scheduled, SECRET, send, SETTINGS, testedIn } from './monitored';

jest.setTimeout(60_000);

let blackBox: BlackBox;
beforeEach(async () => {
  blackBox = await BlackBox.start({ random: 0.1 });
});
afterEach(async () => {
  await blackBox.stop();
});

const inSeconds = (seconds: number) => `at(${new Date(Date.now() + seconds * 1_000).toISOString().slice(0, 19)})`;

/** A one-time schedule that an earlier run has made. */
function add(name: string, seconds: number, input: unknown): void {
  blackBox.aws.scheduler.add(name, input as object);
  const schedule = blackBox.aws.scheduler.schedules.get(name)!;
  const ScheduleExpression = inSeconds(seconds);
  blackBox.aws.scheduler.schedules.set(name, { ...schedule, ScheduleExpression } satisfies Schedule);
}

const NOTE = { Unfinished: [JSON.stringify(['', 'orders'])] };

test.each<[string, string, object]>([
  ['has noted', 'unfinished-0-1', NOTE],
  ['has left to a further invocation', 'rest-0', scheduled(['orders'])],
])('a connection that the previous run %s is left out, as one line says', async (_, name, input) => {
  add(name, 300, input);
  const { error, entries } = await send(blackBox, scheduled(['orders', 'sales']));

  expect(error).toBeUndefined();
  expect(testedIn(blackBox)).toEqual(['sales']);
  expect(entries.filter(({ level }) => level === 'WARN')).toEqual([
    expect.objectContaining({
      event: 'previous run not finished',
      message:
        'left out 1 of 2 connections, because the previous run has not finished them: set a longer interval, or raise ' +
        "'maxConcurrency'",
    }),
  ]);
});

test('a change of its secret tests it all the same', async () => {
  add('unfinished-0-1', 300, NOTE);
  blackBox.aws.scheduler.add('connections', scheduled(['orders']));
  await send(blackBox, { Monitor: SETTINGS, Secret: SECRET });

  expect(testedIn(blackBox)).toEqual(['orders']);
});

test('a note whose run must have ended is deleted, and counts for nothing', async () => {
  add('unfinished-0-1', -120, NOTE);
  await send(blackBox, scheduled(['orders']));

  expect(testedIn(blackBox)).toEqual(['orders']);
  expect(blackBox.aws.scheduler.names).toEqual([]);
});

test.each([[null], ['text'], [{}], [{ Unfinished: 5 }], [{ Connections: [{}] }]])(
  'a note that somebody else has made, %j, keeps no connection from its test',
  async (input) => {
    add('unfinished-0-1', 300, input);
    const { error } = await send(blackBox, scheduled(['orders']));

    expect(error).toBeUndefined();
    expect(testedIn(blackBox)).toEqual(['orders']);
  },
);

test('a note that has been deleted in the meantime counts for nothing', async () => {
  add('unfinished-0-1', 300, NOTE);
  blackBox.aws.scheduler.disturb = ({ operation }) =>
    operation === 'GetSchedule' ? schedulerError('ResourceNotFoundException', 404, 'gone') : undefined;
  await send(blackBox, scheduled(['orders']));

  expect(testedIn(blackBox)).toEqual(['orders']);
});

test('a further invocation notes what it tests, and deletes the note', async () => {
  const notes: unknown[] = [];
  blackBox.aws.scheduler.disturb = ({ operation, fields }) => {
    if (operation === 'CreateSchedule') {
      notes.push(fields);
    }
    return undefined;
  };
  await send(blackBox, scheduled(['orders', 'sales'], {}, { BeganAt: new Date(Date.now() - 60_000).toISOString() }));

  expect(notes).toEqual([
    expect.objectContaining({
      State: 'DISABLED',
      Target: expect.objectContaining({
        Input: JSON.stringify({ Unfinished: ['orders', 'sales'].map((name) => JSON.stringify(['', name])) }),
      }) as object,
    }),
  ]);
  expect(blackBox.aws.scheduler.names).toEqual([]);
});

test('where notes can’t be kept, it is told, and changes no verdict', async () => {
  blackBox.aws.scheduler.disturb = ({ operation }) =>
    operation === 'CreateSchedule' ? schedulerError('AccessDeniedException', 403, 'no') : undefined;
  const BeganAt = new Date(Date.now() - 60_000).toISOString();
  const { error, entries } = await send(blackBox, scheduled(['orders'], {}, { BeganAt }));

  expect(error).toBeUndefined();
  expect(testedIn(blackBox)).toEqual(['orders']);
  expect(entries).toContainEqual(expect.objectContaining({ level: 'ERROR', event: 'note not kept' }));
});
