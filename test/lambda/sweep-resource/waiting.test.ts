import { exception, type Reply } from '../aws-stub';
import { BlackBox } from '../black-box';
import { deploy, nameOf } from './framework';
import { executionArn, haveMachine, swept, type Ending } from './step-functions';

jest.setTimeout(60_000);

let blackBox: BlackBox;
beforeAll(async () => {
  blackBox = await BlackBox.start({ random: 0.01 });
});
beforeEach(() => blackBox.aws.forget());
afterAll(() => blackBox.stop());

const RUNNING: Ending = { status: 'RUNNING' };

/** As if it had been started so many minutes ago. */
const minutesAgo = (minutes: number) => (event: Readonly<Record<string, unknown>>) => ({
  ...event,
  SweepExecution: { ...(event.SweepExecution as object), At: Date.now() - minutes * 60_000 },
});

/** DescribeExecution gives these answers, and then works. */
function disturb(...replies: Reply[]): void {
  const works = blackBox.aws.replies.get('DescribeExecution')!;
  blackBox.aws.replies.set('DescribeExecution', (input) => replies.shift() ?? works(input));
}

describe('an execution that ends without a result fails the deployment:', () => {
  const lambdaError = JSON.stringify({
    errorType: 'InvalidSweepInput',
    errorMessage: "the input of the execution: 'include' must be a list",
    trace: ['InvalidSweepInput: the input', '    at read (/var/task/index.js:1:1)'],
  });

  test.each<[string, Ending, string]>([
    [
      'FAILED',
      { status: 'FAILED', error: 'Sandbox.Timedout', cause: 'RequestId: 1 Error: Task timed out' },
      'The sweep of Glue connections failed itself: Sandbox.Timedout: RequestId: 1 Error: Task timed out\n',
    ],
    [
      'FAILED by an error of the function',
      { status: 'FAILED', error: 'InvalidSweepInput', cause: lambdaError },
      "The sweep of Glue connections failed itself: InvalidSweepInput: the input of the execution: 'include' must be a list\n",
    ],
    [
      'FAILED without a cause',
      { status: 'FAILED' },
      'The sweep of Glue connections failed itself: no error: no cause\n',
    ],
    [
      'TIMED_OUT',
      { status: 'TIMED_OUT', error: 'States.Timeout', cause: '' },
      'failed itself: States.Timeout: no cause\n',
    ],
    [
      'ABORTED',
      { status: 'ABORTED', error: 'Stopped', cause: 'by hand' },
      'The sweep of Glue connections was stopped before its end: Stopped: by hand\n',
    ],
    [
      'an output that is no JSON',
      { status: 'SUCCEEDED', output: '<html>' },
      'The output of the execution is not that of a sweep: StateMachineArn must be the state machine of a ConnectionSweep.\n',
    ],
    ['no output', { status: 'SUCCEEDED' }, 'The output of the execution is not that of a sweep'],
    ['null', { status: 'SUCCEEDED', output: 'null' }, 'The output of the execution is not that of a sweep'],
    [
      'an output of something else',
      { status: 'SUCCEEDED', output: '{"tested":1,"failed":"x"}' },
      'The output of the execution is not that of a sweep',
    ],
    [
      'an output without lists',
      { status: 'SUCCEEDED', output: JSON.stringify({ ...JSON.parse(swept().output!), failures: null }) },
      'The output of the execution is not that of a sweep',
    ],
  ])('%s', async (_, ending, text) => {
    haveMachine(blackBox.aws, ending);
    const { requestId, answer } = await deploy(blackBox);

    expect(answer.Status).toBe('FAILED');
    expect(answer.Reason).toContain(text);
    expect(answer.Reason).toContain(`Execution: ${executionArn(nameOf(requestId))}`);
    expect(answer.Reason).not.toMatch(/\n\s+at |\/var\/task/);
  });
});

describe('a state that can not be read', () => {
  const DENIED = exception('AccessDeniedException', 'not authorized to perform states:DescribeExecution');
  const GONE = exception('ExecutionDoesNotExist', 'Execution Does Not Exist');

  test.each([
    ['denied', [DENIED, DENIED]],
    ['about an execution that is not known everywhere yet', [GONE, GONE]],
    ['throttled', Array.from({ length: 20 }, () => exception('ThrottlingException', 'Rate exceeded'))],
    ['broken', Array.from({ length: 20 }, () => exception('InternalFailure', 'sorry', 500))],
  ])('is asked for again: %s at first', async (_, replies) => {
    haveMachine(blackBox.aws, swept());
    disturb(...replies);

    expect((await deploy(blackBox)).answer.Status).toBe('SUCCESS');
  });

  test.each([
    ['denied', DENIED, 4, 'AccessDeniedException: not authorized to perform states:DescribeExecution'],
    ['about an execution that is gone', GONE, 4, 'ExecutionDoesNotExist: Execution Does Not Exist'],
    ['refused', exception('InvalidArn', 'no ARN'), 4, 'InvalidArn: no ARN'],
    ['throttled', exception('ThrottlingException', 'Rate exceeded'), 58, 'ThrottlingException: Rate exceeded'],
  ])('fails the deployment when it is %s for good', async (_, reply, minutes, text) => {
    haveMachine(blackBox.aws, swept());
    blackBox.aws.replies.set('DescribeExecution', () => reply);
    const { answer } = await deploy(blackBox, { meanwhile: minutesAgo(minutes) });

    expect(answer.Status).toBe('FAILED');
    expect(answer.Reason).toContain(`Step Functions did not tell whether the sweep has ended: ${text}\n`);
  });

  test('is waited for as long as throttling may end', async () => {
    haveMachine(blackBox.aws, swept());
    disturb(...Array.from({ length: 12 }, () => exception('ThrottlingException', 'Rate exceeded')));

    expect((await deploy(blackBox, { meanwhile: minutesAgo(30) })).answer.Status).toBe('SUCCESS');
  });
});

describe('an execution that does not end in time', () => {
  test.each([
    ['in 57 minutes', 57.1, {}, 'within 57 minutes'],
    ['before CloudFormation gives up', 19.1, { ServiceTimeout: '1200' }, 'within 19 minutes'],
    ['before CloudFormation gives up very soon', 0.6, { ServiceTimeout: '65' }, 'within 35 seconds'],
  ])('is stopped and fails the deployment: %s', async (_, minutes, properties, text) => {
    haveMachine(blackBox.aws, RUNNING);
    const { requestId, answer } = await deploy(blackBox, { properties, meanwhile: minutesAgo(minutes) });

    expect(answer.Status).toBe('FAILED');
    expect(answer.Reason).toContain(`The sweep of Glue connections did not end ${text}, and was stopped.`);
    expect(blackBox.aws.callsOf(/^StopExecution$/).map(({ input }) => input)).toEqual([
      expect.objectContaining({ executionArn: executionArn(nameOf(requestId)) }),
    ]);
  });

  test('is not said to be stopped where that is denied', async () => {
    haveMachine(blackBox.aws, RUNNING);
    blackBox.aws.replies.set('StopExecution', () => exception('AccessDeniedException', 'no'));
    const { answer } = await deploy(blackBox, { meanwhile: minutesAgo(58) });

    expect(answer.Reason).toContain('did not end within 57 minutes, and could not be stopped (AccessDeniedException).');
  });

  test('may take 56 minutes', async () => {
    haveMachine(blackBox.aws, swept(), { polls: 3 });

    expect((await deploy(blackBox, { meanwhile: minutesAgo(56) })).answer.Status).toBe('SUCCESS');
  });
});

test('the time counts from when CloudFormation asked, not from when the execution began', async () => {
  haveMachine(blackBox.aws, swept());
  const allowed = blackBox.aws.replies.get('StartExecution')!;
  let denials = 1;
  blackBox.aws.replies.set('StartExecution', (input) =>
    denials-- > 0 ? exception('AccessDeniedException', 'not authorized') : allowed(input),
  );
  const askedAt = Date.now();
  const { ended } = await deploy(blackBox);

  const { SweepExecution } = ended[0]?.result as { SweepExecution: { At: number } };
  expect(SweepExecution.At - askedAt).toBeLessThan(4_000);
});
