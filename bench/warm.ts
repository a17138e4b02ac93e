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
      const run = (handler: Handler, warmUp: number, count: number, flags: readonly string[] = []) =>
        figuresOf<Figures>('handlers/many.js', [handler.file, handler.name, String(warmUp), String(count)], {
          ...{ node: FUNCTION_NODE, flags, env: services.environment },
          input: JSON.stringify(createEvent(services, handler, 'EVENT_ID')),
        });
      const [warmUp, count, few] = [100, 100, 20];
      const samples = await interleave(RUNS, VARIANTS, async (variant) => {
        say(variant);
        const { milliseconds, cpuMs } = await run(handlers[variant], warmUp, count);
        // With so much room for what is new that nothing is collected meanwhile.
        const flags = ['--expose-gc', '--min-semi-space-size=256', '--max-semi-space-size=256'];
        const { allocated, collected } = await run(handlers[variant], warmUp, few, flags);
        return {
          perSecond: (1000 * count) / milliseconds,
          perEvent: milliseconds / count,
          cpu: cpuMs / count,
          allocated: collected === 0 ? allocated / few / 1024 : NaN,
        };
      });
      const values = (variant: (typeof VARIANTS)[number], of: keyof (typeof samples)['this'][number]) =>
        samples[variant].map((sample) => sample[of]);
      const against = (what: string, unit: string, of: keyof (typeof samples)['this'][number]) =>
        (['AwsCustomResource', 'floor'] as const).map((other) =>
          compared(what, unit, values('this', of), [other, values(other, of)], { note: NOTE }),
        );
      say('10,000 events');
      const long = await run(handlers.this, 1_000, 10_000, ['--expose-gc']);
      return [
        ...against('events per second', '', 'perSecond'),
        ...against('time per event', 'ms', 'perEvent'),
        ...against('CPU time per event', 'ms', 'cpu'),
        ...against('allocation per event', 'KB', 'allocated'),
        single('growth per event, over 10,000', 'bytes', [long.retained / 10_000]),
      ];
    } finally {
      await services.stop();
    }
  },
};

const NOTE =
  'each event makes its clients and connections anew, since Lambda freezes the process between events and what is ' +
  'kept open is often dead when it thaws; AwsCustomResource keeps the connection of its answers, the floor its client ' +
  'and both connections';
