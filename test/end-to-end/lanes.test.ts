import { LocalCloud, ServiceError, type StackEvent } from '@cdk-glue-connection-test/local-cloud';
import { App, Stack } from 'aws-cdk-lib';
import * as glue from 'aws-cdk-lib/aws-glue';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { ConnectionTests } from '../../lib/index';
import { TEST } from './harness';

jest.setTimeout(120_000);

const STACK = 'Lanes';

/** A Glue that counts what it does at the same time. */
const store = {
  running: 0,
  peak: 0,
  calls: 0,
  isUp: true,
  connect: async (): Promise<void> => {
    store.calls++;
    store.running++;
    store.peak = Math.max(store.peak, store.running);
    await setTimeout(200);
    store.running--;
    if (!store.isUp) {
      throw new ServiceError('InvalidInputException', 'FATAL: password authentication failed for user "orders"');
    }
  },
};

let folder: string;
let cloud: LocalCloud;
const events: StackEvent[] = [];
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'cdk-glue-connection-test-e2e-'));
  cloud = await LocalCloud.start({ connect: store.connect, onEvent: (event) => events.push(event) });
});
beforeEach(() => Object.assign(store, { running: 0, peak: 0, calls: 0, isUp: true }));
afterEach(() => cloud.cloudFormation.deleteStack(STACK));
afterAll(async () => {
  await cloud.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function deploy(connections: number, maxConcurrency: number): Promise<string> {
  const outdir = mkdtempSync(path.join(folder, 'cdk.out-'));
  const app = new App({ outdir, analyticsReporting: false });
  const stack = new Stack(app, STACK);
  for (let number = 0; number < connections; number++) {
    new glue.Connection(stack, `Connection${number}`, {
      connectionName: `orders-${number}`,
      type: glue.ConnectionType.JDBC,
      properties: { JDBC_CONNECTION_URL: 'jdbc:postgresql://db:5432/orders' },
    });
  }
  ConnectionTests.applyTo(app, { providerProps: { maxConcurrency } });
  app.synth();
  events.length = 0;
  return (await cloud.deploy(outdir, STACK)).status;
}

function testEvents(status: RegExp): StackEvent[] {
  return events.filter((event) => event.resourceType === TEST && status.test(event.status));
}

test('as many tests run at once as may, never more, and each runs once', async () => {
  expect(await deploy(9, 3)).toBe('CREATE_COMPLETE');
  expect(store).toMatchObject({ peak: 3, calls: 9 });
});

test('an update that only changes DependsOn of tests runs none of them again', async () => {
  await deploy(6, 3);

  expect(await deploy(6, 2)).toMatch(/^(CREATE|UPDATE)_COMPLETE$/);
  expect(testEvents(/./)).toEqual([]);
  expect(store.calls).toBe(6);
});

test('one more connection runs its own test only', async () => {
  await deploy(4, 2);

  expect(await deploy(5, 2)).toBe('UPDATE_COMPLETE');
  expect(testEvents(/COMPLETE$/).map(({ status }) => status)).toEqual(['CREATE_COMPLETE']);
  expect(store.calls).toBe(5);
});

test('what is behind a test that fails is not begun, and the reason is that of the test that failed', async () => {
  store.isUp = false;

  expect(await deploy(4, 1)).toBe('ROLLBACK_COMPLETE');
  expect(store.calls).toBe(1);
  expect(new Set(testEvents(/./).map(({ logicalId }) => logicalId)).size).toBe(1);
  expect(testEvents(/^CREATE_FAILED/).map(({ reason }) => reason)).toEqual([
    expect.stringContaining("Glue connection 'orders-0' failed its test: CREDENTIALS."),
  ]);
});
