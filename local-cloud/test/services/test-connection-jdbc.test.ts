import type { TestConnectionInput } from '@aws-sdk/client-glue';
import { randomBytes } from 'node:crypto';
import { MariaDbServer } from '../../src/database/mariadb';
import { PostgresServer } from '../../src/database/postgres';
import { describeIf } from '../conditions';
import { EVERYTHING, ServiceBed } from './service-bed';

jest.setTimeout(60_000);

const PASSWORD = randomBytes(12).toString('base64url');
const OPTIONS = { user: 'orders', password: PASSWORD, database: 'orders' };
const CLOSED_PORT = 1;

let bed: ServiceBed;
beforeAll(async () => {
  bed = await ServiceBed.start();
});
afterAll(() => bed.endpoint.close());

const ENGINES = [
  {
    engine: 'postgresql',
    isInstalled: true,
    start: () => PostgresServer.start(OPTIONS),
    wrongPassword: 'FATAL: password authentication failed for user "orders"',
    unknownDatabase: 'FATAL: database "absent" does not exist',
    closedPort: 'Connection refused: 127.0.0.1:1',
    noTls: 'The server does not support SSL connections',
  },
  {
    engine: 'mysql',
    isInstalled: MariaDbServer.isInstalled(),
    start: () => MariaDbServer.start(OPTIONS),
    wrongPassword: "Access denied for user 'orders'@'127.0.0.1' (using password: YES)",
    // What it says to who may not even know that there is none. A user of more rights hears: Unknown database 'absent'.
    unknownDatabase: "Access denied for user 'orders'@'%' to database 'absent'",
    closedPort: /Communications link failure.* Connection refused: 127\.0\.0\.1:1$/,
    noTls: 'SSL Connection required, but not supported by server.',
  },
];

for (const { engine, isInstalled, start, wrongPassword, unknownDatabase, closedPort, noTls } of ENGINES) {
  describeIf(isInstalled)(`by input, ${engine}`, () => {
    let database: PostgresServer | MariaDbServer;
    beforeAll(async () => {
      database = await start();
    });
    afterAll(() => database.stop());

    const urlOf = (port = database.port, name = 'orders') => `jdbc:${engine}://127.0.0.1:${port}/${name}`;

    function testJdbc(properties: Record<string, string>, rest: Partial<TestConnectionInput> = {}) {
      return bed.testConnection({
        TestConnectionInput: { ConnectionType: 'JDBC', ConnectionProperties: properties, ...rest },
      });
    }

    const user = { USERNAME: 'orders', PASSWORD };
    const address = () => ({ HOST: '127.0.0.1', PORT: String(database.port), JDBC_ENGINE: engine });

    test('passes with a URL, user and password', async () => {
      await testJdbc({ JDBC_CONNECTION_URL: urlOf(), ...user });
    });

    test('passes with host, port and engine, with a database or the default one', async () => {
      await testJdbc({ ...address(), DATABASE: 'orders', ...user });
      await testJdbc({ ...address(), ...user });
    });

    test('passes with a secret, by its name and by its ARN', async () => {
      const arn = bed.secretsManager.create(
        `${engine}-user`,
        JSON.stringify({ username: 'orders', password: PASSWORD }),
      );
      await testJdbc({ JDBC_CONNECTION_URL: urlOf(), SECRET_ID: `${engine}-user` });
      await testJdbc({ JDBC_CONNECTION_URL: urlOf(), SECRET_ID: arn });
    });

    test('passes with BASIC authentication, by credentials and by a secret', async () => {
      const SecretArn = bed.secretsManager.create(
        `${engine}-basic`,
        JSON.stringify({ USERNAME: 'orders', PASSWORD: PASSWORD }),
      );
      const properties = { JDBC_CONNECTION_URL: urlOf() };
      const BasicAuthenticationCredentials = { Username: 'orders', Password: PASSWORD };
      for (const credentials of [{ SecretArn }, { BasicAuthenticationCredentials }]) {
        await testJdbc(properties, { AuthenticationConfiguration: { AuthenticationType: 'BASIC', ...credentials } });
      }
    });

    test('fails when the password is wrong', async () => {
      await expect(testJdbc({ ...address(), ...user, PASSWORD: 'wrong' })).rejects.toMatchObject({
        name: 'InvalidInputException',
        message: expect.stringContaining(wrongPassword) as string,
      });
    });

    test("fails when the secret's password is wrong", async () => {
      const arn = bed.secretsManager.create(`${engine}-wrong`, '{"username":"orders","password":"wrong"}');
      await expect(testJdbc({ ...address(), SECRET_ID: arn })).rejects.toThrow(wrongPassword);
    });

    test('fails when the database is unknown', async () => {
      await expect(testJdbc({ JDBC_CONNECTION_URL: urlOf(undefined, 'absent'), ...user })).rejects.toThrow(
        unknownDatabase,
      );
      await expect(testJdbc({ ...address(), DATABASE: 'absent', ...user })).rejects.toThrow(unknownDatabase);
    });

    test('fails when nothing listens at the port', async () => {
      await expect(testJdbc({ JDBC_CONNECTION_URL: urlOf(CLOSED_PORT), ...user })).rejects.toThrow(closedPort);
    });

    test('fails when TLS is demanded from a server that has none', async () => {
      await expect(testJdbc({ ...address(), ...user, JDBC_ENFORCE_SSL: 'true' })).rejects.toThrow(noTls);
    });

    test('by name is the same', async () => {
      const connection = (password: string) => ({
        Name: engine,
        ConnectionType: 'JDBC',
        ConnectionProperties: { JDBC_CONNECTION_URL: urlOf(), ...user, PASSWORD: password },
      });
      bed.glue.putConnection(connection(PASSWORD));
      await bed.testConnection({ ConnectionName: engine });
      bed.glue.putConnection(connection('wrong'));
      await expect(bed.testConnection({ ConnectionName: engine })).rejects.toThrow(wrongPassword);
    });
  });
}

describe('by input, before any database is asked', () => {
  const complete = { JDBC_CONNECTION_URL: 'jdbc:postgresql://127.0.0.1:1/orders', USERNAME: 'orders', PASSWORD };

  test.each<[string, Record<string, string>, string]>([
    ['no address', { USERNAME: 'orders', PASSWORD }, 'must have JDBC_CONNECTION_URL, or HOST, PORT and JDBC_ENGINE'],
    [
      'an engine that is not modelled',
      { HOST: 'h', PORT: '1', JDBC_ENGINE: 'oracle', USERNAME: 'o', PASSWORD },
      'oracle',
    ],
    ['no password', { ...complete, PASSWORD: undefined! }, 'must have USERNAME and PASSWORD, SECRET_ID, or BASIC'],
    [
      'a URL of another kind',
      { ...complete, JDBC_CONNECTION_URL: 'jdbc:oracle:thin:@h:1/x' },
      'No suitable driver found',
    ],
  ])('fails when there is %s', async (_, ConnectionProperties, words) => {
    await expect(
      bed.testConnection({ TestConnectionInput: { ConnectionType: 'JDBC', ConnectionProperties } }),
    ).rejects.toMatchObject({ name: 'InvalidInputException', message: expect.stringContaining(words) as string });
  });

  test.each<[string, string | undefined, string]>([
    ['is missing', undefined, "Secrets Manager can't find the specified secret."],
    ['holds no JSON', 'text', 'must hold a JSON object'],
    ['lacks a key', '{"username":"orders"}', "must have the keys 'username' and 'password'"],
  ])('fails when the secret %s', async (fault, value, words) => {
    if (value !== undefined) {
      bed.secretsManager.create(`that ${fault}`, value);
    }
    const ConnectionProperties = { JDBC_CONNECTION_URL: complete.JDBC_CONNECTION_URL, SECRET_ID: `that ${fault}` };
    await expect(
      bed.testConnection({ TestConnectionInput: { ConnectionType: 'JDBC', ConnectionProperties } }),
    ).rejects.toThrow(words);
  });

  test('fails when the caller may not read the secret', async () => {
    bed.secretsManager.create('of others', '{}');
    const permissions = EVERYTHING.filter(({ Action }) => Action !== 'secretsmanager:*');
    const ConnectionProperties = { JDBC_CONNECTION_URL: complete.JDBC_CONNECTION_URL, SECRET_ID: 'of others' };
    await expect(
      bed.testConnection({ TestConnectionInput: { ConnectionType: 'JDBC', ConnectionProperties } }, permissions),
    ).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });
});
