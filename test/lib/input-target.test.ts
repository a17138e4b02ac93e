import { App, CfnParameter, SecretValue, Stack, Token } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as glue from 'aws-cdk-lib/aws-glue';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import {
  ConnectionAuthentication,
  ConnectionTarget,
  ConnectionTest,
  OAuth2ClientApplication,
  SecretReference,
  type ConnectionInput,
} from '../../lib/index';
import { allowed, allStatements, createStack, resourcesOf, testResourceOf } from './harness';

const URL = { JDBC_CONNECTION_URL: 'jdbc:postgresql://db:5432/orders' };
/** What is only known at deployment. */
const HOST = Token.asString({ 'Fn::GetAtt': ['Db', 'Endpoint.Address'] });
const NEVER_SHOWN = 'hunter2-never-shown';

function create() {
  const stack = createStack();
  const secret = new secretsmanager.Secret(stack, 'Secret');
  return { stack, secret, password: SecretReference.fromSecretsManager(secret, { jsonField: 'password' }) };
}

/** What is wrong, how it is given, and what the error says. */
type Wrong = [string, (parts: ReturnType<typeof create>) => unknown, string];

const jdbc = (connectionProperties: Record<string, unknown>): ConnectionInput => ({
  connectionType: glue.ConnectionType.JDBC,
  connectionProperties: connectionProperties as NonNullable<ConnectionInput['connectionProperties']>,
});

describe('fails', () => {
  test.each([
    ['is a literal', () => NEVER_SHOWN],
    ['is a token', () => SecretValue.unsafePlainText(NEVER_SHOWN).toString()],
    ['is a parameter', (stack: Stack) => new CfnParameter(stack, 'Password', { noEcho: true }).valueAsString],
    ['is a dynamic reference', () => SecretValue.secretsManager('orders').unsafeUnwrap()],
  ])('when a password %s', (_, value) => {
    for (const name of [
      'PASSWORD',
      'KAFKA_SASL_PLAIN_PASSWORD',
      'ENCRYPTED_PASSWORD',
      'password',
      'API_KEY',
      'ACCESS_TOKEN',
    ]) {
      const input = jdbc({ ...URL, USERNAME: 'orders', [name]: value(createStack()) });
      expect(() => ConnectionTarget.fromInput(input)).toThrow(
        `'connectionProperties.${name}' must be a SecretReference`,
      );
      expect(() => ConnectionTarget.fromInput(input)).not.toThrow(NEVER_SHOWN);
    }
  });

  test.each([
    `jdbc:postgresql://orders:${NEVER_SHOWN}@db:5432/orders`,
    `jdbc:postgresql://db:5432/orders?user=orders&password=${NEVER_SHOWN}`,
    `jdbc:sqlserver://db:1433;user=sa;password=${NEVER_SHOWN}`,
    `jdbc:oracle:thin:orders/${NEVER_SHOWN}@db:1521/orders`,
    `mongodb://orders:${NEVER_SHOWN}@db:27017/orders`,
    `jdbc:mysql://orders:${NEVER_SHOWN}/x@db/orders`,
    `jdbc:mysql://db/orders?sslpassword=${NEVER_SHOWN}`,
    `jdbc:sqlserver://db; password = {${NEVER_SHOWN}};`,
    `jdbc:athena://;SecretAccessKey=${NEVER_SHOWN}`,
    `jdbc:db2://db:50000/orders:password=${NEVER_SHOWN};user=u;`,
    `jdbc:teradata://db/USER=u,PASSWORD=${NEVER_SHOWN}`,
    `jdbc:mysql://address=(host=db)(user=u)(password=${NEVER_SHOWN})/orders`,
    `jdbc:postgresql://${HOST}:5432/orders?user=orders&password=${NEVER_SHOWN}`,
    `mongodb://orders:${NEVER_SHOWN}@${HOST}/orders`,
    `jdbc:postgresql://db/orders?password=${HOST}`,
  ])('when a URL holds a password: %s', (url) => {
    for (const name of ['JDBC_CONNECTION_URL', 'CONNECTION_URL']) {
      const input = { connectionType: new glue.ConnectionType('ANY'), connectionProperties: { [name]: url } };
      expect(() => ConnectionTarget.fromInput(input)).toThrow(
        `'connectionProperties.${name}' must not hold a password`,
      );
      expect(() => ConnectionTarget.fromInput(input)).not.toThrow(NEVER_SHOWN);
    }
  });

  test('when a reference would become a part of a string', () => {
    const { password } = create();
    expect(() => `jdbc:postgresql://orders:${String(password)}@db/orders`).toThrow('can not be a part of a string');
  });

  test.each([
    [{ USERNAME: 'orders' }, 'must have JDBC_CONNECTION_URL, or HOST, PORT and JDBC_ENGINE, got: USERNAME'],
    [{ HOST: 'db', PORT: '5432', SECRET_ID: 's' }, 'got: HOST, PORT, SECRET_ID'],
    [URL, 'must have SECRET_ID, or USERNAME and PASSWORD, got: JDBC_CONNECTION_URL'],
    [{ ...URL, USERNAME: 'orders', PASSWORD: undefined }, 'got: JDBC_CONNECTION_URL, USERNAME'],
    [{ ...URL, SECRET_ID: '' }, "'connectionProperties.SECRET_ID' must be 1 to 1024 characters, got: 0"],
    [{ ...URL, SECRET_ID: 'x'.repeat(1025) }, 'must be 1 to 1024 characters, got: 1025'],
    [{ ...URL, SECRET_ID: 5 }, 'must be a string or a SecretReference, got: number'],
    [
      { ...URL, SECRET_ID: 's', ...Object.fromEntries(Array.from({ length: 99 }, (_, index) => [`P${index}`, 'x'])) },
      'must have at most 100 entries, got: 101',
    ],
  ])('when the properties of JDBC are wrong (%#)', (properties, says) => {
    expect(() => ConnectionTarget.fromInput(jdbc(properties))).toThrow(says);
  });

  test('when what names a secret is itself a reference', () => {
    const { password } = create();
    expect(() => ConnectionTarget.fromInput(jdbc({ ...URL, SECRET_ID: password }))).toThrow('must be a string');
  });

  test('when Salesforce has no authentication', () => {
    const input = { connectionType: glue.ConnectionType.SALESFORCE };
    expect(() => ConnectionTarget.fromInput(input)).toThrow("'authentication' is required");
  });

  test.each<Wrong>([
    ['no code', () => ConnectionAuthentication.oauth2AuthorizationCode({}), "one of 'authorizationCode', "],
    [
      'no client secret',
      () => ConnectionAuthentication.oauth2ClientCredentials({}),
      "'clientApplication.clientSecret'",
    ],
    ['no JWT', () => ConnectionAuthentication.oauth2JwtBearer({}), "one of 'jwtToken'"],
    ['no refresh token', () => ConnectionAuthentication.oauth2RefreshToken({}), "one of 'refreshToken'"],
    ['no credentials', () => ConnectionAuthentication.custom({ credentials: {} }), "'credentials' must not be empty"],
    [
      'a plain credential',
      () => ConnectionAuthentication.custom({ credentials: { key: NEVER_SHOWN as never } }),
      "'credentials.key' must be a SecretReference",
    ],
    [
      'a plain password',
      () => ConnectionAuthentication.basic({ username: 'orders', password: NEVER_SHOWN as never }),
      "'password' must be a SecretReference",
    ],
    [
      'a plain client secret',
      () => OAuth2ClientApplication.userManaged({ clientId: 'orders', clientSecret: NEVER_SHOWN as never }),
      "'clientSecret' must be a SecretReference",
    ],
    [
      'a password missing',
      () => ConnectionAuthentication.basic({ username: 'o', password: undefined as never }),
      "'password'",
    ],
    ...['client_secret', 'password', 'assertion', 'code'].map(
      (name) =>
        [
          `a plain parameter ${name}`,
          ({ password }: ReturnType<typeof create>) =>
            ConnectionAuthentication.oauth2JwtBearer({
              jwtToken: password,
              tokenUrlParameters: { [name]: NEVER_SHOWN },
            }),
          `'tokenUrlParameters.${name}' must be a SecretReference`,
        ] as Wrong,
    ),
    ...[`https://id:${NEVER_SHOWN}@h/t`, `https://h/t?client_secret=${NEVER_SHOWN}`].map(
      (tokenUrl) =>
        [
          `a password in ${tokenUrl}`,
          ({ password }: ReturnType<typeof create>) =>
            ConnectionAuthentication.oauth2JwtBearer({ jwtToken: password, tokenUrl }),
          "'tokenUrl' must not hold a password",
        ] as Wrong,
    ),
    [
      'a wrong token URL',
      ({ password }) => ConnectionAuthentication.oauth2JwtBearer({ jwtToken: password, tokenUrl: 'ftp://x' }),
      "'tokenUrl' must be a URL of http or https",
    ],
    [
      'a wrong redirect URI',
      ({ password }) =>
        ConnectionAuthentication.oauth2AuthorizationCode({ authorizationCode: password, redirectUri: 'nowhere' }),
      "'redirectUri' must be a URL of http or https",
    ],
    [
      'an empty field',
      ({ secret }) => SecretReference.fromSecretsManager(secret, { jsonField: '' }),
      "'jsonField' must not be empty",
    ],
  ])('when an authentication has %s', (_, act, says) => {
    const parts = create();
    expect(() => act(parts)).toThrow(says);
    expect(() => act(parts)).not.toThrow(NEVER_SHOWN);
  });
});

test.each([
  'jdbc:postgresql://db:5432/orders?user=orders&ssl=true',
  'jdbc:sqlserver://db:1433;databaseName=orders',
  'jdbc:oracle:thin://@db:1521/orders',
  'jdbc:oracle:thin:@//db:1521/orders',
  `jdbc:sqlserver://${HOST}:${HOST};databaseName=d;user=me@corp`,
  'jdbc:sqlserver://[::1]:1433;user=me@corp',
  'jdbc:postgresql://db:5432/orders?user=orders@example.com',
  'jdbc:postgresql://db1:5432,db2:5432/orders?user=orders@example.com',
  `jdbc:postgresql://${HOST}:${HOST}/orders?user=orders`,
])('a URL without a password is taken: %s', (url) => {
  expect(() => ConnectionTarget.fromInput(jdbc({ JDBC_CONNECTION_URL: url, SECRET_ID: 's' }))).not.toThrow();
});

test('the template refers to the secret and to its field', () => {
  const { stack, secret, password } = create();
  const previous = SecretReference.fromSecretsManager(secret, { versionStage: 'AWSPREVIOUS' });
  new ConnectionTest(stack, 'Test', {
    target: ConnectionTarget.fromInput(jdbc({ ...URL, USERNAME: previous, PASSWORD: password })),
  });

  const SecretId = stack.resolve(secret.secretArn) as unknown;
  const { Properties } = testResourceOf(stack);
  expect(Properties.ConnectionName).toBeUndefined();
  expect(Properties.TestConnectionInput).toEqual({
    ConnectionType: 'JDBC',
    ConnectionProperties: {
      ...URL,
      USERNAME: { SecretId, VersionStage: 'AWSPREVIOUS' },
      PASSWORD: { SecretId, JsonKey: 'password' },
    },
  });
  Annotations.fromStack(stack).hasNoWarning('*', Match.anyValue());
});

describe('the role may', () => {
  test('read the value of each secret that is referred to, once, and decrypt it with its key', () => {
    const stack = createStack();
    const encryptionKey = kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:111122223333:key/1');
    const secret = new secretsmanager.Secret(stack, 'Secret', { encryptionKey });
    const [username, password] = ['username', 'password'].map((jsonField) =>
      SecretReference.fromSecretsManager(secret, { jsonField }),
    );
    new ConnectionTest(stack, 'Test', {
      target: ConnectionTarget.fromInput(jdbc({ ...URL, USERNAME: username, PASSWORD: password })),
    });

    const actions = allStatements(stack).flatMap(({ Action }) => Action);
    expect(actions.sort()).toEqual(['glue:TestConnection', 'kms:Decrypt', 'secretsmanager:GetSecretValue']);
    expect(allowed(stack, 'glue:TestConnection')?.resources).toEqual(['*']);
    expect(allowed(stack, 'kms:Decrypt')?.resources).toEqual(['arn:aws:kms:eu-west-1:111122223333:key/1']);
  });

  test('let Glue read the secrets that it reads itself, use the key, and pass the role', () => {
    const stack = createStack();
    const secret = new secretsmanager.Secret(stack, 'Secret');
    const kmsKey = kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:111122223333:key/1');
    new ConnectionTest(stack, 'Test', {
      target: ConnectionTarget.fromInput({
        ...jdbc({ ...URL, SECRET_ID: 'orders', ROLE_ARN: 'arn:aws:iam::111122223333:role/store' }),
        authentication: ConnectionAuthentication.fromSecret(secret, { kmsKey }),
      }),
    });

    const readable = allStatements(stack).filter(({ Action }) => Action.includes('secretsmanager:DescribeSecret'));
    expect(JSON.stringify(readable)).toContain(':secret:orders-??????');
    expect(JSON.stringify(readable)).toContain(Object.keys(resourcesOf(stack, 'AWS::SecretsManager::Secret'))[0]);
    expect(allowed(stack, 'kms:GenerateDataKey')?.resources).toEqual(['arn:aws:kms:eu-west-1:111122223333:key/1']);
    expect(allowed(stack, 'iam:PassRole')?.resources).toEqual(['arn:aws:iam::111122223333:role/store']);
  });
});

test('the connection can wait for the test, with the same secret and in the same stack', () => {
  const { stack, secret, password } = create();
  const connection = new glue.Connection(stack, 'Orders', { type: glue.ConnectionType.JDBC, properties: URL, secret });
  const test = new ConnectionTest(stack, 'Test', {
    target: ConnectionTarget.fromInput(jdbc({ ...URL, USERNAME: 'orders', PASSWORD: password })),
  });
  test.executeBefore(connection);

  const [waiting] = Object.values(resourcesOf(stack, 'AWS::Glue::Connection'));
  const [testId] = Object.keys(resourcesOf(stack, 'Custom::GlueConnectionTest'));
  expect(waiting?.DependsOn).toContain(testId);
});

test('fails when what holds the secret is to wait for the test, which would close a circle', () => {
  const { stack, secret, password } = create();
  const test = new ConnectionTest(stack, 'Test', {
    target: ConnectionTarget.fromInput(jdbc({ ...URL, USERNAME: 'orders', PASSWORD: password })),
  });

  expect(() => test.executeBefore(secret)).toThrow("'scopes' must not contain what the test itself waits for");
});

test('a secret of another stack is granted and referred to', () => {
  const app = new App();
  const secret = new secretsmanager.Secret(new Stack(app, 'Secrets'), 'Secret');
  const stack = new Stack(app, 'Tests');
  const password = SecretReference.fromSecretsManager(secret, { jsonField: 'password' });
  new ConnectionTest(stack, 'Test', {
    target: ConnectionTarget.fromInput(jdbc({ ...URL, USERNAME: 'orders', PASSWORD: password })),
  });

  const [resource] = Object.values(Template.fromStack(stack).findResources('Custom::GlueConnectionTest'));
  expect(JSON.stringify(resource)).toContain('"SecretId":{"Fn::ImportValue"');
  expect(JSON.stringify(allStatements(stack))).toContain('Fn::ImportValue');
});
