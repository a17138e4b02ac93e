import fc from 'fast-check';
import { situation, type Situation } from './arbitraries';
import { exception, output, pass, raw, type Reply } from './aws-stub';
import { BlackBox, type OwnMembers } from './black-box';
import { InProcess, networkOf, THROWN, type Network } from './in-process';
import { Pool } from './pool';
import { expectOneValidAnswer } from './rules';

/** The same events in each run; another seed finds others. */
const SEED = Number(process.env.SEED ?? 1);

jest.setTimeout(120_000);

describe('the sources', () => {
  let inProcess: InProcess;
  beforeAll(() => {
    inProcess = new InProcess();
  });
  afterAll(() => {
    jest.restoreAllMocks();
  });

  test('give each of 10,000 arbitrary events one valid answer without a secret', async () => {
    const answers: Buffer[] = [];
    await fc.assert(
      fc.asyncProperty(situation, fc.constantFrom(...THROWN), async (theCase, thrown) => {
        const seen = await inProcess.invoke(theCase.event, networkOf(theCase, thrown));
        expectOneValidAnswer(theCase, seen);
        answers.push(...seen.bodies);
      }),
      { seed: SEED, numRuns: 10_000 },
    );
    const passed = answers.filter((body) => body.includes('"Status":"SUCCESS"')).length;
    const largest = Math.max(...answers.map(({ length }) => length));
    process.stdout.write(
      `arbitrary events: 10000, answered SUCCESS ${passed}, answered FAILED ${answers.length - passed}, ` +
        `not answerable ${10_000 - answers.length}; largest answer ${largest} bytes\n`,
    );
  });

  test('answer an event however deep its properties are', async () => {
    const levels = 100_000;
    const deep: unknown = JSON.parse('['.repeat(levels) + ']'.repeat(levels));
    const { error, bodies } = await inProcess.invoke({ ...CREATE, ResourceProperties: { password: deep } }, DEAD);

    expect(error).toBeUndefined();
    expect(String(bodies)).toContain('invalid properties');
  });

  test.each([
    '%3A%2F%2F',
    '://a:',
    ':thin:a/',
    'password="',
    "pwd=\\'",
    'secret   ',
    '{"token":',
    '\\',
    ' ',
    '\n',
    'secret no ',
    'database ',
    'connection to ',
  ])('need no second for 256 KB of %j', async (part) => {
    const message = part.repeat((256 * 1024) / part.length);
    const [anyCase] = fc.sample(situation, { seed: SEED, numRuns: 1 });
    const network = networkOf({ ...anyCase!, message, failures: 1 }, THROWN[0]!);
    const startedAt = performance.now();
    const { bodies } = await inProcess.invoke(CREATE, network);

    expect(performance.now() - startedAt).toBeLessThan(1_000);
    expect(String(bodies)).toContain('failed its test: INVALID_INPUT');
  });

  test.each(['FAIL', 'REPORT'])(
    'answer within 4096 bytes, however long all names and ids are, with %s',
    async (OnFailure) => {
      const [anyCase] = fc.sample(situation, { seed: SEED, numRuns: 1 });
      const id = '\u0001'.repeat(5_000);
      const event = {
        ...CREATE,
        ...Object.fromEntries(
          ['StackId', 'RequestId', 'LogicalResourceId', 'PhysicalResourceId'].map((key) => [key, id]),
        ),
        ResourceProperties: { ConnectionName: '\ud800'.repeat(255), OnFailure },
      };
      const theCase = { ...anyCase!, event, isAnswerable: true, message: id, failures: Infinity };

      expectOneValidAnswer(theCase, await inProcess.invoke(event, networkOf(theCase, THROWN[0]!)));
    },
  );

  test('answer in time although a call never ends', async () => {
    const { error, bodies } = await inProcess.invoke(CREATE, DEAD, 1_000);

    expect(error).toBeUndefined();
    expect(String(bodies)).toContain('failed its test: TIMEOUT');
  }, 5_000);
});

const CREATE = {
  RequestType: 'Create',
  ResponseURL: 'https://cloudformation.example.com/x',
  ResourceProperties: { ConnectionName: 'orders' },
};

/** Calls that are not even ended by their signal. */
const DEAD: Network = { glue: () => new Promise(() => undefined), cloudFormation: () => new Promise(() => undefined) };

test('the bundle gives each of 500 arbitrary events one valid answer, in time and without a secret', async () => {
  const blackBox = await BlackBox.start({ random: 0.1 });
  const pool = new Pool(64);
  const cases = fc.sample(fc.tuple(situation, fc.constantFrom(...REPLIES)), { seed: SEED, numRuns: 500 });
  const checks = cases.map(([theCase, reply], index) => pool.run(() => runInBundle(blackBox, theCase, reply, index)));

  const violations = (await Promise.allSettled(checks)).filter(({ status }) => status === 'rejected');
  await blackBox.stop();
  expect(violations).toEqual([]);
});

/** What a message of Glue can come in. */
const REPLIES: readonly ((message: string) => Reply)[] = [
  (message) => exception('InvalidInputException', message),
  (message) => exception('EntityNotFoundException', message),
  (message) => exception('NeverHeardOfException', message),
  (message) => exception('ThrottlingException', message),
  (message) => exception('InternalServiceException', message, 500),
  (message) => raw(503, message),
  (message) => raw(200, `{"message": ${message}`),
];

async function runInBundle(
  blackBox: BlackBox,
  theCase: Situation,
  reply: (message: string) => Reply,
  index: number,
): Promise<void> {
  const { message, failures, connection, isAnswerable } = theCase;
  const name = takeName(theCase.event, index);
  let { event } = theCase;
  const rewrite = ({ RequestId, ResponseURL }: OwnMembers) => {
    // The address is the stub's own, and Glue repeats it.
    const words = isAnswerable ? message.replaceAll((event as OwnMembers).ResponseURL, ResponseURL) : message;
    const failed = Array<Reply>(failures === Infinity ? 1 : failures).fill(reply(words));
    blackBox.aws.script('TestConnection', name, ...failed, ...(failures === Infinity ? [] : [pass]));
    blackBox.aws.script('GetConnection', name, output({ Connection: { ...connection, StatusReason: words } }));
    event = isAnswerable ? { ...(event as object), RequestId, ResponseURL } : event;
    return event;
  };
  const { error, puts, marginMs, entries } = await blackBox.invoke({ rewrite, remainingMs: 4_000 });

  const marks = [...theCase.marks.slice(0, -1), 'SIGNATURE-OF'];
  const bodies = puts.map(({ body }) => body);
  const log = entries.map((entry) => `${JSON.stringify(entry)}\n`).join('');
  // The last mark is that of a response URL that is not this event's.
  expectOneValidAnswer({ ...theCase, event, marks: [...marks.slice(0, -1), 'SIGNATURE-OF'] }, { error, bodies, log });
  expect(isAnswerable ? marginMs : 1).toBeGreaterThan(0);
}

/** The name of the connection, made one that no other event has. */
function takeName(event: unknown, index: number): string {
  const properties = (event as { ResourceProperties?: { ConnectionName?: unknown } } | null)?.ResourceProperties;
  if (typeof properties?.ConnectionName !== 'string' || properties.ConnectionName === '') {
    return '';
  }
  return (properties.ConnectionName = `${index} ${properties.ConnectionName}`);
}
