import { PutSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { setTimeout } from 'node:timers/promises';
import { MiniStackBed } from './bed';

jest.setTimeout(300_000);

/** MiniStack looks every ten seconds what is due. */
const A_RUN_MS = 100_000;

let bed: MiniStackBed;
beforeAll(async () => {
  bed = await MiniStackBed.start();
  const given = ['-c', `jdbcUrl=${bed.cli.jdbcUrl}`, '-c', `password=${bed.password}`];
  const options = { app: 'test/witnesses/ministack/apps/monitor.ts' };
  await bed.cli.cdk(['bootstrap', ...given], options);
  const { exitCode, output } = await bed.cli.deploy(['--all', ...given], options);
  expect([exitCode, output]).toEqual([0, expect.stringContaining('✅  Hourly')]);
  // Those of the deployment.
  expect([...bed.glue.tested].sort()).toEqual(['orders', 'sales', 'stock']);
  bed.glue.tested.length = 0;
});
afterAll(() => bed.stop());

/** What is tested until the schedule has run and the change of the secret has been followed. */
async function testedWhile(names: readonly string[]): Promise<string[]> {
  const deadline = Date.now() + A_RUN_MS;
  while (!names.every((name) => bed.glue.tested.includes(name)) && Date.now() < deadline) {
    await setTimeout(500);
  }
  return bed.glue.tested;
}

test('a monitor tests on its schedule, and after a secret has changed the connections of this secret alone', async () => {
  const { salesSecret } = await bed.outputs('Hourly');
  await bed.clients.secretsManager.send(
    new PutSecretValueCommand({
      SecretId: salesSecret,
      SecretString: JSON.stringify({ username: 'orders', password: 'wrong' }),
    }),
  );
  const tested = await testedWhile(['orders', 'sales']);

  expect(tested).toContain('orders');
  expect(tested.filter((name) => name !== 'orders')).toEqual(['sales']);
});
