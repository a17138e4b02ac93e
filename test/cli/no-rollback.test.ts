import { CliBed, JOB, STACK, statesOf, TEST } from './cli';

jest.setTimeout(120_000);

let cli: CliBed;
beforeAll(async () => {
  cli = await CliBed.start();
});
afterAll(async () => {
  await cli.stop();
});

const rollBack = () => cli.cdk(['rollback', '-c', `jdbcUrl=${cli.jdbcUrl}`]);

// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stack-failure-options.html
test('an update without rollback stops where it failed, and is rolled back on demand', async () => {
  await cli.deployOrders(cli.password);
  const failed = await cli.deployOrders('wrong', '--no-rollback', '-c', 'release=2');
  const statusBetween = cli.cloud.cloudFormation.describeStack('Orders')?.status;
  const rolledBack = await rollBack();

  expect(failed.exitCode).toBe(1);
  expect(statesOf(failed.output, STACK)).toEqual(['UPDATE_IN_PROGRESS', 'UPDATE_FAILED']);
  expect(failed.output).toContain('password authentication failed');
  expect(statesOf(failed.output, JOB)).toEqual([]);
  expect(statusBetween).toBe('UPDATE_FAILED');

  // https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_RollbackStack.html
  expect(rolledBack.exitCode).toBe(0);
  expect(rolledBack.output).not.toContain('FAILED');
  expect(cli.cloud.cloudFormation.describeStack('Orders')?.status).toBe('UPDATE_ROLLBACK_COMPLETE');
});

test('what is not rolled back can be repaired by the next update', async () => {
  await cli.deployOrders('wrong', '--no-rollback', '-c', 'release=3');
  const { exitCode, output } = await cli.deployOrders(cli.password, '--no-rollback', '-c', 'release=3');

  expect(exitCode).toBe(0);
  expect(statesOf(output, TEST)).toEqual(['UPDATE_IN_PROGRESS', 'UPDATE_COMPLETE']);
  expect(statesOf(output, JOB)).toEqual(['UPDATE_IN_PROGRESS', 'UPDATE_COMPLETE']);
  await cli.cdk(['destroy', '--force', '-c', `jdbcUrl=${cli.jdbcUrl}`]);
});

test('a creation without rollback is rolled back on demand, too', async () => {
  const failed = await cli.deployOrders('wrong', '--no-rollback');
  const rolledBack = await rollBack();

  expect(failed.exitCode).toBe(1);
  expect(statesOf(failed.output, STACK)).toEqual(['REVIEW_IN_PROGRESS', 'CREATE_IN_PROGRESS', 'CREATE_FAILED']);
  expect(rolledBack.exitCode).toBe(0);
  expect(statesOf(rolledBack.output, STACK).at(-1)).toBe('ROLLBACK_COMPLETE');
});
