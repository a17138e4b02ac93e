import type { Synthesis } from './apps/synthesize';
import type { Tester } from './apps/connections';
import { compared, single, type Benchmark, type Row } from './benchmark';
import { inFolder } from './folder';
import { figuresOf } from './process';
import { installSynthesis, NODE_PATH } from './programs';
import { interleave, ratios, summarize } from './statistics';

const RUNS = 7;
const SIZES = [1, 10, 100, 240] as const;
/** What the others are measured at: what a further test costs lies between these two. */
const FEW = [10, 240] as const;
const TESTERS = ['this', 'AwsCustomResource', 'floor', 'nothing'] as const satisfies Tester[];
const MAX_RESOURCES = 500;
/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const MAX_INLINE_CHARACTERS = 10_240;

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
      target: { of: 'ratio', atMost: 0.5 },
      note: `the floor is at ${floor.median.toFixed(2)} of AwsCustomResource`,
    }),
    versus('CPU time per further test', 'ms', 'cpuMs', 'floor', { note: FLOOR }),
    versus('template per further test', 'bytes', 'bytes', 'AwsCustomResource', {
      target: { of: 'ratio', atMost: 0.65 },
    }),
    versus('template per further test', 'bytes', 'bytes', 'floor', { note: FLOOR }),
    ...SIZES.map((size) => {
      const cpu = (tester: Tester) => samples[tester].map((sample) => sample[size].cpuMs);
      const alternative = ['AwsCustomResource', cpu('AwsCustomResource')] as const;
      return compared(`CPU time at ${size}`, 'ms', cpu('this'), alternative, { note: WITH_CONNECTIONS });
    }),
    await growth(synthesize, say),
    ...(await counts(synthesize, say)),
  ];
}

const FLOOR =
  'a custom resource with its name and the same grants for one inline policy, whatever its length; nothing more';
const WITH_CONNECTIONS = 'with the connections and all that a stack needs once';

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
    note: 'with its connection, and without the limit of 500 resources; 1 is linear',
  });
}

async function counts(synthesize: Synthesize, say: (progress: string) => void): Promise<Row[]> {
  say('resources');
  const further = async (tester: Tester, named: boolean) => {
    const [ten, eleven] = [await synthesize(tester, 10, named), await synthesize(tester, 11, named)];
    return eleven.resources - ten.resources - 1;
  };
  const [ours, theirs] = [await fitting(synthesize, 'this', 240), await fitting(synthesize, 'AwsCustomResource', 160)];
  const { inlineCharacters } = await synthesize('AwsCustomResource', 100);
  const untilRoleIsFull = Math.floor(MAX_INLINE_CHARACTERS / (inlineCharacters / 100));
  const alternative = 'AwsCustomResource';
  return [
    compared(
      'resources per further test',
      '',
      [await further('this', true)],
      [alternative, [await further(alternative, true)]],
      {
        target: { of: 'value', atMost: 1 },
        note: 'and a managed policy more for each 40 or so, of which IAM takes 6,144 characters',
      },
    ),
    compared(
      'resources per further test, where its grant refers to the stack',
      '',
      [await further('this', false)],
      [alternative, [await further(alternative, false)]],
      { target: { of: 'value', atMost: 2 } },
    ),
    compared('tests in one stack, with their connections', '', [ours], [alternative, [theirs]], {
      target: { of: 'value', atLeast: 245 },
      note:
        `by the number of resources, of which a stack may have ${MAX_RESOURCES}; what AwsCustomResource grants is full ` +
        `at ${untilRoleIsFull} tests, since all inline policies of its role may have 10,240 characters`,
    }),
  ];
}

/** How many tests a stack takes. */
async function fitting(synthesize: Synthesize, tester: Tester, from: number): Promise<number> {
  let count = from;
  while ((await synthesize(tester, count + 1)).resources <= MAX_RESOURCES) {
    count++;
  }
  return count;
}

type Synthesize = (tester: Tester, count: number, named?: boolean) => Promise<Synthesis>;

/** Each synthesis has a process of its own, as `cdk synth` has: where the code is warm it is several times faster. */
function inProcess(program: string): Synthesize {
  // Validation takes ten seconds and is not ours.
  const env = { ...process.env, NODE_PATH, CDK_VALIDATION: 'false' };
  return (tester, count, named = true) =>
    figuresOf<Synthesis>(program, [tester, named ? 'named' : 'unnamed', String(count)], { env });
}
