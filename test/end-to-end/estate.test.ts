import { LocalCloud, PostgresServer, type StackEvent, TokenServer } from '@cdk-glue-connection-test/local-cloud';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { buildEstate, ESTATE } from '../lib/apps/estate';

jest.setTimeout(120_000);

const password = randomBytes(12).toString('base64url');
const clientSecret = randomBytes(12).toString('base64url');

let folder: string;
let database: PostgresServer;
let tokens: TokenServer;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'cdk-glue-connection-test-e2e-'));
  database = await PostgresServer.start({ user: 'orders', password, database: 'orders' });
  tokens = await TokenServer.start({ clientId: ESTATE.clientId, clientSecret });
});
afterAll(async () => {
  await tokens.stop();
  await database.stop();
  rmSync(folder, { recursive: true, force: true });
});

let cloud: LocalCloud;
const events: StackEvent[] = [];
beforeEach(async () => {
  events.length = 0;
  cloud = await LocalCloud.start({ onEvent: (event) => events.push(event) });
  cloud.secretsManager.create(ESTATE.databaseSecret, JSON.stringify({ username: 'orders', password }));
  cloud.secretsManager.create(
    ESTATE.clientSecret,
    JSON.stringify({ USER_MANAGED_CLIENT_APPLICATION_CLIENT_SECRET: clientSecret }),
  );
});
afterEach(() => cloud.stop());

/** Deploys the app's stacks as the CDK does, each after those that it depends on; which of them were deployed. */
async function deployEstate(stockPort: number): Promise<Record<string, string>> {
  const outdir = mkdtempSync(path.join(folder, 'cdk.out-'));
  const url = (port: number) => `jdbc:postgresql://${database.host}:${port}/orders`;
  const props = {
    ...ESTATE,
    jdbcUrl: url(database.port),
    stockJdbcUrl: url(stockPort),
    instanceUrl: tokens.instanceUrl,
    tokenUrl: tokens.tokenUrl,
  };
  const assembly = buildEstate(props, { outdir }).synth();
  const statuses: Record<string, string> = {};
  const stage = assembly.getNestedAssembly('assembly-Prod');
  for (const {
    stackName,
    dependencies,
    assembly: { directory },
  } of [...assembly.stacks, ...stage.stacks]) {
    const awaited = dependencies.map(({ id }) => id).filter((id) => !id.endsWith('.assets'));
    if (awaited.every((id) => statuses[id] === 'CREATE_COMPLETE')) {
      statuses[stackName] = (await cloud.deploy(directory, stackName)).status;
    }
  }
  return statuses;
}

/** The logical ids with an event, without what the CDK appends to them, of resources of Glue that use connections. */
function usersWithEvents(): string[] {
  const users = events.filter(({ resourceType }) => /^AWS::Glue::(Job|Crawler|Trigger)$/.test(resourceType));
  return [...new Set(users.map(({ logicalId }) => logicalId))].sort();
}

test('where all connections work, everything is deployed', async () => {
  expect(await deployEstate(database.port)).toEqual({
    Sources: 'CREATE_COMPLETE',
    Jobs: 'CREATE_COMPLETE',
    Crm: 'CREATE_COMPLETE',
    'Prod-Reports': 'CREATE_COMPLETE',
  });
  expect(usersWithEvents()).toEqual([
    'AtNight',
    'CrawlEvents',
    'LoadAccounts',
    'LoadStock',
    'Nightly',
    'Replenish',
    'Report',
    'Tidy',
  ]);
});

test('where one is broken, nothing that names it sees an event, and all that is independent of it gets its turn', async () => {
  // Nobody listens there: the test is tried again, while others pass.
  expect(await deployEstate(1)).toEqual({
    Sources: 'ROLLBACK_COMPLETE',
    Crm: 'CREATE_COMPLETE',
    'Prod-Reports': 'CREATE_COMPLETE',
  });
  expect(usersWithEvents()).toEqual(['CrawlEvents', 'LoadAccounts', 'Report', 'Tidy']);

  const failed = events.filter(({ status }) => status === 'CREATE_FAILED');
  expect(failed[0]?.resourceType).toBe('Custom::GlueConnectionTest');
  expect(failed[0]?.reason).toContain("Glue connection 'stock' failed its test: UNREACHABLE");
});
