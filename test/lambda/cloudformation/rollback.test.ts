import { exception, raw, stackStatus, type Reply } from '../aws-stub';
import { BlackBox, type Result } from '../black-box';

jest.setTimeout(40_000);

let blackBox: BlackBox;
beforeAll(async () => {
  blackBox = await BlackBox.start({ random: 0.5 });
});
afterAll(async () => {
  await blackBox.stop();
});

const BROKEN = exception('InvalidInputException', 'FATAL: password authentication failed');
const ROLLING_BACK = stackStatus('UPDATE_ROLLBACK_IN_PROGRESS');

function refused(statusCode: number, code: string): Reply {
  return raw(statusCode, `<ErrorResponse><Error><Code>${code}</Code><Message>no</Message></Error></ErrorResponse>`);
}
const THROTTLED = refused(400, 'Throttling');
const UNAVAILABLE = refused(503, 'ServiceUnavailable');
const DENIED = refused(403, 'AccessDenied');
/** Asked again at once, it would be the same. */
const NO_STACK = refused(400, 'ValidationError');
const silence: Reply = () => undefined;

/** A reply for so many milliseconds from the first call on, then another one. */
function during(milliseconds: number, first: Reply, then: Reply): Reply {
  let endsAt: number | undefined;
  return (...call) => {
    endsAt ??= Date.now() + milliseconds;
    (Date.now() < endsAt ? first : then)(...call);
  };
}

/** An Update of a broken connection. */
async function update(name: string, remainingMs?: number, properties: object = {}): Promise<Result> {
  blackBox.aws.script('TestConnection', name, BROKEN);
  return blackBox.invoke({
    requestType: 'Update',
    event: { StackId: name },
    properties: { ConnectionName: name, ...properties },
    remainingMs,
  });
}

const UNKNOWN = /\nCloudFormation did not tell whether the stack is rolling back \(\w+\)\.$/;
const SKIPPED = { Status: 'SUCCESS', Data: { Outcome: 'SKIPPED', Category: 'NONE' } };

describe('a rollback is seen', () => {
  test.each([
    ['throttled for 3 seconds', during(3_000, THROTTLED, ROLLING_BACK)],
    ['unavailable for 6 seconds', during(6_000, UNAVAILABLE, ROLLING_BACK)],
    ['silent for 6 seconds', during(5_900, silence, ROLLING_BACK)],
    ['broken for a second', during(1_000, raw(200, '<html>'), ROLLING_BACK)],
    ['denied for a second', during(1_000, DENIED, ROLLING_BACK)],
  ])('although DescribeStacks is %s, and nothing is tested', async (name, reply) => {
    blackBox.aws.script('DescribeStacks', name, reply);
    const { answer } = await update(name);

    expect(answer).toMatchObject(SKIPPED);
    expect(blackBox.aws.calls('TestConnection', name)).toEqual([]);
  });

  test.each([
    ['a broken connection', {}, 'connection failed'],
    ['properties that are wrong', { Colour: 'red' }, 'not tested'],
  ])('before FAILED is answered, if it could not be seen before, for %s', async (name, properties, event) => {
    blackBox.aws.script('DescribeStacks', name, NO_STACK, ROLLING_BACK);
    const { answer, entries } = await update(name, 6_000, properties);

    expect(answer).toMatchObject(SKIPPED);
    expect(answer.Data?.Message).toBe('the failure does not count, since the stack is rolling back');
    expect(entries.map((entry) => entry.event)).toContain(event);
  });
});

test('a rollback is seen by a last question, where the next wait would be longer than the time that is left', async () => {
  const patient = await BlackBox.start({ random: 0.999 });
  try {
    // Asked after 0, 0.5 and 1.5 seconds; after 3.5 seconds it would be too late, since a quarter of the time is over.
    patient.aws.script('DescribeStacks', 'last', THROTTLED, THROTTLED, THROTTLED, ROLLING_BACK);
    const { answer } = await patient.invoke({ requestType: 'Update', event: { StackId: 'last' }, remainingMs: 12_000 });

    expect(answer).toMatchObject(SKIPPED);
    expect(answer.Data?.Message).toBe('not tested, since the stack is rolling back');
  } finally {
    await patient.stop();
  }
});

describe('what is unknown', () => {
  test.each([
    ['denied', DENIED],
    ['throttled', THROTTLED],
    ['unavailable', UNAVAILABLE],
    ['broken', raw(200, '<html>')],
    ['silent', silence],
    ['about a stack that is not there', NO_STACK],
  ])('is said in the reason when DescribeStacks is %s all the time', async (name, reply) => {
    blackBox.aws.script('DescribeStacks', name, reply);
    const { answer, entries, marginMs } = await update(name, 6_000);

    expect(answer.Status).toBe('FAILED');
    expect(answer.Reason).toContain(`Glue connection '${name}' failed its test: CREDENTIALS.`);
    expect(answer.Reason).toMatch(UNKNOWN);
    expect(entries[0]).toMatchObject({ level: 'WARN', event: 'rollback unknown' });
    expect(marginMs).toBeGreaterThan(0);
  });

  test('is not said once it is known that the stack does not roll back', async () => {
    blackBox.aws.script('DescribeStacks', 'known', NO_STACK, stackStatus('UPDATE_IN_PROGRESS'));
    const { answer } = await update('known');

    expect(answer.Status).toBe('FAILED');
    expect(answer.Reason).not.toMatch(UNKNOWN);
  });

  test('costs a connection that works nothing but time', async () => {
    blackBox.aws.script('DescribeStacks', 'works', UNAVAILABLE);
    const event = { StackId: 'works' };
    const { answer } = await blackBox.invoke({ requestType: 'Update', event, remainingMs: 4_000 });

    expect(answer).toMatchObject({ Status: 'SUCCESS', Data: { Outcome: 'PASSED' } });
  });

  test('is asked again only where that may help', async () => {
    blackBox.aws.script('DescribeStacks', 'missing', NO_STACK);
    blackBox.aws.script('DescribeStacks', 'forbidden', DENIED);
    await Promise.all([update('missing'), update('forbidden')]);

    // Before the test, and before the failure is answered.
    expect(blackBox.aws.calls('DescribeStacks', 'missing')).toHaveLength(2);
    expect(blackBox.aws.calls('DescribeStacks', 'forbidden')).toHaveLength(2 * 5);
  });
});

describe('the answer is in time', () => {
  test.each([
    [1_000, 'throttled', THROTTLED],
    [1_000, 'silent', silence],
    [2_500, 'unavailable', UNAVAILABLE],
    [2_500, 'silent', silence],
  ])('with %d ms left and a DescribeStacks that is %s', async (remainingMs, how, reply) => {
    const name = `${how} ${remainingMs}`;
    blackBox.aws.script('DescribeStacks', name, reply);
    const { puts, answer, marginMs } = await update(name, remainingMs);

    expect(puts).toHaveLength(1);
    expect(answer.Reason).toMatch(UNKNOWN);
    expect(marginMs).toBeGreaterThan(0);
  });

  test('where CloudFormation gives up sooner than Lambda', async () => {
    blackBox.aws.script('DescribeStacks', 'hurried', silence);
    const startedAt = Date.now();
    const { answer } = await update('hurried', 900_000, { TimeoutSeconds: '1', ServiceTimeout: '4' });

    expect(answer.Reason).toMatch(UNKNOWN);
    expect(Date.now() - startedAt).toBeLessThan(4_000);
  });
});
