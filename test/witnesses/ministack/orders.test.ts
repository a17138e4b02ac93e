import { JOB, statesOf, TEST } from '../../cli/cli';
import { MiniStackBed } from './bed';

jest.setTimeout(120_000);

let bed: MiniStackBed;
beforeAll(async () => {
  bed = await MiniStackBed.start();
});
beforeEach(() => {
  bed.glue.tested.length = 0;
});
afterAll(() => bed.stop());

const options = { app: 'test/witnesses/ministack/apps/orders.ts' };
const given = (password: string, release: string) => [
  ...['-c', `jdbcUrl=${bed.cli.jdbcUrl}`, '-c', `password=${password}`, '-c', `release=${release}`],
];
const tested = () => [...bed.glue.tested].sort();

/** One stack through its life, by the `cdk` command as npm has it. */
describe('an app with a connection that has a name, and one that has none', () => {
  test('is bootstrapped', async () => {
    const { exitCode } = await bed.cli.cdk(['bootstrap', ...given('', '')], options);

    expect(exitCode).toBe(0);
    expect(await bed.status('CDKToolkit')).toBe('CREATE_COMPLETE');
  });

  test('is deployed when both work', async () => {
    const { exitCode, output } = await bed.cli.deploy(given(bed.password, '1'), options);

    expect(exitCode).toBe(0);
    expect(output).toContain('Orders.Outcomes = PASSED,PASSED');
    expect(statesOf(output, JOB)).toContain('CREATE_COMPLETE');
    expect(tested()).toEqual([expect.stringMatching(/^Orders-Unnamed/), 'orders']);
  });

  test('is rolled back by an update that breaks them; the CLI says why, and nothing is tested on the way back', async () => {
    const { exitCode, output } = await bed.cli.deploy(given('wrong', '2'), options);

    expect(exitCode).toBe(1);
    expect(output.replace(/\s+/g, ' ')).toContain('FATAL: password authentication failed for user "orders"');
    expect(output).toContain('Cause: The data store refused the user name or the password.');
    expect(output).not.toContain(bed.password);
    expect(statesOf(output, TEST)).toEqual(expect.arrayContaining(['UPDATE_FAILED', 'UPDATE_COMPLETE']));
    expect(statesOf(output, JOB)).toEqual([]);
    expect(await bed.status('Orders')).toBe('UPDATE_ROLLBACK_COMPLETE');
    // MiniStack takes one resource after the other, and ends with the first that fails.
    expect(tested()).toHaveLength(1);
  });

  test('is updated once they work again', async () => {
    const { exitCode, output } = await bed.cli.deploy(given(bed.password, '3'), options);

    expect(exitCode).toBe(0);
    expect(output).toContain('Orders.Outcomes = PASSED,PASSED');
    expect(statesOf(output, JOB)).toContain('UPDATE_COMPLETE');
    expect(tested()).toHaveLength(2);
  });

  test('is destroyed without a test', async () => {
    const { exitCode } = await bed.cli.cdk(['destroy', '--force', ...given(bed.password, '3')], options);

    expect(exitCode).toBe(0);
    expect(await bed.status('Orders')).toBeUndefined();
    expect(tested()).toEqual([]);
  });
});
