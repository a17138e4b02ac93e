import { exception } from '../aws-stub';
import { BlackBox } from '../black-box';
import { deploy } from './framework';
import { broken, haveMachine, swept } from './step-functions';

jest.setTimeout(30_000);

const LEAK = 'jdbc:postgresql://user:S3cr3tTh3T4il@db.example.com:5432/orders';

let blackBox: BlackBox;
beforeAll(async () => {
  blackBox = await BlackBox.start({ random: 0.01 });
});
beforeEach(() => blackBox.aws.forget());
afterEach(() => {
  expect(blackBox.log).not.toMatch(/S3cr3t|Th3T4il|SIGNATURE|SECRET-KEY|TOKEN-OF/);
});
afterAll(() => blackBox.stop());

test('each step of a sweep is in the log, with the request and the resource', async () => {
  haveMachine(blackBox.aws, swept());
  const { requestId, entries } = await deploy(blackBox);

  expect(entries).toEqual([
    {
      requestId,
      level: 'INFO',
      event: 'sweep started',
      message: expect.stringMatching(/^Sweep: started arn:/) as string,
    },
    { requestId, level: 'INFO', event: 'sweep passed', message: 'Sweep: PASSED: no failures' },
  ]);
});

test.each([
  ['the cause of an execution that failed', { status: 'FAILED', error: 'X', cause: `can't reach ${LEAK}` }],
  ['the cause of one that was stopped', { status: 'ABORTED', error: 'X', cause: LEAK }],
] as const)('no secret is in the log or in the reason, although %s has one', async (_, ending) => {
  haveMachine(blackBox.aws, ending);
  const { answer, entries } = await deploy(blackBox);

  expect(answer.Reason).toContain('jdbc:postgresql://user:****@db.example.com:5432/orders');
  expect(entries).toContainEqual(expect.objectContaining({ level: 'ERROR', event: 'sweep failed' }));
});

test('nor what Step Functions says about a start that it refuses', async () => {
  haveMachine(blackBox.aws, swept());
  blackBox.aws.replies.set('StartExecution', () => exception('InvalidName', LEAK));

  expect((await deploy(blackBox)).answer.Reason).not.toContain('S3cr3t');
});

test('nor a property that is refused', async () => {
  haveMachine(blackBox.aws, swept());
  const { answer } = await deploy(blackBox, { properties: { Include: LEAK, Password: 'S3cr3tTh3T4il' } });

  expect(answer.Reason).toContain("'Include' must be a list");
  expect(answer.Reason).not.toContain('S3cr3t');
});

test('failed connections are named in the log as in the reason', async () => {
  haveMachine(blackBox.aws, swept(broken(['orders'])));
  const { entries } = await deploy(blackBox);

  expect(entries.at(-1)?.message).toContain('1 of 290 Glue connections failed: orders (CREDENTIALS)');
});

test('without a log group of its own, the reason names none beside the one that the CDK adds', async () => {
  const { failsWithin } = await import('../../../lambda/sweep-resource/sweep-failed');
  const { readRequest } = await import('../../../lambda/cloudformation/event');
  const place = { functionName: 'handler', logGroupName: '/aws/lambda/handler' };

  expect(failsWithin(readRequest({}), place)('1 of 1 failed', { Execution: 'arn' }).message).toBe(
    '1 of 1 failed\nExecution: arn',
  );
});
