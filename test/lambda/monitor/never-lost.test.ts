import * as scheduler from '@aws-sdk/client-scheduler';
import * as fc from 'fast-check';
import { handler } from '../../../lambda/index';
import type { ScheduledEvent } from '../../../lambda/monitor/contract';
import { SETTINGS } from './monitored';
import { contextUntil, installGlue } from './timed-glue';
import { VirtualTime } from './virtual-time';

jest.setTimeout(120_000);

interface Connection {
  /** How long Glue takes for it. */
  readonly seconds: number;
  readonly timeoutSeconds: number;
}

interface World {
  readonly connections: readonly Connection[];
  readonly maxConcurrency: number;
  /** What Lambda gives an invocation. */
  readonly functionSeconds: number;
  /** How many calls of EventBridge Scheduler are throttled, of each invocation. */
  readonly throttled: number;
}

const WORLDS: fc.Arbitrary<World> = fc.record({
  connections: fc.array(
    fc.record({
      seconds: fc.oneof(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 900 })),
      timeoutSeconds: fc.constantFrom(1, 60, 300, 840),
    }),
    { minLength: 1, maxLength: 40 },
  ),
  maxConcurrency: fc.integer({ min: 1, max: 12 }),
  functionSeconds: fc.constantFrom(30, 300, 900),
  throttled: fc.integer({ min: 0, max: 3 }),
});

interface Seen {
  readonly tested: string[];
  mostAtOnce: number;
  /** Whether an invocation took longer than it had. */
  isLate: boolean;
}

/** A run, and all that it leaves to further invocations, each when its schedule says. */
async function runAll(world: World): Promise<Seen> {
  const time = new VirtualTime();
  time.install();
  const seen: Seen = { tested: [], mostAtOnce: 0, isLate: false };
  const schedules = new Map<string, scheduler.CreateScheduleCommandInput>();
  let atOnce = 0;
  let toThrottle = 0;

  installGlue(time, {
    secondsOf: (name) => world.connections[Number(name)]!.seconds,
    began: (name) => {
      seen.tested.push(name);
      seen.mostAtOnce = Math.max(seen.mostAtOnce, ++atOnce);
    },
    ended: () => atOnce--,
  });
  jest.spyOn(scheduler.SchedulerClient.prototype, 'send').mockImplementation((async (command: object) => {
    await time.after(50);
    if (toThrottle-- > 0) {
      throw Object.assign(new Error('slow down'), { name: 'ThrottlingException' });
    }
    if (command instanceof scheduler.CreateScheduleCommand) {
      schedules.set(command.input.Name ?? '', command.input);
    }
    return {};
  }) as never);

  const invoke = async (event: unknown, id: string) => {
    const endsAt = time.now + world.functionSeconds * 1_000;
    toThrottle = world.throttled;
    await time.until(handler(event, contextUntil(time, endsAt, id)));
    seen.isLate ||= time.now > endsAt;
  };

  await invoke(eventOf(world), 'run');
  for (let invocation = 1; schedules.size > 0; invocation++) {
    const [[name, { ScheduleExpression = '', Target }] = ['', {}]] = schedules;
    schedules.delete(name);
    time.now = Math.max(time.now, Date.parse(`${ScheduleExpression.slice(3, -1)}Z`));
    await invoke(JSON.parse(Target?.Input ?? ''), `invocation-${invocation}`);
  }
  return seen;
}

function eventOf({ connections, maxConcurrency }: World): ScheduledEvent {
  return {
    Monitor: { ...SETTINGS, MaxConcurrency: maxConcurrency },
    Connections: connections.map(({ timeoutSeconds }, index) => ({
      Properties: { ConnectionName: String(index), TimeoutSeconds: timeoutSeconds },
    })),
  };
}

test('however long tests take, each connection is tested once, in its order, and every invocation ends in time', async () => {
  const stdout = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  const names = ({ connections }: World) => connections.map((_, index) => String(index));
  await fc
    .assert(
      fc.asyncProperty(WORLDS, async (world) => {
        const { tested, mostAtOnce, isLate } = await runAll(world);

        expect(tested).toEqual(names(world));
        expect(mostAtOnce).toBeLessThanOrEqual(world.maxConcurrency);
        expect(isLate).toBe(false);
      }),
      { numRuns: 100 },
    )
    .finally(() => stdout.mockRestore());
});
