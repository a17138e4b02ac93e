import type { Synthesis } from './apps/synthesize';
import type { Tester } from './apps/connections';
import { compared, single, type Benchmark, type Row } from './benchmark';
import { inFolder } from './folder';
import { installSynthesis } from './programs';
import { interleave, ratios, summarize } from './statistics';
import { counts } from './synthesis-counts';
import { inProcess, type Synthesize } from './synthesis-process';

const RUNS = 7;
const SIZES = [1, 10, 100, 240] as const;
/** What the others are measured at: what a further test costs lies between these two. */
const FEW = [10, 240] as const;
const TESTERS = ['this', 'AwsCustomResource', 'floor', 'nothing'] as const satisfies Tester[];
/** Validation takes seconds. */
const VALIDATED = { size: 100, runs: 3 } as const;
const OTHERS = 3_000;

type Size = (typeof SIZES)[number];
type BySize = Readonly<Record<Size, Synthesis>>;

export const synthesis: Benchmark = {
  title: 'Synthesis: an app with so many connections, each with an imported secret and a test',
  measure: (say) => inFolder(async (folder) => rowsOf(inProcess(await installSynthesis(folder)), say)),
};

async function rowsOf(synthesize: Synthesize, say: (progress: string) => void): Promise<Row[]> {
  const measure = async (tester: Tester) => {
    say(tester);
    const syntheses: [number, Synthesis][] = [];
    for (const size of tester === 'this' || tester === 'AwsCustomResource' ? SIZES : FEW) {
      syntheses.push([size, await synthesize(tester, size)]);
    }
    return Object.fromEntries(syntheses) as unknown as BySize;
  };
  const samples = await interleave(RUNS, TESTERS, measure, 0);
  /** What a further test costs, without its connection. */
  const perTest = (tester: Tester, of: keyof Synthesis) => {
    const [from, to] = FEW;
    const slope = (one: BySize | undefined) => ((one?.[to][of] ?? NaN) - (one?.[from][of] ?? NaN)) / (to - from);
    return samples[tester].map((sample, run) => slope(sample) - slope(samples.nothing[run]));
  };
  const versus = (
    what: string,
    unit: string,
    of: keyof Synthesis,
    other: Tester,
    extras: Pick<Row, 'target' | 'note'>,
  ) => compared(what, unit, perTest('this', of), [other, perTest(other, of)], extras);
  const floor = summarize(ratios(perTest('floor', 'cpuMs'), perTest('AwsCustomResource', 'cpuMs')));
  return [
    versus('CPU time per further test', 'ms', 'cpuMs', 'AwsCustomResource', {
      target: { of: 'ratio', atMost: 0.65 },
      note: `the floor is at ${floor.median.toFixed(2)} of AwsCustomResource`,
    }),
    versus('CPU time per further test', 'ms', 'cpuMs', 'floor', {
      target: { of: 'ratio', atMost: 1.3 },
      note: FLOOR,
    }),
    versus('template per further test', 'bytes', 'bytes', 'AwsCustomResource', {
      target: { of: 'ratio', atMost: 0.65 },
    }),
    versus('template per further test', 'bytes', 'bytes', 'floor', { note: FLOOR }),
    ...SIZES.map((size) => {
      const cpu = (tester: Tester) => samples[tester].map((sample) => sample[size].cpuMs);
      const alternative = ['AwsCustomResource', cpu('AwsCustomResource')] as const;
      return compared(`CPU time at ${size}`, 'ms', cpu('this'), alternative, { note: WITH_CONNECTIONS });
    }),
    await validated(synthesize, say),
    await besideOthers(synthesize, say),
    await growth(synthesize, say),
    ...(await counts(synthesize, say)),
  ];
}

const FLOOR =
  'a custom resource with its name and the same grants for one inline policy, whatever its length; nothing more';
const WITH_CONNECTIONS = 'with the connections and all that a stack needs once';

/** With the CDK's own validation of the template, as users have it. */
async function validated(synthesize: Synthesize, say: (progress: string) => void): Promise<Row> {
  const { size, runs } = VALIDATED;
  const testers = ['this', 'AwsCustomResource'] as const;
  const samples = await interleave(
    runs,
    testers,
    (tester) => {
      say(`${tester}, validated`);
      return synthesize(tester, size, 'named', true);
    },
    0,
  );
  const cpu = (tester: (typeof testers)[number]) => samples[tester].map(({ cpuMs }) => cpuMs);
  return compared(
    `CPU time at ${size}, with CDK's validation`,
    'ms',
    cpu('this'),
    ['AwsCustomResource', cpu('AwsCustomResource')],
    { note: 'as users have it; the rows above leave validation out, which takes the same for the same template' },
  );
}

/** What one test that gates its dependents adds to a large app that has nothing to do with it. */
async function besideOthers(synthesize: Synthesize, say: (progress: string) => void): Promise<Row> {
  say('others');
  const samples = await interleave(RUNS, ['this', 'nothing'], (tester) => synthesize(tester, OTHERS, 'others'), 0);
  const added = samples.this.map(({ cpuMs }, run) => cpuMs - (samples.nothing[run]?.cpuMs ?? NaN));
  return single(`CPU time that gateDependents() adds to ${OTHERS} other resources`, 'ms', added, {
    target: { of: 'value', atMost: 150 },
    note: 'with the test itself and its provider; each of the others refers to another one',
  });
}

/** What a connection with its test costs in a large app, by what it costs in a small one. */
async function growth(synthesize: Synthesize, say: (progress: string) => void): Promise<Row> {
  say('growth');
  const [small, middle, large] = [100, 480, 960] as const;
  const [few, more, many] = [
    await synthesize('this', small),
    await synthesize('this', middle),
    await synthesize('this', large),
  ];
  const ratio = (many.cpuMs - more.cpuMs) / (large - middle) / ((more.cpuMs - few.cpuMs) / (middle - small));
  return single(`CPU time per test from ${middle} to ${large}, by that from ${small} to ${middle}`, 'times', [ratio], {
    target: { of: 'value', atMost: 1.1 },
    note: 'with its connection, a provider for each 240, and without the limit of 500 resources; 1 is linear',
  });
}
