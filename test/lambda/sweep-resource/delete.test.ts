import { exception, type Reply } from '../aws-stub';
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

const OTHER_STACK = 'arn:aws:cloudformation:eu-west-1:111122223333:stack/Other/1a2b3c4d';
const DELETED = { Status: 'SUCCESS', PhysicalResourceId: 'the-physical-id' };
const DENIED = exception('AccessDeniedException', 'not authorized to perform');

const stopped = () => blackBox.aws.callsOf(/^StopExecution$/).map(({ input }) => input.executionArn);

test('a delete stops what deployments of its own resource have left, and nothing else', async () => {
  haveMachine(blackBox.aws, swept(), {
    running: [
      nameOf('1'),
      'nightly',
      'my-deployment-2',
      nameOf('2', OTHER_STACK),
      nameOf('3'),
      nameOf('4', STACK, 'Other'),
    ],
  });
  const { answer, ended } = await deploy(blackBox, { requestType: 'Delete' });

  expect(answer).toMatchObject(DELETED);
  expect(answer.Data).toEqual({});
  expect(stopped()).toEqual([nameOf('1'), nameOf('3')].map(executionArn));
  expect(blackBox.aws.callsOf(/^(StartExecution|DescribeExecution|DescribeStacks)$/)).toEqual([]);
  expect(ended).toHaveLength(2);
});

test('it finds them on any page of the list', async () => {
  haveMachine(blackBox.aws, swept());
  const page =
    (name: string, nextToken?: string): Reply =>
    (response) => {
      const executions = [
        { executionArn: executionArn(name), stateMachineArn: 'x', name, status: 'RUNNING', startDate: 1 },
      ];
      response.end(JSON.stringify({ executions, nextToken }));
    };
  blackBox.aws.replies.set('ListExecutions', ({ nextToken }) =>
    nextToken === 'more' ? page(nameOf('2')) : page(nameOf('1'), 'more'),
  );
  await deploy(blackBox, { requestType: 'Delete' });

  expect(stopped()).toEqual([nameOf('1'), nameOf('2')].map(executionArn));
});

test.each([
  ['the list is denied', 'ListExecutions', DENIED, 0],
  ['the state machine is gone', 'ListExecutions', exception('StateMachineDoesNotExist', 'gone'), 0],
  ['stopping is denied', 'StopExecution', DENIED, 2],
  ['an execution is gone', 'StopExecution', exception('ExecutionDoesNotExist', 'gone'), 2],
])('it succeeds although %s, and says so in the log', async (_, operation, reply, stops) => {
  haveMachine(blackBox.aws, swept(), { running: [nameOf('1'), nameOf('2')] });
  blackBox.aws.replies.set(operation, () => reply);
  const { answer, entries } = await deploy(blackBox, { requestType: 'Delete' });

  expect(answer).toMatchObject(DELETED);
  expect(stopped()).toHaveLength(stops);
  expect(entries).toContainEqual(expect.objectContaining({ level: 'WARN', event: 'sweep not stopped' }));
});

test.each([
  ['an ARN of another form', { StateMachineArn: { Ref: 'x' } }],
  ['other properties', { Include: 'x', Colour: 'red' }],
])('it succeeds with %s', async (_, properties) => {
  haveMachine(blackBox.aws, swept());

  expect((await deploy(blackBox, { requestType: 'Delete', properties })).answer).toMatchObject(DELETED);
});

test('after a create that failed, it is asked for by the ID that the answer had', async () => {
  haveMachine(blackBox.aws, swept(broken(['orders'])), { running: [nameOf('1')] });
  const created = await deploy(blackBox);
  const { PhysicalResourceId } = created.answer;
  const { answer } = await deploy(blackBox, { requestType: 'Delete', event: { PhysicalResourceId } });

  expect(answer).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'Orders-Sweep' });
  expect(stopped()).toEqual([executionArn(nameOf('1'))]);
});
