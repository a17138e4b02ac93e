import { inspect, isDeepStrictEqual } from 'node:util';
import { BlackBox, type Result } from './black-box';
import { pass } from './aws-stub';
import { FAULTS, KNOWN_SECRET, SECRET_ENDS, type Fault } from './faults';
import { Pool } from './pool';
import type { Fate } from './response-stub';

/** What Lambda leaves the function in each case; the test of a connection gets half of it. */
const REMAINING_MS = 6_000;

/** The function's chance, so that its waits are 0.1, 0.2, 0.4 … seconds: three attempts always fit. */
const RANDOM = 0.1;

const KINDS = [
  { kind: 'Create', requestType: 'Create', onFailure: 'FAIL' },
  { kind: 'Create that reports', requestType: 'Create', onFailure: 'REPORT' },
  { kind: 'Update', requestType: 'Update', onFailure: 'FAIL' },
  { kind: 'Delete', requestType: 'Delete', onFailure: 'FAIL' },
] as const;

const EXTENTS = [
  { extent: 'first attempt', failures: 1 },
  { extent: 'first two attempts', failures: 2 },
  { extent: 'every attempt', failures: Infinity },
] as const;

const RECEPTIONS: readonly { readonly reception: string; readonly fates: readonly Fate[] }[] = [
  { reception: 'accepted', fates: [200] },
  { reception: '503 twice', fates: [503, 503, 200] },
  { reception: 'reset once', fates: ['reset', 200] },
  { reception: '403', fates: [403] },
];

type Case = (typeof KINDS)[number] & (typeof EXTENTS)[number] & (typeof RECEPTIONS)[number] & { readonly fault: Fault };

const CASES: readonly Case[] = FAULTS.flatMap((fault) =>
  KINDS.flatMap((kind) =>
    EXTENTS.flatMap((extent) => RECEPTIONS.map((reception) => ({ fault, ...kind, ...extent, ...reception }))),
  ),
);

interface Outcome {
  readonly result: Result;
  /** How often Glue was asked. */
  readonly calls: number;
}

/** All that matters of a case. */
interface Observation {
  readonly thrown: string | undefined;
  readonly puts: readonly Fate[];
  readonly inTime: boolean;
  readonly status: unknown;
  readonly category: unknown;
  /** Whether the answer of a failure says what happened. */
  readonly says: boolean;
  readonly calls: number;
  /** Whether the answer counts them right, and all had ended before the verdict. */
  readonly counts: boolean;
  readonly fits: boolean;
  readonly secrets: readonly string[];
  /** How the answer was logged. */
  readonly logged: readonly string[];
}

let blackBox: BlackBox;
let outcomes: ReadonlyMap<Case, Promise<Outcome>>;
jest.setTimeout(180_000);
beforeAll(async () => {
  blackBox = await BlackBox.start({ random: RANDOM });
  // More at once would wait for each other's computing, and not for their peers.
  const pool = new Pool(32);
  outcomes = new Map(CASES.map((theCase) => [theCase, pool.run(() => run(theCase))]));
});
afterAll(async () => {
  await blackBox.stop();
});

const nameOf = (theCase: Case) => `connection-${CASES.indexOf(theCase)}`;

async function run(theCase: Case): Promise<Outcome> {
  const { fault, requestType, onFailure, failures, fates } = theCase;
  const ConnectionName = nameOf(theCase);
  const replies = failures === Infinity ? [fault.reply] : [...Array<typeof pass>(failures).fill(fault.reply), pass];
  blackBox.aws.script('TestConnection', ConnectionName, ...replies);
  const properties = { ConnectionName, OnFailure: onFailure, Triggers: { password: KNOWN_SECRET } };
  const result = await blackBox.invoke({ requestType, properties, fates, remainingMs: REMAINING_MS });
  return { result, calls: blackBox.aws.calls('TestConnection', ConnectionName).length };
}

/** From so many calls of Glue on, it is all the same how many more there were. */
const MANY = 4;

/** What has to come of a case. */
function expected({ fault, requestType, onFailure, failures, fates }: Case): Observation {
  const isDelete = requestType === 'Delete';
  const most = { once: 1, 'three times': 3, 'while there is time': MANY }[fault.persistence];
  const passes = isDelete || failures < most;
  return {
    thrown: undefined,
    puts: fates,
    inTime: true,
    status: passes || onFailure === 'REPORT' ? 'SUCCESS' : 'FAILED',
    category: isDelete ? undefined : passes ? 'NONE' : fault.category,
    says: true,
    calls: isDelete ? 0 : Math.min(most, failures + 1),
    counts: true,
    fits: true,
    secrets: [],
    logged: [fates.at(-1) === 403 ? 'ERROR 403' : 'INFO 200'],
  };
}

/** What has come of it. */
function observed({ fault }: Case, { result, calls }: Outcome): Observation {
  const body = result.puts.at(-1)?.body ?? Buffer.from('{}');
  const answer = JSON.parse(body.toString()) as Result['answer'];
  const [firstLine = ''] = (answer.Reason ?? '').split('\n');
  const category = answer.Data?.Category ?? /failed its test: (\w+)\.$/.exec(firstLine)?.[1];
  const words = (answer.Data?.Message ?? answer.Reason) as string;
  const [, once, times = '0'] = /^Tried (?:(once)|(\d+) times) in /m.exec(answer.Reason ?? '') ?? [];
  const told = Number(answer.Data?.Attempts ?? (once === undefined ? times : 1));
  const events = result.entries.map(({ event }) => String(event));
  const verdict = events.findIndex((event) => event.startsWith('connection'));
  const ended = events.slice(0, verdict).filter((event) => event.startsWith('attempt'));
  const shown = `${body.toString()}${JSON.stringify(result.entries)}`;
  return {
    thrown: result.error,
    puts: result.puts.map(({ statusCode }) => statusCode),
    inTime: result.marginMs > 0,
    status: answer.Status,
    category,
    says: category !== fault.category || words.includes(fault.says),
    calls: Math.min(calls, MANY),
    // The deadline may end an attempt before its request has reached Glue.
    counts: ended.length === told && [calls, calls + 1].includes(told),
    fits: body.length <= 4096,
    secrets: [...SECRET_ENDS, 'SIGNATURE-OF'].filter((secret) => shown.includes(secret)),
    logged: result.entries
      .filter(({ event }) => event === 'answered')
      .map(({ level, statusCode }) => `${String(level)} ${String(statusCode)}`),
  };
}

test.each(FAULTS)('one right answer comes in time, whenever Glue gives $name', async (fault) => {
  const wrong: string[] = [];
  for (const theCase of CASES.filter((candidate) => candidate.fault === fault)) {
    const outcome = await outcomes.get(theCase)!;
    const [should, does] = [expected(theCase), observed(theCase, outcome)];
    for (const aspect of Object.keys(should) as (keyof Observation)[]) {
      if (!isDeepStrictEqual(does[aspect], should[aspect])) {
        const { kind, extent, reception } = theCase;
        wrong.push(
          `${kind}, ${extent}, ${reception}: ${aspect} ${inspect(does[aspect])}, not ${inspect(should[aspect])}`,
        );
      }
    }
  }
  expect(wrong).toEqual([]);
});

test('nothing goes on after the answer', async () => {
  for (const [theCase, outcome] of outcomes) {
    expect(blackBox.aws.calls('TestConnection', nameOf(theCase))).toHaveLength((await outcome).calls);
  }
});

test('no secret is left in the log of all events', () => {
  const secrets = [...SECRET_ENDS, 'SIGNATURE-OF', 'OF-THE-FUNCTION'];
  expect(secrets.filter((secret) => blackBox.log.includes(secret))).toEqual([]);
});

test('the figures of the matrix', async () => {
  const results = (await Promise.all(outcomes.values())).map(({ result }) => result);
  const puts = results.flatMap((result) => result.puts);
  const accepted = puts.filter(({ statusCode }) => statusCode === 200);
  const refused = puts.filter(({ statusCode }) => statusCode === 403);
  const slowest = Math.min(...results.map(({ marginMs }) => marginMs));
  const largest = Math.max(...puts.map(({ body }) => body.length));
  process.stdout.write(
    `fault matrix: ${CASES.length} cases, ${accepted.length} answers accepted, ${refused.length} refused once with 403; ` +
      `slowest margin to the deadline ${slowest} ms of ${REMAINING_MS}, largest answer ${largest} bytes\n`,
  );
  expect(accepted.length + refused.length).toBe(CASES.length);
});
