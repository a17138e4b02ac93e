import { LocalCloud, PostgresServer, type StackEvent } from '@cdk-glue-connection-test/local-cloud';
import { App, NestedStack, SecretValue, Stack } from 'aws-cdk-lib';
import * as glue from 'aws-cdk-lib/aws-glue';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { ConnectionTarget, ConnectionTest } from '../../lib/index';
import { TEST } from './harness';

jest.setTimeout(60_000);

const newPassword = () => randomBytes(12).toString('base64url');

let folder: string;
let database: PostgresServer;
let cloud: LocalCloud;
let password: string;
const events: StackEvent[] = [];
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'cdk-glue-connection-test-e2e-'));
  password = newPassword();
  database = await PostgresServer.start({ user: 'orders', password, database: 'orders' });
  cloud = await LocalCloud.start({ onEvent: (event) => events.push(event) });
});
afterEach(async () => {
  await cloud.cloudFormation.deleteStack('Outer');
});
afterAll(async () => {
  await cloud.stop();
  await database.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** A connection and its test in a nested stack; after it, if wished, something that cannot be created. */
function deploy(release: string, given: string, isFailingAfter = false) {
  const outdir = mkdtempSync(path.join(folder, 'cdk.out-'));
  const app = new App({ outdir, analyticsReporting: false });
  const outer = new Stack(app, 'Outer');
  const nested = new NestedStack(outer, 'Nested');
  const secret = new secretsmanager.Secret(nested, 'Secret', {
    secretObjectValue: {
      username: SecretValue.unsafePlainText('orders'),
      password: SecretValue.unsafePlainText(given),
    },
  });
  const connection = new glue.Connection(nested, 'Orders', {
    type: glue.ConnectionType.JDBC,
    properties: { JDBC_CONNECTION_URL: `jdbc:postgresql://${database.host}:${database.port}/orders` },
    secret,
  });
  new ConnectionTest(nested, 'Test', { target: ConnectionTarget.fromConnection(connection), triggers: { release } });
  if (isFailingAfter) {
    const document = new iam.PolicyDocument({
      statements: [new iam.PolicyStatement({ actions: ['glue:GetTags'], resources: ['*'] })],
    });
    const broken = new iam.CfnPolicy(outer, 'Broken', {
      policyName: 'broken',
      policyDocument: document,
      roles: ['nobody'],
    });
    broken.node.addDependency(nested);
  }
  app.synth();
  events.length = 0;
  return cloud.deploy(outdir, 'Outer');
}

const testEvents = () => events.filter(({ resourceType }) => resourceType === TEST).map(({ status }) => status);

test('a connection in a nested stack is tested there', async () => {
  expect((await deploy('1', password)).status).toBe('CREATE_COMPLETE');
  expect(testEvents()).toContain('CREATE_COMPLETE');
});

test('fails with the nested stack when its connection is broken', async () => {
  expect((await deploy('1', 'wrong')).status).toBe('ROLLBACK_COMPLETE');
  const failures = events.filter(({ status }) => status === 'CREATE_FAILED').map(({ reason }) => reason);
  expect(failures).toEqual([
    expect.stringContaining('password authentication failed for user "orders"'),
    expect.stringMatching(/^The following .*: \[Test\w+\]\. $/),
    expect.stringMatching(/^Embedded stack \S+ was not successfully created: .*\[Test/),
  ]);
});

test('a nested stack that is rolled back with the stack around does not test what is broken by then', async () => {
  await deploy('1', password);
  password = newPassword();
  await database.setPassword('orders', password);
  expect((await deploy('2', password, true)).status).toBe('UPDATE_ROLLBACK_COMPLETE');

  expect(testEvents()).toEqual(['UPDATE_IN_PROGRESS', 'UPDATE_COMPLETE', 'UPDATE_IN_PROGRESS', 'UPDATE_COMPLETE']);
  const outcomes = cloud.cloudFormation.answers.map(({ body }) => JSON.parse(body) as { Data?: object });
  expect(outcomes.slice(-2)).toMatchObject([{ Data: { Outcome: 'PASSED' } }, { Data: { Outcome: 'SKIPPED' } }]);
});
