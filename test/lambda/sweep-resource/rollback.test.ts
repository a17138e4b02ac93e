import { raw, stackStatus } from '../aws-stub';
import { BlackBox } from '../black-box';
import { deploy, nameOf, STACK } from './framework';
import { broken, executionArn, haveMachine, swept } from './step-functions';

jest.setTimeout(60_000);

let blackBox: BlackBox;
beforeAll(async () => {
  blackBox = await BlackBox.start({ random: 0.01 });
});
beforeEach(() => blackBox.aws.forget());
afterAll(() => blackBox.stop());

const ROLLING_BACK = stackStatus('UPDATE_ROLLBACK_IN_PROGRESS');
const UPDATING = stackStatus('UPDATE_IN_PROGRESS');
const DENIED = raw(403, '<ErrorResponse><Error><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>');

const SKIPPED = {
  Status: 'SUCCESS',
  PhysicalResourceId: 'the-physical-id',
  Data: {
    Outcome: 'SKIPPED',
    Listed: '0',
    Tested: '0',
    Passed: '0',
    Failed: '0',
    Unsupported: '0',
    Report: 'not swept, since the stack is rolling back',
    ExecutionArn: '',
  },
};

const started = () => blackBox.aws.callsOf(/^StartExecution$/);
const stopped = () => blackBox.aws.callsOf(/^StopExecution$/).map(({ input }) => input);

test('an update with other properties sweeps again, and stops what an earlier deployment has left', async () => {
  haveMachine(blackBox.aws, swept(), { running: [nameOf('earlier'), 'schedule-1', nameOf('another')] });
  const { answer } = await deploy(blackBox, { requestType: 'Update', properties: { Include: ['orders-*'] } });

  expect(answer).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'the-physical-id', Data: { Tested: '290' } });
  expect(started()).toHaveLength(1);
  const cause = 'an update of the stack has taken its place';
  expect(stopped()).toEqual([
    { executionArn: executionArn(nameOf('earlier')), error: 'Stopped', cause },
    { executionArn: executionArn(nameOf('another')), error: 'Stopped', cause },
  ]);
});

describe('while the stack rolls back, an update', () => {
  beforeEach(() => blackBox.aws.script('DescribeStacks', STACK, ROLLING_BACK));

  test('sweeps nothing, and stops what the deployment has left', async () => {
    haveMachine(blackBox.aws, swept(), { running: [nameOf('earlier')] });
    const { answer, ended } = await deploy(blackBox, { requestType: 'Update' });

    expect(answer).toMatchObject(SKIPPED);
    expect(started()).toEqual([]);
    expect(stopped()).toHaveLength(1);
    expect(ended).toHaveLength(2);
  });

  test('does not even look at its properties', async () => {
    haveMachine(blackBox.aws, swept());
    const properties = { StateMachineArn: 'of another form', Colour: 'red' };

    expect((await deploy(blackBox, { requestType: 'Update', properties })).answer).toMatchObject(SKIPPED);
  });
});

test('a failure does not count once the stack rolls back', async () => {
  haveMachine(blackBox.aws, swept(broken(['orders'])));
  blackBox.aws.script('DescribeStacks', STACK, UPDATING, ROLLING_BACK);
  const { requestId, answer } = await deploy(blackBox, { requestType: 'Update' });

  expect(answer).toMatchObject({
    ...SKIPPED,
    Data: {
      ...SKIPPED.Data,
      Report: 'the failure does not count, since the stack is rolling back',
      ExecutionArn: executionArn(nameOf(requestId)),
    },
  });
});

test('a failure counts while the stack does not roll back', async () => {
  haveMachine(blackBox.aws, swept(broken(['orders'])));
  const { answer } = await deploy(blackBox, { requestType: 'Update' });

  expect(answer).toMatchObject({ Status: 'FAILED', PhysicalResourceId: 'the-physical-id' });
  expect(answer.Reason).not.toContain('rolling back');
});

test('a create never asks whether the stack rolls back', async () => {
  haveMachine(blackBox.aws, swept(broken(['orders'])));
  blackBox.aws.script('DescribeStacks', STACK, ROLLING_BACK);

  expect((await deploy(blackBox)).answer.Status).toBe('FAILED');
  expect(blackBox.aws.callsOf(/^DescribeStacks$/)).toEqual([]);
});

describe('where CloudFormation does not tell whether the stack rolls back, an update', () => {
  const UNKNOWN = 'CloudFormation did not tell whether the stack is rolling back (AccessDenied).';

  test('sweeps, and passes', async () => {
    haveMachine(blackBox.aws, swept());
    blackBox.aws.script('DescribeStacks', STACK, DENIED);

    expect((await deploy(blackBox, { requestType: 'Update' })).answer.Data?.Outcome).toBe('PASSED');
  });

  test.each([
    ['connections that fail', {}, '1 of 290 Glue connections failed: orders (CREDENTIALS)'],
    ['invalid properties', { OnFailure: 'never' }, "'OnFailure' must be one of FAIL, REPORT"],
  ])('says so beside %s', async (_, properties, text) => {
    haveMachine(blackBox.aws, swept(broken(['orders'])));
    blackBox.aws.script('DescribeStacks', STACK, DENIED);
    const { answer } = await deploy(blackBox, { requestType: 'Update', properties });

    expect(answer.Status).toBe('FAILED');
    expect(answer.Reason).toContain(text);
    expect(answer.Reason).toContain(UNKNOWN);
  });

  test('skips the sweep once it is known after all, before it fails for invalid properties', async () => {
    haveMachine(blackBox.aws, swept());
    blackBox.aws.script('DescribeStacks', STACK, ...Array.from({ length: 5 }, () => DENIED), ROLLING_BACK);
    const { answer } = await deploy(blackBox, { requestType: 'Update', properties: { Colour: 'red' } });

    expect(answer).toMatchObject(SKIPPED);
  });
});
