import { JOB, statesOf } from '../../cli/cli';
import { MiniStackBed } from './bed';

jest.setTimeout(120_000);

let bed: MiniStackBed;
beforeAll(async () => {
  // Each call of the function has to be allowed by the policies that the app gives to its role.
  bed = await MiniStackBed.start({ authorizes: true });
});
beforeEach(() => {
  bed.glue.tested.length = 0;
});
afterAll(() => bed.stop());

const options = { app: 'test/witnesses/ministack/apps/two-stacks.ts' };
const given = (password: string) => ['--all', '-c', `jdbcUrl=${bed.cli.jdbcUrl}`, '-c', `password=${password}`];

describe('an app of two stacks, with one line of tests', () => {
  test('has no second stack when a connection of the first is broken', async () => {
    await bed.cli.cdk(['bootstrap', ...given('').slice(1)], options);
    const { exitCode, output } = await bed.cli.deploy(given('wrong'), options);

    expect(exitCode).toBe(1);
    expect(output).toContain('❌  Data failed');
    expect(output.replace(/\s+/g, ' ')).toContain('FATAL: password authentication failed for user "orders"');
    expect(await bed.status('Data')).toBe('ROLLBACK_COMPLETE');
    expect(await bed.status('Jobs')).toBeUndefined();
  });

  test('is deployed when both connections work, in the order of the stacks', async () => {
    const { exitCode, output } = await bed.cli.deploy(given(bed.password), options);

    expect(exitCode).toBe(0);
    expect(output.indexOf('✅  Jobs')).toBeGreaterThan(output.indexOf('✅  Data'));
    expect(statesOf(output, JOB)).toContain('CREATE_COMPLETE');
    expect([...bed.glue.tested].sort()).toEqual([expect.stringMatching(/^Data-Unnamed/), 'orders']);
  });

  test('is destroyed', async () => {
    const { exitCode } = await bed.cli.cdk(['destroy', '--force', ...given(bed.password)], options);

    expect(exitCode).toBe(0);
    expect([await bed.status('Data'), await bed.status('Jobs')]).toEqual([undefined, undefined]);
  });
});
