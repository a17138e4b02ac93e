import { compared, type Benchmark, type Row } from './benchmark';
import { createEvent, installHandlers, type Handler, type HandlerName } from './handlers';
import { figuresOf, FUNCTION_NODE } from './process';
import { Services } from './services';
import { interleave, ratios, summarize } from './statistics';

const RUNS = 11;
const VARIANTS = ['this', 'floor', 'AwsCustomResource', 'provider framework'] as const satisfies HandlerName[];

interface Figures {
  readonly started: number;
  readonly began: number;
  readonly loaded: number;
  readonly ended: number;
  readonly peakBytes: number;
}

/** A cold start, in milliseconds. */
interface Sample {
  readonly load: number;
  readonly call: number;
  readonly answer: number;
  /** All three. */
  readonly loadToAnswer: number;
  /** With the start of Node.js. */
  readonly whole: number;
  readonly peakMb: number;
}

export const cold: Benchmark = {
  title: 'Cold path: a process starts, tests one connection, answers and ends',
  async measure(say) {
    const services = await Services.start();
    try {
      const handlers = await installHandlers(services.folder);
      let sequence = 0;
      const samples = await interleave(RUNS, VARIANTS, (variant) => {
        say(variant);
        return coldStart(services, handlers[variant], `event-${++sequence}`);
      });
      const values = (variant: HandlerName, of: keyof Sample) => samples[variant].map((sample) => sample[of]);
      const row = (what: string, of: keyof Sample, other: HandlerName, extras: Pick<Row, 'target' | 'note'> = {}) =>
        compared(what, of === 'peakMb' ? 'MB' : 'ms', values('this', of), [other, values(other, of)], extras);
      const floors = `the floor is at ${summarize(
        ratios(values('floor', 'loadToAnswer'), values('AwsCustomResource', 'loadToAnswer')),
      ).median.toFixed(2)} of AwsCustomResource`;
      const atLeast =
        "the framework's clients of Lambda and Step Functions are left out, so that it takes more than this";
      return [
        row('load to answer', 'loadToAnswer', 'AwsCustomResource', {
          note: floors,
        }),
        row('load to answer', 'loadToAnswer', 'floor', { target: { of: 'ratio', atMost: 1.15 } }),
        row('load to answer', 'loadToAnswer', 'provider framework', { note: atLeast }),
        row('— loading the modules', 'load', 'AwsCustomResource'),
        row('— loading the modules', 'load', 'floor'),
        row('— until Glue has the call', 'call', 'AwsCustomResource'),
        row('— until Glue has the call', 'call', 'floor'),
        row('— until the answer is accepted', 'answer', 'AwsCustomResource'),
        row('— until the answer is accepted', 'answer', 'floor'),
        row('with the start of Node.js', 'whole', 'AwsCustomResource'),
        row('with the start of Node.js', 'whole', 'floor'),
        row('peak memory', 'peakMb', 'AwsCustomResource', { target: { of: 'ratio', atMost: 0.75 } }),
        row('peak memory', 'peakMb', 'floor'),
        row('peak memory', 'peakMb', 'provider framework', { note: 'of both its functions together' }),
      ];
    } finally {
      await services.stop();
    }
  },
};

async function coldStart(services: Services, handler: Handler, id: string): Promise<Sample> {
  const event = createEvent(services, handler, id);
  const { started, began, loaded, ended, peakBytes } = await figuresOf<Figures>(
    'handlers/once.js',
    [handler.file, handler.name],
    { node: FUNCTION_NODE, input: JSON.stringify(event), env: { ...services.environment, ...handler.environment } },
  );
  const [call] = services.aws.calls('TestConnection', id);
  const [put] = services.responses.puts(id);
  if (call === undefined || (JSON.parse(put?.body.toString() ?? '{}') as { Status?: string }).Status !== 'SUCCESS') {
    throw new Error(`${handler.file} did not test the connection: ${put?.body.toString() ?? 'no answer'}`);
  }
  return {
    load: loaded - began,
    call: call.at - loaded,
    answer: ended - call.at,
    loadToAnswer: ended - began,
    whole: ended - started,
    peakMb: peakBytes / 2 ** 20,
  };
}
