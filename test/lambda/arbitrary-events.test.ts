import fc from 'fast-check';
import { situation } from './arbitraries';
import { InProcess, networkOf, THROWN, type Network } from './in-process';
import { expectOneValidAnswer } from './rules';

/** The same events in each run; another seed finds others. */
const SEED = Number(process.env.SEED ?? 1);
/** For the mutants, of which each needs them anew, fewer do. */
const EVENTS = Number(process.env.ARBITRARY_EVENTS ?? 10_000);

jest.setTimeout(120_000);

describe('the sources', () => {
  let inProcess: InProcess;
  beforeAll(() => {
    inProcess = new InProcess();
  });
  afterAll(() => {
    jest.restoreAllMocks();
  });

  test(`give each of ${EVENTS} arbitrary events one valid answer without a secret`, async () => {
    const answers: Buffer[] = [];
    await fc.assert(
      fc.asyncProperty(situation, fc.constantFrom(...THROWN), async (theCase, thrown) => {
        const seen = await inProcess.invoke(theCase.event, networkOf(theCase, thrown));
        expectOneValidAnswer(theCase, seen);
        answers.push(...seen.bodies);
      }),
      { seed: SEED, numRuns: EVENTS },
    );
    const passed = answers.filter((body) => body.includes('"Status":"SUCCESS"')).length;
    const largest = Math.max(...answers.map(({ length }) => length));
    process.stdout.write(
      `arbitrary events: ${EVENTS}, answered SUCCESS ${passed}, answered FAILED ${answers.length - passed}, ` +
        `not answerable ${EVENTS - answers.length}; largest answer ${largest} bytes\n`,
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
    inProcess.keepDeadlines();
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
