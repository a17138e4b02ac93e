import { CreateSecretCommand, PutSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { setTimeout } from 'node:timers/promises';
import { MiniStackBed } from './bed';

jest.setTimeout(300_000);

/** A change is followed within two minutes, and MiniStack looks every ten seconds what is due. */
const A_RUN_MS = 160_000;

let bed: MiniStackBed;
beforeAll(async () => {
  bed = await MiniStackBed.start();
  const given = ['-c', `jdbcUrl=${bed.cli.jdbcUrl}`];
  for (const name of ['orders', 'sales', 'stock']) {
    const { ARN } = await bed.clients.secretsManager.send(
      new CreateSecretCommand({ Name: name, SecretString: loginWith(bed.password) }),
    );
    given.push('-c', `${name}=${ARN}`);
  }
  const options = { app: 'test/witnesses/ministack/apps/monitor.ts' };
  await bed.cli.cdk(['bootstrap', ...given], options);
  const { exitCode, output } = await bed.cli.deploy(['--all', ...given], options);
  expect([exitCode, output]).toEqual([0, expect.stringContaining('✅  Hourly')]);
  // Those of the deployment.
  expect([...bed.glue.tested].sort()).toEqual(['orders', 'sales', 'stock']);
  bed.glue.tested.length = 0;
});
afterAll(() => bed.stop());

function loginWith(password: string): string {
  return JSON.stringify({ username: 'orders', password });
}

/** What is tested until all of these are. */
async function testedUntil(names: readonly string[]): Promise<string[]> {
  const deadline = Date.now() + A_RUN_MS;
  while (!names.every((name) => bed.glue.tested.includes(name)) && Date.now() < deadline) {
    await setTimeout(500);
  }
  return bed.glue.tested;
}

test('a monitor tests on its schedule, and after a secret has changed the connections of this secret alone', async () => {
  await bed.clients.secretsManager.send(
    new PutSecretValueCommand({ SecretId: 'sales', SecretString: loginWith('another') }),
  );
  const tested = await testedUntil(['orders', 'sales']);

  expect(tested).toContain('orders');
  expect(tested.filter((name) => name !== 'orders')).toEqual(['sales']);
});
