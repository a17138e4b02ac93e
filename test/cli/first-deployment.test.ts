import { CliBed, JOB, STACK, statesOf, TEST } from './cli';
import { endInPage, endOf } from './transcript';

jest.setTimeout(120_000);

let cli: CliBed;
beforeAll(async () => {
  cli = await CliBed.start();
});
afterAll(async () => {
  await cli.stop();
});

// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stack-failure-options.html
test('a first deployment whose connection is broken is rolled back', async () => {
  const { exitCode, output } = await cli.deployOrders('wrong');

  expect(exitCode).toBe(1);
  expect(statesOf(output, STACK)).toEqual([
    'REVIEW_IN_PROGRESS',
    'CREATE_IN_PROGRESS',
    'ROLLBACK_IN_PROGRESS',
    'ROLLBACK_COMPLETE',
  ]);
  // https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-requesttypes-create.html
  expect(statesOf(output, TEST)).toEqual([
    'CREATE_IN_PROGRESS',
    'CREATE_IN_PROGRESS',
    'CREATE_FAILED',
    'DELETE_IN_PROGRESS',
    'DELETE_COMPLETE',
  ]);
  expect(statesOf(output, JOB)).toEqual([]);
  // docs/try-locally.md shows what a user sees.
  expect(endInPage()).toBe(endOf(output));
});

test('the next one deletes what is left of it, and creates the stack', async () => {
  const [failed] = cli.cloud.cloudFormation.listStacks();
  const { exitCode, output } = await cli.deployOrders(cli.password);

  expect(exitCode).toBe(0);
  expect(failed).toMatchObject({ stackName: 'Orders', status: 'ROLLBACK_COMPLETE' });
  expect(cli.cloud.cloudFormation.describeStack(failed!.stackId)?.status).toBe('DELETE_COMPLETE');
  expect(statesOf(output, STACK)).toEqual(['REVIEW_IN_PROGRESS', 'CREATE_IN_PROGRESS', 'CREATE_COMPLETE']);
});
