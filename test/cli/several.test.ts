import { CliBed, eventsIn, JOB, STACK, statesOf, TEST } from './cli';

jest.setTimeout(240_000);

let cli: CliBed;
beforeAll(async () => {
  cli = await CliBed.start();
});
afterAll(async () => {
  await cli.stop();
});

const given = (password: string, ...others: string[]) => [
  '--all',
  '-c',
  `jdbcUrl=${cli.jdbcUrl}`,
  '-c',
  `password=${password}`,
  ...others,
];

describe('two stacks, of which one has the job that uses the connection of the other', () => {
  const options = { app: 'test/cli/apps/dependent-stacks.ts' };

  test('the stack of the job is not created when the connection is broken', async () => {
    const { exitCode, output } = await cli.deploy(given('wrong'), options);

    expect(exitCode).toBe(1);
    expect(output).toContain('❌  Data failed');
    expect(statesOf(output, STACK).at(-1)).toBe('ROLLBACK_COMPLETE');
    expect(statesOf(output, JOB)).toEqual([]);
    expect(cli.cloud.cloudFormation.describeStack('Jobs')).toBeUndefined();
  });

  test('it is created after the one whose connection works', async () => {
    const { exitCode, output } = await cli.deploy(given(cli.password), options);

    expect(exitCode).toBe(0);
    const order = eventsIn(output).map(({ status, resourceType }) => `${resourceType} ${status}`);
    expect(order.indexOf(`${JOB} CREATE_IN_PROGRESS`)).toBeGreaterThan(order.indexOf(`${TEST} CREATE_COMPLETE`));
    expect(output.indexOf('✅  Jobs')).toBeGreaterThan(output.indexOf('✅  Data'));
  });

  // https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-stack-exports.html
  test('both are destroyed, the one that imports first', async () => {
    const { exitCode, output } = await cli.cdk(['destroy', '--force', ...given(cli.password)], options);

    expect(exitCode).toBe(0);
    expect(output.indexOf('✅  Data: destroyed')).toBeGreaterThan(output.indexOf('✅  Jobs: destroyed'));
  });
});

describe('forty connections in one stack', () => {
  const options = { app: 'test/cli/apps/forty-connections.ts' };

  test('are all tested before the stack is there', async () => {
    const { exitCode, output } = await cli.deploy(given(cli.password), options);

    expect(exitCode).toBe(0);
    expect(statesOf(output, TEST).filter((state) => state === 'CREATE_COMPLETE')).toHaveLength(40);
  });

  test('fail for the one that is broken', async () => {
    const { exitCode, output } = await cli.deploy(given(cli.password, '-c', 'broken=true'), options);

    expect(exitCode).toBe(1);
    expect(statesOf(output, STACK)).toContain('UPDATE_ROLLBACK_COMPLET');
    expect(output).toContain('database "orders-of-old" does not exist');
    expect(statesOf(output, TEST)).toEqual([
      'UPDATE_IN_PROGRESS',
      'UPDATE_FAILED',
      'UPDATE_IN_PROGRESS',
      'UPDATE_COMPLETE',
    ]);
  });
});
