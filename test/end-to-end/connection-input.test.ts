import {
  LocalCloud,
  MariaDbServer,
  PostgresServer,
  type StackEvent,
  TokenServer,
} from '@cdk-glue-connection-test/local-cloud';
import { App, Stack } from 'aws-cdk-lib';
import * as glue from 'aws-cdk-lib/aws-glue';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import {
  ConnectionAuthentication,
  ConnectionTarget,
  ConnectionTest,
  OAuth2ClientApplication,
  SecretReference,
  type ConnectionInput,
} from '../../lib/index';

jest.setTimeout(60_000);

const CONNECTION = 'AWS::Glue::Connection';
const TEST = 'Custom::GlueConnectionTest';
const secretText = () => randomBytes(12).toString('base64url');

let cloud: LocalCloud;
let folder: string;
let deployments = 0;
const events: StackEvent[] = [];
/** Every value that must not be seen anywhere. */
const hidden = new Set<string>();

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'cdk-glue-connection-test-input-'));
  cloud = await LocalCloud.start({ onEvent: (event) => events.push(event) });
});
afterEach(() => {
  const templates = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.json'))
    .map((file) => readFileSync(path.join(folder, file), 'utf8'));
  const visible = JSON.stringify([events, cloud.log, templates, cloud.cloudFormation.answers]);
  expect([...hidden].filter((value) => visible.includes(value))).toEqual([]);
});
afterAll(async () => {
  await cloud.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Synthesizes a stack whose connection waits for its own test. */
function synthesize(secretArn: string, inputOf: (secret: secretsmanager.ISecret) => ConnectionInput) {
  const directory = path.join(folder, String(++deployments));
  const app = new App({ outdir: directory, analyticsReporting: false });
  const stack = new Stack(app, `Input${deployments}`);
  const secret = secretsmanager.Secret.fromSecretCompleteArn(stack, 'Secret', secretArn);
  const input = inputOf(secret);
  const connection = new glue.CfnConnection(stack, 'Connection', {
    catalogId: stack.account,
    connectionInput: { connectionType: input.connectionType.name, connectionProperties: { SECRET_ID: secretArn } },
  });
  const test = new ConnectionTest(stack, 'Test', { target: ConnectionTarget.fromInput(input) });
  test.executeBefore(connection);
  app.synth();
  return { directory, stackName: stack.stackName };
}

async function deploy({ directory, stackName }: ReturnType<typeof synthesize>) {
  events.length = 0;
  const { status } = await cloud.deploy(directory, stackName);
  const of = (type: string) => events.filter(({ resourceType }) => resourceType === type);
  const reasons = of(TEST)
    .filter((event) => event.status === 'CREATE_FAILED')
    .map(({ reason }) => reason ?? '');
  return { status, reason: reasons.join('\n'), connection: of(CONNECTION).map((event) => event.status) };
}

const DATABASES = [
  { engine: 'postgresql', server: PostgresServer, isInstalled: true },
  { engine: 'mysql', server: MariaDbServer, isInstalled: MariaDbServer.isInstalled() },
] as const;

for (const { engine, server, isInstalled } of DATABASES) {
  (isInstalled ? describe : describe.skip)(`a JDBC connection of ${engine} that does not exist yet`, () => {
    let database: PostgresServer | MariaDbServer;
    let password: string;
    let secretArn: string;
    beforeAll(async () => {
      password = secretText();
      hidden.add(password);
      database = await server.start({ user: 'orders', password, database: 'orders' });
      secretArn = cloud.secretsManager.create(`orders-${engine}`, JSON.stringify({ username: 'orders', password }));
    });
    afterAll(async () => {
      await database.stop();
    });

    const input = (secret: secretsmanager.ISecret, jsonField = 'password'): ConnectionInput => ({
      connectionType: glue.ConnectionType.JDBC,
      connectionProperties: {
        JDBC_CONNECTION_URL: `jdbc:${engine}://${database.host}:${database.port}/orders`,
        USERNAME: 'orders',
      },
      secretConnectionProperties: { PASSWORD: SecretReference.fromSecretsManager(secret, { jsonField }) },
    });

    test('is tested with the values of secrets, and only then created', async () => {
      const { status, connection } = await deploy(synthesize(secretArn, input));

      expect([status, connection.at(-1)]).toEqual(['CREATE_COMPLETE', 'CREATE_COMPLETE']);
      const order = events.map(({ resourceType, status: state }) => `${resourceType} ${state}`);
      expect(order.indexOf(`${TEST} CREATE_COMPLETE`)).toBeLessThan(order.indexOf(`${CONNECTION} CREATE_IN_PROGRESS`));
      expect(cloud.glue.received.at(-1)).toMatchObject({
        TestConnectionInput: { ConnectionProperties: { USERNAME: 'orders', PASSWORD: password } },
      });
    });

    test('is never created when the secret lacks the key, and the reason names those that it has', async () => {
      const { status, reason, connection } = await deploy(synthesize(secretArn, (secret) => input(secret, 'passwort')));

      expect([status, connection]).toEqual(['ROLLBACK_COMPLETE', []]);
      expect(reason).toContain("has no key 'passwort', it has: username, password");
    });

    test('fails with a wrong password, and passes with the right one in the secret and the same template', async () => {
      const assembly = synthesize(secretArn, input);
      password = secretText();
      hidden.add(password);
      await database.setPassword('orders', password);
      const broken = await deploy(assembly);
      await cloud.cloudFormation.deleteStack(assembly.stackName);
      cloud.secretsManager.put(secretArn, JSON.stringify({ username: 'orders', password }));
      const mended = await deploy(assembly);

      expect([broken.status, broken.connection]).toEqual(['ROLLBACK_COMPLETE', []]);
      expect(broken.reason).toContain('failed its test: CREDENTIALS');
      expect(mended.status).toBe('CREATE_COMPLETE');
    });
  });
}

describe('an OAuth2 connection that does not exist yet', () => {
  let tokens: TokenServer;
  let secretArn: string;
  const clientSecret = secretText();
  beforeAll(async () => {
    tokens = await TokenServer.start({ clientId: 'orders', clientSecret });
    hidden.add(clientSecret);
    secretArn = cloud.secretsManager.create(
      'orders-oauth2',
      JSON.stringify({ right: clientSecret, wrong: 'wr0ng-cl13nt', refresh: tokens.grants.refreshToken() }),
    );
    hidden.add('wr0ng-cl13nt');
  });
  afterAll(async () => {
    await tokens.stop();
  });

  const application = (secret: secretsmanager.ISecret, jsonField = 'right') =>
    OAuth2ClientApplication.userManaged({
      clientId: 'orders',
      clientSecret: SecretReference.fromSecretsManager(secret, { jsonField }),
    });
  const input = (authentication: ConnectionAuthentication): ConnectionInput => ({
    connectionType: glue.ConnectionType.SALESFORCE,
    connectionProperties: { INSTANCE_URL: tokens.instanceUrl },
    authentication,
  });

  test('passes with client credentials and with a refresh token', async () => {
    const { tokenUrl } = tokens;
    const byCredentials = await deploy(
      synthesize(secretArn, (secret) =>
        input(ConnectionAuthentication.oauth2ClientCredentials({ clientApplication: application(secret), tokenUrl })),
      ),
    );
    const byRefreshToken = await deploy(
      synthesize(secretArn, (secret) =>
        input(
          ConnectionAuthentication.oauth2RefreshToken({
            clientApplication: application(secret),
            tokenUrl,
            refreshToken: SecretReference.fromSecretsManager(secret, { jsonField: 'refresh' }),
          }),
        ),
      ),
    );

    expect([byCredentials.reason, byCredentials.status]).toEqual(['', 'CREATE_COMPLETE']);
    expect([byRefreshToken.reason, byRefreshToken.status]).toEqual(['', 'CREATE_COMPLETE']);
  });

  test('is never created with a wrong client secret', async () => {
    const { tokenUrl } = tokens;
    const { status, reason, connection } = await deploy(
      synthesize(secretArn, (secret) =>
        input(
          ConnectionAuthentication.oauth2ClientCredentials({
            clientApplication: application(secret, 'wrong'),
            tokenUrl,
          }),
        ),
      ),
    );

    expect([status, connection]).toEqual(['ROLLBACK_COMPLETE', []]);
    expect(reason).toContain('invalid_client');
  });
});
