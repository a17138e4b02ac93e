import { SFNClient } from '@aws-sdk/client-sfn';
import { Executions } from '../../../lambda/sweep-resource/executions';
import { TestClock } from '../connection/test-clock';
import { nameOf, STACK } from './framework';
import { executionArn, MACHINE } from './step-functions';

type Send = (command: { readonly constructor: { readonly name: string } }) => Promise<object>;

const clock = new TestClock();
const executions = new Executions(MACHINE, { stackId: STACK, logicalResourceId: 'Sweep' }, clock);

const answer = (send: Send) => jest.spyOn(SFNClient.prototype, 'send').mockImplementation(send as never);
const refuse = (name: string) => () => Promise.reject(Object.assign(new Error('no'), { name }));

afterEach(() => {
  jest.restoreAllMocks();
  clock.waits.length = 0;
});
afterAll(() => executions.close());

test('a start that stays denied is tried for a minute', async () => {
  const send = answer(refuse('AccessDeniedException'));

  await expect(executions.start('request', {})).rejects.toThrow('no');
  expect(send).toHaveBeenCalledTimes(13);
  expect(clock.waits).toEqual(Array.from({ length: 12 }, () => 5_000));
});

test('so is one whose credentials are not known everywhere yet, and no other refusal', async () => {
  const denied = answer(refuse('UnrecognizedClientException'));
  await expect(executions.start('request', {})).rejects.toThrow('no');
  expect(denied).toHaveBeenCalledTimes(13);

  denied.mockRestore();
  const refused = answer(refuse('StateMachineDoesNotExist'));
  await expect(executions.start('request', {})).rejects.toThrow('no');
  expect(refused).toHaveBeenCalledTimes(1);
});

test.each([
  ['letters', 'b7d1-X_9', nameOf('b7d1-X_9')],
  ['other characters', 'a/b:c d', nameOf('a-b-c-d')],
  ['more than 80 characters', 'x'.repeat(100), nameOf('x'.repeat(57))],
])('a request whose ID has %s has a name that Step Functions takes', async (_, requestId, name) => {
  answer(refuse('ExecutionAlreadyExists'));

  expect(await executions.start(requestId, {})).toBe(executionArn(name));
});

describe('what Step Functions does not answer ends after 20 seconds:', () => {
  const silence = () => answer(() => new Promise(() => undefined));

  test.each<[string, () => Promise<unknown>]>([
    ['DescribeExecution', () => executions.describe(executionArn('x'))],
    ['StopExecution', () => executions.stop(executionArn('x'), 'over')],
    ['ListExecutions', () => executions.stopEarlier('request', 'over')],
  ])('%s', async (_, call) => {
    silence();
    const rejected = expect(call()).rejects.toThrow('not done within 20000 ms');
    clock.advance(20_000);
    clock.advance(100);
    await rejected;
  });

  test('all of those that are to be stopped', async () => {
    const listed = Array.from({ length: 10 }, (_, index) => ({
      name: nameOf(String(index)),
      executionArn: executionArn(nameOf(String(index))),
    }));
    const send = answer(({ constructor }) =>
      constructor.name.startsWith('List') ? Promise.resolve({ executions: listed }) : new Promise(() => undefined),
    );
    const rejected = expect(executions.stopEarlier('request', 'over')).rejects.toThrow('not done within 20000 ms');
    await new Promise(setImmediate);
    expect(send).toHaveBeenCalledTimes(11);
    clock.advance(20_000);
    clock.advance(100);
    await rejected;
  });
});
