import * as scheduler from '@aws-sdk/client-scheduler';
import * as fc from 'fast-check';
import { handler } from '../../../lambda/index';
import type { ScheduledEvent } from '../../../lambda/monitor/contract';
import { SETTINGS } from './monitored';
import { contextUntil, installGlue } from './timed-glue';
import { VirtualTime } from './virtual-time';

jest.setTimeout(120_000);

interface World {
  /** How long Glue takes for each connection. */
  readonly seconds: readonly number[];
  readonly intervalMinutes: number;
  readonly maxConcurrency: number;
  /** By how much each run begins late. */
  readonly lateness: readonly number[];
  readonly timeoutSeconds: number;
}

const WORLDS: fc.Arbitrary<World> = fc.record({
  seconds: fc.array(fc.oneof(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 800 })), {
    minLength: 1,
    maxLength: 12,
  }),
  intervalMinutes: fc.integer({ min: 1, max: 20 }),
  maxConcurrency: fc.integer({ min: 1, max: 4 }),
  lateness: fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 6, maxLength: 6 }),
  timeoutSeconds: fc.constantFrom(60, 300, 840),
});

const FUNCTION_MS = 900_000;

interface Seen {
  /** When each connection's tests began. */
  readonly beganAt: number[][];
  /** The connections that were tested twice at the same time. */
  readonly twice: string[];
  readonly left: readonly string[];
}

/** Runs that the schedule begins whether or not the one before has ended, and the rests of them. */
async function runAll({ seconds, intervalMinutes, maxConcurrency, lateness, timeoutSeconds }: World): Promise<Seen> {
  const time = new VirtualTime();
  time.install();
  const schedules = new Map<string, scheduler.CreateScheduleCommandInput>();
  const invocations: Promise<unknown>[] = [];
  const running = new Set<string>();
  const beganAt = seconds.map((): number[] => []);
  const twice: string[] = [];

  const invoke = (event: unknown) => {
    const endsAt = time.now + FUNCTION_MS;
    const context = contextUntil(time, endsAt, `invocation-${invocations.length}`);
    invocations.push(handler(event, context));
  };
  installGlue(time, {
    secondsOf: (name) => seconds[Number(name)]!,
    began: (name) => {
      beganAt[Number(name)]!.push(time.now);
      if (running.has(name)) {
        twice.push(name);
      }
      running.add(name);
    },
    ended: (name) => running.delete(name),
  });
  jest.spyOn(scheduler.SchedulerClient.prototype, 'send').mockImplementation((async (command: object) => {
    await time.after(50);
    const { input } = command as { input: { Name?: string } };
    const name = input.Name ?? '';
    if (command instanceof scheduler.CreateScheduleCommand) {
      schedules.set(name, command.input);
      const { State, ScheduleExpression = '', Target } = command.input;
      if (State === 'ENABLED') {
        void time.after(Date.parse(`${ScheduleExpression.slice(3, -1)}Z`) - time.now).then(() => {
          invoke(JSON.parse(Target?.Input ?? ''));
          // It is deleted after the invocation.
          return time.after(1_000).then(() => schedules.delete(name));
        });
      }
    } else if (command instanceof scheduler.DeleteScheduleCommand) {
      schedules.delete(name);
    } else if (command instanceof scheduler.ListSchedulesCommand) {
      const { NamePrefix = '' } = command.input;
      return { Schedules: [...schedules.keys()].filter((one) => one.startsWith(NamePrefix)).map((Name) => ({ Name })) };
    } else if (command instanceof scheduler.GetScheduleCommand) {
      return schedules.get(name);
    }
    return {};
  }) as never);

  const event: ScheduledEvent = {
    Monitor: { ...SETTINGS, IntervalMinutes: intervalMinutes, MaxConcurrency: maxConcurrency },
    Connections: seconds.map((_, index) => ({
      Properties: { ConnectionName: String(index), TimeoutSeconds: timeoutSeconds },
    })),
  };
  const all = async () => {
    const startedAt = time.now;
    for (const [index, late] of lateness.entries()) {
      await time.after(startedAt + index * intervalMinutes * 60_000 + late * 1_000 - time.now);
      invoke(event);
    }
    const enabled = () => [...schedules.values()].some(({ State }) => State === 'ENABLED');
    for (let ended = 0; ended < invocations.length || enabled(); ended++) {
      await (invocations[ended] ?? time.after(60_000).then(() => ended--));
    }
  };
  await time.until(all());
  return { beganAt, twice, left: [...schedules.keys()] };
}

let stdout: jest.SpyInstance;
beforeEach(() => {
  stdout = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
});
afterEach(() => stdout.mockRestore());

test('however long runs take, no connection is tested twice at the same time, each is tested, and no note is left', async () => {
  await fc.assert(
    fc.asyncProperty(WORLDS, async (world) => {
      const { beganAt, twice, left } = await runAll(world);

      expect(twice).toEqual([]);
      expect(beganAt.filter(({ length }) => length === 0)).toEqual([]);
      expect(left).toEqual([]);
    }),
    { numRuns: 100 },
  );
});

test('a connection that takes long keeps no other from its test at least every other run', async () => {
  const { beganAt } = await runAll({
    seconds: [5, 700, 5],
    intervalMinutes: 1,
    maxConcurrency: 3,
    timeoutSeconds: 800,
    lateness: Array.from({ length: 10 }, () => 0),
  });

  expect(beganAt[1]).toHaveLength(1);
  for (const times of [beganAt[0]!, beganAt[2]!]) {
    const gaps = times.slice(1).map((at, index) => at - times[index]!);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(125_000);
  }
});
