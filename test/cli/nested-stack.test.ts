import { CliBed, STACK, statesOf, TEST } from './cli';

jest.setTimeout(120_000);

let cli: CliBed;
beforeAll(async () => {
  cli = await CliBed.start();
});
afterAll(async () => {
  await cli.stop();
});

const options = { app: 'test/cli/apps/nested-stack.ts' };
const given = (password: string, isProtected = true) => [
  '-c',
  `jdbcUrl=${cli.jdbcUrl}`,
  '-c',
  `password=${password}`,
  '-c',
  `protected=${isProtected}`,
];

// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-nested-stacks.html
test('a connection in a nested stack is tested, and a broken one rolls back the stack around', async () => {
  const created = await cli.deploy(given(cli.password), options);
  const unchanged = await cli.deploy(given(cli.password), options);
  const updated = await cli.deploy(given('wrong'), options);

  expect(created.exitCode).toBe(0);
  expect(unchanged.output).toContain('✅  Outer (no changes)');
  expect(cli.cloud.cloudFormation.describeStack('Outer')).toMatchObject({
    status: 'UPDATE_ROLLBACK_COMPLETE',
    tags: [{ key: 'team', value: 'data' }],
  });
  expect(updated.exitCode).toBe(1);
  expect(updated.output).toContain('password authentication failed');
  expect(statesOf(updated.output, TEST)).toContain('UPDATE_FAILED');
  expect(statesOf(updated.output, STACK).at(-1)).toBe('UPDATE_ROLLBACK_COMPLET');
});

// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-protect-stacks.html
test('a protected stack is destroyed only when it is not protected any longer', async () => {
  const refused = await cli.cdk(['destroy', '--force', ...given(cli.password)], options);
  const deployed = await cli.deploy(given(cli.password, false), options);
  const destroyed = await cli.cdk(['destroy', '--force', ...given(cli.password, false)], options);

  expect(refused.exitCode).toBe(1);
  expect(refused.output).toContain('cannot be deleted while TerminationProtection is enabled');
  expect(deployed.exitCode).toBe(0);
  expect(destroyed.exitCode).toBe(0);
  expect(cli.cloud.cloudFormation.listStacks().map(({ stackName }) => stackName)).toEqual(['CDKToolkit']);
});
