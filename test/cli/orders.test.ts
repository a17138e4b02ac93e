import { CliBed, eventsIn, JOB, STACK, statesOf, TEST } from './cli';

jest.setTimeout(120_000);

let cli: CliBed;
beforeAll(async () => {
  cli = await CliBed.start();
});
afterAll(async () => {
  await cli.stop();
});

const REFUSED = 'FATAL: password authentication failed for user "orders"';

/**
 * One stack through its life. What the stack goes through:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html
 */
describe('the stack of the app in cdk.json', () => {
  // https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-changesets-create.html
  test('is created from a change set; the job comes after the test', async () => {
    const { exitCode, output } = await cli.deployOrders(cli.password);

    expect(exitCode).toBe(0);
    expect(output).toContain('✅  Orders');
    expect(statesOf(output, STACK)).toEqual(['REVIEW_IN_PROGRESS', 'CREATE_IN_PROGRESS', 'CREATE_COMPLETE']);
    const order = eventsIn(output).map(({ status, resourceType }) => `${resourceType} ${status}`);
    expect(order.indexOf(`${JOB} CREATE_IN_PROGRESS`)).toBeGreaterThan(order.indexOf(`${TEST} CREATE_COMPLETE`));
    expect(order.indexOf(`${TEST} CREATE_COMPLETE`)).toBeGreaterThan(-1);
  });

  // https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeChangeSet.html
  test('is not changed by another deployment of the same, with or without the parameter', async () => {
    const again = await cli.deployOrders(cli.password);
    const withPreviousParameter = await cli.deploy(['-c', `jdbcUrl=${cli.jdbcUrl}`]);

    for (const { exitCode, output } of [again, withPreviousParameter]) {
      expect(exitCode).toBe(0);
      expect(output).toContain('✅  Orders (no changes)');
      expect(eventsIn(output)).toEqual([]);
    }
  });

  test('has no differences then', async () => {
    const { exitCode, output } = await cli.cdk(['diff', '--fail', '-c', `jdbcUrl=${cli.jdbcUrl}`]);

    expect(output).toContain('There were no differences');
    expect(output).not.toContain('Resources\n');
    expect(exitCode).toBe(0);
  });

  test('shows what would be different with a connection to elsewhere', async () => {
    const { exitCode, output } = await cli.cdk([
      'diff',
      '--fail',
      '-c',
      'jdbcUrl=jdbc:postgresql://db.example.com:5432/a',
    ]);

    expect(exitCode).toBe(1);
    expect(output).toMatch(/\[~\] AWS::Glue::Connection Orders/);
    expect(output).toMatch(/\[~\] Custom::GlueConnectionTest OrdersTest/);
  });

  // https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-monitor-stack.html
  test('is updated', async () => {
    const { exitCode, output } = await cli.deployOrders(cli.password, '-c', 'release=2');

    expect(exitCode).toBe(0);
    expect(statesOf(output, STACK)).toEqual(['UPDATE_IN_PROGRESS', 'UPDATE_COMPLETE_CLEANUP', 'UPDATE_COMPLETE']);
    expect(statesOf(output, TEST)).toEqual(['UPDATE_IN_PROGRESS', 'UPDATE_COMPLETE']);
  });

  // https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-continueupdaterollback.html
  test('is rolled back when the password became wrong, and the CLI says why', async () => {
    const { exitCode, output } = await cli.deployOrders('wrong', '-c', 'release=3');

    expect(exitCode).toBe(1);
    expect(statesOf(output, STACK)).toEqual([
      'UPDATE_IN_PROGRESS',
      'UPDATE_ROLLBACK_IN_PROG',
      'UPDATE_ROLLBACK_COMPLET',
      'UPDATE_ROLLBACK_COMPLET',
    ]);
    expect(statesOf(output, TEST)).toEqual([
      'UPDATE_IN_PROGRESS',
      'UPDATE_FAILED',
      'UPDATE_IN_PROGRESS',
      'UPDATE_COMPLETE',
    ]);
    expect(statesOf(output, JOB)).toEqual([]);
    const [, diagnosis = ''] = output.split('❌  Orders failed');
    expect(diagnosis.replace(/\s+/g, ' ')).toContain(REFUSED);
    expect(diagnosis).toContain('Cause: The data store refused the user name or the password.');
    expect(output).not.toContain(cli.password);
  });

  test('is updated once the password is right', async () => {
    const { exitCode, output } = await cli.deployOrders(cli.password, '-c', 'release=3');

    expect(exitCode).toBe(0);
    expect(statesOf(output, STACK).at(-1)).toBe('UPDATE_COMPLETE');
    expect(statesOf(output, JOB)).toEqual(['UPDATE_IN_PROGRESS', 'UPDATE_COMPLETE']);
  });

  test('is updated without a change set', async () => {
    const nothing = await cli.deployOrders(cli.password, '-c', 'release=3', '--method', 'direct', '--force');
    const { exitCode, output } = await cli.deployOrders(cli.password, '-c', 'release=4', '--method', 'direct');

    expect(nothing).toMatchObject({ exitCode: 0, output: expect.stringContaining('(no changes)') as string });
    expect(exitCode).toBe(0);
    expect(statesOf(output, TEST)).toEqual(['UPDATE_IN_PROGRESS', 'UPDATE_COMPLETE']);
  });

  // https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cfn-console-delete-stack.html
  test('is destroyed', async () => {
    const { exitCode, output } = await cli.cdk(['destroy', '--force', '-c', `jdbcUrl=${cli.jdbcUrl}`]);

    expect(exitCode).toBe(0);
    expect(output).toContain('✅  Orders: destroyed');
    expect(cli.cloud.cloudFormation.describeStack('Orders')).toBeUndefined();
    expect(await cli.cdk(['list', '-c', `jdbcUrl=${cli.jdbcUrl}`])).toMatchObject({ exitCode: 0 });
  });
});
