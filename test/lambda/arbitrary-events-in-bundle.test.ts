import fc from 'fast-check';
import { situation, type Situation } from './arbitraries';
import { exception, output, pass, raw, type Reply } from './aws-stub';
import { BlackBox, type OwnMembers } from './black-box';
import { Pool } from './pool';
import { expectOneValidAnswer } from './rules';

/** The same events in each run; another seed finds others. */
const SEED = Number(process.env.SEED ?? 1);

jest.setTimeout(120_000);

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
