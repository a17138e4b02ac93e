import { compared, single, type Benchmark } from './benchmark';
import { createEvent, installHandlers, type Handler, type HandlerName } from './handlers';
import { figuresOf, FUNCTION_NODE } from './process';
import { Services } from './services';
import { interleave } from './statistics';

const RUNS = 7;
const VARIANTS = ['this', 'floor', 'AwsCustomResource'] as const satisfies HandlerName[];

interface Figures {
  readonly milliseconds: number;
  readonly cpuMs: number;
  /** Bytes, of which nothing was collected if `collected` is 0. */
  readonly allocated: number;
  /** Bytes that are there after a collection and were not before the events. */
  readonly retained: number;
  readonly collected: number;
}

export const warm: Benchmark = {
  title: 'Warm path: one event after the other in one process',
  async measure(say) {
    const services = await Services.start();
    try {
      const handlers = await installHandlers(services.folder);
      const run = (handler: Handler, { warmUp, count, atOnce }: Load, flags: readonly string[]) => {
        const args = [handler.file, handler.name, ...[warmUp, count, atOnce].map(String)];
        const input = JSON.stringify(createEvent(services, handler, 'EVENT_ID'));
        return figuresOf<Figures>('handlers/many.js', args, {
          ...{ node: FUNCTION_NODE, flags: ['--expose-gc', ...flags], env: services.environment, input },
        });
      };
      const samples = await interleave(RUNS, VARIANTS, async (variant) => {
        say(variant);
        const load = { warmUp: 100, count: 100, atOnce: 1 };
        const { milliseconds, cpuMs, allocated, collected } = await run(handlers[variant], load, ROOM);
        return {
          perSecond: (1000 * load.count) / milliseconds,
          perEvent: milliseconds / load.count,
          cpu: cpuMs / load.count,
          allocated: collected === 0 ? allocated / load.count / 1000 : NaN,
        };
      });
      const values = (variant: (typeof VARIANTS)[number], of: keyof (typeof samples)['this'][number]) =>
        samples[variant].map((sample) => sample[of]);
      const against = (what: string, unit: string, of: keyof (typeof samples)['this'][number]) =>
        (['AwsCustomResource', 'floor'] as const).map((other) =>
          compared(what, unit, values('this', of), [other, values(other, of)], { note: NOTE }),
        );
      say('10,000 events');
      const half = 5_000;
      const long = await run(handlers.this, { warmUp: half, count: half, atOnce: 4 }, []);
      return [
        ...against('events per second', '', 'perSecond'),
        ...against('time per event', 'ms', 'perEvent'),
        ...against('CPU time per event', 'ms', 'cpu'),
        ...against('allocation per event', 'KB', 'allocated'),
        single('what is left of each of the events 5,001 to 10,000', 'bytes', [long.retained / half], {
          target: { of: 'value', atMost: 100 },
          note: 'four at once, from one full collection of garbage to the next; the first 2,000 leave a megabyte, mostly compiled code',
        }),
      ];
    } finally {
      await services.stop();
    }
  },
};

/** So much for what is new that nothing is collected meanwhile: else what was allocated can't be told. */
const ROOM = ['--min-semi-space-size=256', '--max-semi-space-size=256'];

/** What a process is given to do. */
interface Load {
  readonly warmUp: number;
  readonly count: number;
  readonly atOnce: number;
}

const NOTE =
  'each event makes its clients and connections anew, since Lambda freezes the process between events and what is ' +
  'kept open is often dead when it thaws; AwsCustomResource keeps the connection of its answers, the floor its client ' +
  'and both connections';
