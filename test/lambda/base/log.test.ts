import { exception, output, stackStatus, type Reply } from '../aws-stub';
import { BlackBox, type Invocation } from '../black-box';

let blackBox: BlackBox;
beforeAll(async () => {
  blackBox = await BlackBox.start({ random: 0.1 });
});
afterAll(async () => {
  await blackBox.stop();
});

/** The messages of one event's log, all that most viewers show. */
async function messagesOf(invocation: Invocation): Promise<string[]> {
  const { entries } = await blackBox.invoke(invocation);
  return entries.map(({ message }) => String(message).replace(/in \d+(\.\d)? s/, 'in T s'));
}

function script(name: string, ...replies: Reply[]): Invocation {
  blackBox.aws.script('TestConnection', name, ...replies);
  return { properties: { ConnectionName: name, TimeoutSeconds: '60' } };
}

const REFUSED = exception('InvalidInputException', 'FATAL: password authentication failed for user "orders"');
const UNREACHABLE = exception('InvalidInputException', 'Connection refused');
const THROTTLED = exception('ThrottlingException', 'slow down');

describe('each message names the connection, and what came of it', () => {
  test('of a pass', async () => {
    expect(await messagesOf(script('passes'))).toEqual([
      'passes: PASSED, attempt 1 of 1',
      'passes: PASSED, tried once in T s',
      'passes: answered SUCCESS',
    ]);
  });

  test('of a failure that is final', async () => {
    expect(await messagesOf(script('orders', REFUSED))).toEqual([
      'orders: CREDENTIALS, attempt 1 of 1: FATAL: password authentication failed for user "orders"',
      'orders: CREDENTIALS, tried once in T s: FATAL: password authentication failed for user "orders"',
      'orders: answered FAILED',
    ]);
  });

  test('of a store that is tried MaxAttempts times, among others that do not count', async () => {
    expect(await messagesOf(script('store', UNREACHABLE, THROTTLED, UNREACHABLE))).toEqual([
      'store: UNREACHABLE, attempt 1 of 3: Connection refused',
      'store: THROTTLED, attempt 2, 0 of 60 s: slow down',
      'store: UNREACHABLE, attempt 3 of 4: Connection refused',
      'store: UNREACHABLE, attempt 4 of 4: Connection refused',
      'store: UNREACHABLE, tried 4 times in T s: Connection refused',
      'store: answered FAILED',
    ]);
  });

  test('of what is not there yet', async () => {
    const invocation = script('late', exception('EntityNotFoundException', 'not found'), (response) =>
      response.end('{}'),
    );

    expect(await messagesOf(invocation)).toEqual([
      'late: NOT_FOUND, attempt 1, 0 of 60 s: not found',
      'late: PASSED, attempt 2 of 2',
      'late: PASSED, tried 2 times in T s',
      'late: answered SUCCESS',
    ]);
  });

  test('of a rollback, and of one that can not be told', async () => {
    blackBox.aws.script('DescribeStacks', 'Back', stackStatus('UPDATE_ROLLBACK_IN_PROGRESS'));
    const event = { StackId: 'Back' };
    expect(await messagesOf({ ...script('orders'), requestType: 'Update', event })).toEqual([
      'orders: SKIPPED: not tested, since the stack is rolling back',
      'orders: answered SUCCESS',
    ]);

    blackBox.aws.script('DescribeStacks', 'Gone', exception('ValidationError', 'no stack'));
    const [first] = await messagesOf({ ...script('orders'), requestType: 'Update', event: { StackId: 'Gone' } });
    expect(first).toMatch(/^orders: can't tell whether the stack is rolling back, attempt 1: /);
  });

  test('of an input, which has no name: that of the resource', async () => {
    const TestConnectionInput = { ConnectionType: 'KAFKA', ConnectionProperties: {} };

    expect(await messagesOf({ properties: { TestConnectionInput } })).toContain(
      'Test (input of type KAFKA): PASSED, attempt 1 of 1',
    );
  });

  test('of properties that are wrong', async () => {
    expect(await messagesOf({ properties: { ConnectionName: 'orders', Colour: 'red' } })).toEqual([
      expect.stringMatching(/^orders: no connection was tested: invalid properties: 'Colour' is not a property/),
      'orders: answered FAILED',
    ]);
  });

  test('but no name that is none: it could be a secret', async () => {
    const messages = await messagesOf({ properties: { ConnectionName: 'V4lue\n', CatalogId: '1' } });

    expect(messages.join()).toMatch(/^Test: no connection was tested/);
    expect(messages.join()).not.toContain('V4lue');
  });

  test('of an answer that is refused', async () => {
    expect(await messagesOf({ ...script('orders'), fates: [503, 403] })).toEqual(
      expect.arrayContaining([
        'orders: no answer accepted yet: the response URL answered with status 503',
        'orders: the answer SUCCESS was refused with HTTP 403',
      ]),
    );
  });
});

test('a message is one line, of 600 characters at most, and masked before it is cut', async () => {
  const password = `S3cr3t${'x'.repeat(100)}`;
  const words = `a\n  b\r\n${'y'.repeat(500)}${password}${'z'.repeat(2_000)}`;
  blackBox.aws.script('TestConnection', 'wordy', exception('InvalidInputException', words));
  blackBox.aws.script('GetConnection', 'wordy', output({ Connection: {} }));
  const messages = await messagesOf({ properties: { ConnectionName: 'wordy', Triggers: { password } } });

  expect(messages[0]).toMatch(/^wordy: INVALID_INPUT, attempt 1 of 1: a b y+\*{4}z*…$/);
  for (const message of messages) {
    expect(message).not.toMatch(/[\n\r]|S3cr3t/);
    expect(Array.from(message).length).toBeLessThanOrEqual(600);
  }
});
