import { LocalCloud, PostgresServer, type StackEvent } from '@cdk-glue-connection-test/local-cloud';
import { App, CfnOutput, CfnParameter, SecretValue, Stack } from 'aws-cdk-lib';
import * as glue from 'aws-cdk-lib/aws-glue';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { ConnectionTests, OnFailure } from '../../lib/index';
import { JOB, TEST } from './harness';

jest.setTimeout(60_000);

const STACK = 'Orders';

/** What a deployment may change. */
interface Release {
  readonly endpoint: string;
  readonly password: string;
  readonly secretName?: string;
  readonly enforceSsl?: string;
  readonly triggers?: Record<string, string>;
  readonly everyDeployment?: boolean;
  readonly onFailure?: OnFailure;
  readonly jobArgument?: string;
  readonly output?: string;
}

let folder: string;
let databases: PostgresServer[];
let cloud: LocalCloud;
const password = randomBytes(12).toString('base64url');
const events: StackEvent[] = [];
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'cdk-glue-connection-test-e2e-'));
  const start = () => PostgresServer.start({ user: 'orders', password, database: 'orders' });
  databases = await Promise.all([start(), start()]);
  cloud = await LocalCloud.start({ onEvent: (event) => events.push(event) });
});
afterEach(() => cloud.cloudFormation.deleteStack(STACK));
afterAll(async () => {
  await cloud.stop();
  await Promise.all(databases.map((database) => database.stop()));
  rmSync(folder, { recursive: true, force: true });
});

function first(): Release {
  return { endpoint: endpointOf(0), password, enforceSsl: 'false', triggers: { release: '1' }, jobArgument: '1' };
}

function endpointOf(number: number): string {
  const { host, port } = databases[number]!;
  return `${host}:${port}`;
}

async function deploy(release: Release): Promise<string> {
  const outdir = mkdtempSync(path.join(folder, 'cdk.out-'));
  const app = new App({ outdir, analyticsReporting: false });
  const stack = new Stack(app, STACK);
  const endpoint = new CfnParameter(stack, 'Endpoint').valueAsString;
  const secret = new secretsmanager.Secret(stack, 'Secret', {
    secretName: release.secretName,
    secretObjectValue: {
      username: SecretValue.unsafePlainText('orders'),
      password: SecretValue.cfnParameter(new CfnParameter(stack, 'Password', { noEcho: true })),
    },
  });
  const connection = new glue.Connection(stack, 'Orders', {
    type: glue.ConnectionType.JDBC,
    properties: {
      JDBC_CONNECTION_URL: `jdbc:postgresql://${endpoint}/orders`,
      JDBC_ENFORCE_SSL: release.enforceSsl ?? '',
    },
    secret,
  });
  new glue.CfnJob(stack, 'Nightly', {
    role: 'arn:aws:iam::111122223333:role/glue',
    command: { name: 'glueetl' },
    connections: { connections: [connection.connectionName] },
    defaultArguments: { '--argument': release.jobArgument ?? '' },
  });
  new CfnOutput(stack, 'Output', { value: release.output ?? 'none' });
  const { triggers, everyDeployment, onFailure } = release;
  ConnectionTests.applyTo(app, { triggers, everyDeployment, onFailure });
  app.synth();
  events.length = 0;
  const parameters = { Endpoint: release.endpoint, Password: release.password };
  return (await cloud.deploy(outdir, STACK, { parameters })).status;
}

function hasEvents(type: string): boolean {
  return events.some(({ resourceType }) => resourceType === type);
}

describe('the test', () => {
  test.each<[change: string, runs: boolean, change: () => Partial<Release>]>([
    ['nothing', false, () => ({})],
    ["the connection's definition", true, () => ({ enforceSsl: 'FALSE' })],
    ['a parameter that the definition refers to', true, () => ({ endpoint: endpointOf(1) })],
    ['the secret, for another one', true, () => ({ secretName: 'orders/other' })],
    ['a trigger', true, () => ({ triggers: { release: '2' } })],
    ['the job alone', false, () => ({ jobArgument: '2' })],
    ['something else in the stack', false, () => ({ output: 'another' })],
    ['the value of the secret alone', false, () => ({ password: 'not the password' })],
  ])('after a change of %s: runs again is %p', async (_, runs, change) => {
    await deploy(first());

    expect(await deploy({ ...first(), ...change() })).toMatch(/^(CREATE|UPDATE)_COMPLETE$/);
    expect(hasEvents(TEST)).toBe(runs);
  });

  test('runs in every deployment where it is asked to, also if nothing has changed', async () => {
    await deploy({ ...first(), everyDeployment: true });

    expect(await deploy({ ...first(), everyDeployment: true })).toBe('UPDATE_COMPLETE');
    expect(hasEvents(TEST)).toBe(true);
  });
});

test('an update that breaks the connection and changes its job does not touch the job', async () => {
  await deploy(first());

  expect(await deploy({ ...first(), endpoint: '127.0.0.1:1', jobArgument: '2' })).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(hasEvents(TEST)).toBe(true);
  expect(hasEvents(JOB)).toBe(false);
});

test.each([
  ['passes when the secret is filled in', () => password, 'UPDATE_COMPLETE'],
  ['fails when it is still the placeholder', () => 'REPLACE ME', 'UPDATE_ROLLBACK_COMPLETE'],
])('after a first deployment that only reports, one that may fail tests again, and %s', async (_, filledIn, status) => {
  const placeholder = { ...first(), password: 'REPLACE ME' };

  expect(await deploy({ ...placeholder, onFailure: OnFailure.REPORT })).toBe('CREATE_COMPLETE');
  expect(await deploy({ ...placeholder, password: filledIn(), onFailure: OnFailure.FAIL })).toBe(status);
  expect(hasEvents(TEST)).toBe(true);
});
