import { App, Aws, CfnParameter, Fn, SecretValue, Stack } from 'aws-cdk-lib';
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
  type SecretReferenceOptions,
} from '../../lib/index';
import { allowed, allStatements, asText, createConnection, createStack, resourcesOf, testResourceOf } from './harness';

const JDBC_URL = 'jdbc:postgresql://db:5432/orders';
const HIDDEN = 'hunter2-never-shown';
const KEY_ARN = 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';

function createSecret(options?: SecretReferenceOptions, props?: secretsmanager.SecretProps) {
  const stack = createStack();
  const secret = new secretsmanager.Secret(stack, 'Secret', props);
  return { stack, secret, reference: SecretReference.fromSecretsManager(secret, options) };
}

/** Properties as a language without TypeScript's types may pass them. */
function inputOf(connectionProperties: object | undefined, connectionType = glue.ConnectionType.JDBC): ConnectionInput {
  return { connectionType, connectionProperties: connectionProperties as ConnectionInput['connectionProperties'] };
}

function createTest(stack: Stack, input: ConnectionInput, id = 'Test'): ConnectionTest {
  return new ConnectionTest(stack, id, { target: ConnectionTarget.fromInput(input) });
}

function messageOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    return (error as Error).message;
  }
  return '';
}

function statementsOn(stack: Stack, action: string): string[][] {
  return allStatements(stack)
    .filter(({ Action }) => [Action].flat().includes(action))
    .map(({ Resource }) => [Resource].flat().map(asText));
}

describe('a password', () => {
  const names = ['PASSWORD', 'KAFKA_SASL_PLAIN_PASSWORD', 'KAFKA_CLIENT_KEYSTORE_PASSWORD', 'ENCRYPTED_PASSWORD'];
  const texts: [string, (stack: Stack) => unknown][] = [
    ['a literal', () => HIDDEN],
    ['a token', () => SecretValue.unsafePlainText(HIDDEN).unsafeUnwrap()],
    ['a dynamic reference', () => SecretValue.secretsManager('orders').unsafeUnwrap()],
    ['a parameter', (stack) => new CfnParameter(stack, 'Password', { noEcho: true }).valueAsString],
  ];
  const others: [string, unknown][] = [
    ['empty', ''],
    ['a SecretValue', SecretValue.unsafePlainText(HIDDEN)],
    ['an object like a rendered reference', { SecretId: 'orders', JsonKey: 'password' }],
    ['a number', 12345],
    ['null', null],
  ];
  const messageFor = (name: string, value: unknown) =>
    messageOf(() =>
      ConnectionTarget.fromInput(inputOf({ JDBC_CONNECTION_URL: JDBC_URL, SECRET_ID: 'orders', [name]: value })),
    );

  test.each(names.flatMap((name) => texts.map(([what, value]) => ({ name, what, value }))))(
    'fails when $name is $what, without showing it',
    ({ name, value }) => {
      const message = messageFor(name, value(createStack()));
      expect(message).toContain(`'connectionProperties.${name}' must be a SecretReference`);
      expect(message).not.toMatch(/hunter2|TOKEN|resolve/);
    },
  );

  test.each(names.flatMap((name) => others.map(([what, value]) => ({ name, what, value }))))(
    'fails when $name is $what',
    ({ name, value }) => {
      const message = messageFor(name, value);
      expect(message).toContain(`'connectionProperties.${name}' must be `);
      expect(message).not.toMatch(/hunter2|12345/);
    },
  );

  test.each(['password', 'sfPassword', 'CLIENT_SECRET', 'apiKey', 'accessToken', 'PRIVATE_KEY'])(
    'fails when it is called %s',
    (name) => {
      const message = messageFor(name, HIDDEN);
      expect(message).toContain(`'connectionProperties.${name}' must be a SecretReference`);
      expect(message).not.toContain(HIDDEN);
    },
  );

  test('fails in a connection of any type', () => {
    const input = inputOf({ PASSWORD: HIDDEN }, new glue.ConnectionType('MYSQL'));
    expect(() => ConnectionTarget.fromInput(input)).toThrow(
      "'connectionProperties.PASSWORD' must be a SecretReference",
    );
  });

  test.each([
    ['PostgreSQL', `jdbc:postgresql://orders:${HIDDEN}@db:5432/orders`],
    ['PostgreSQL without a user', `jdbc:postgresql://:${HIDDEN}@db:5432/orders`],
    ['PostgreSQL, with an @ in it', `jdbc:postgresql://orders:x@${HIDDEN}@db:5432/orders`],
    ['PostgreSQL, first parameter', `jdbc:postgresql://db/orders?password=${HIDDEN}&user=orders`],
    ['MySQL, last parameter', `jdbc:mysql://db:3306/orders?user=orders&password=${HIDDEN}`],
    ['SQL Server', `jdbc:sqlserver://db:1433;databaseName=orders;user=orders;password=${HIDDEN};encrypt=true`],
    ['SQL Server, in capitals', `jdbc:sqlserver://db:1433;PASSWORD=${HIDDEN}`],
    ['Redshift, by PWD', `jdbc:redshift://db:5439/orders;UID=orders;PWD=${HIDDEN}`],
    ['Oracle thin', `jdbc:oracle:thin:orders/${HIDDEN}@db:1521:ORCL`],
    ['Oracle thin with a service', `jdbc:oracle:thin:orders/${HIDDEN}@//db:1521/service`],
    ['Oracle thin in quotes', `jdbc:oracle:thin:orders/"${HIDDEN}@1"@db:1521/service`],
    ['a host that is only known at deployment', `jdbc:postgresql://orders:${HIDDEN}@${Aws.REGION}.example.com/orders`],
    [
      'a host that is only known at deployment, and a parameter',
      `jdbc:postgresql://${Aws.REGION}.example.com/orders?password=${HIDDEN}`,
    ],
    ['Oracle OCI', `jdbc:oracle:oci8:orders/${HIDDEN}@db`],
  ])('fails when it is in the URL: %s', (_, url) => {
    const message = messageOf(() =>
      ConnectionTarget.fromInput(inputOf({ JDBC_CONNECTION_URL: url, SECRET_ID: 'orders' })),
    );

    expect(message).toContain(
      "'connectionProperties.JDBC_CONNECTION_URL' must not hold a password, since it would be in the template",
    );
    expect(message).not.toContain(HIDDEN);
  });

  test('fails when it is in the URL of another property', () => {
    const properties = { CONNECTION_URL: `mongodb+srv://orders:${HIDDEN}@db/orders` };
    const message = messageOf(() => ConnectionTarget.fromInput(inputOf(properties, glue.ConnectionType.MONGODB)));

    expect(message).toContain("'connectionProperties.CONNECTION_URL' must not hold a password");
    expect(message).not.toContain(HIDDEN);
  });

  test.each([
    ['host and port', 'jdbc:postgresql://db:5432/orders'],
    ['a user in front of the host', 'jdbc:postgresql://orders@db:5432/orders'],
    ['a user among the parameters', 'jdbc:postgresql://db:5432/orders?user=orders&ssl=true'],
    ['an @ in the path', 'jdbc:mysql://db:3306/orders?user=orders@example.com'],
    ['a user of Azure', 'jdbc:sqlserver://db:1433;databaseName=orders;user=orders@server;encrypt=true'],
    ['a parameter about passwords', 'jdbc:mysql://db:3306/orders?passwordCharacterEncoding=UTF-8'],
    ['an empty password', 'jdbc:sqlserver://db:1433;user=orders;password=;encrypt=true'],
    ['an IPv6 address', 'jdbc:postgresql://[2001:db8::1]:5432/orders'],
    ['several hosts', 'jdbc:mysql://db1:3306,db2:3306/orders'],
    ['Oracle thin', 'jdbc:oracle:thin:@db:1521:ORCL'],
    ['Oracle thin with a service', 'jdbc:oracle:thin:@//db:1521/service'],
    ['Oracle thin by URL', 'jdbc:oracle:thin://@db:1521/service'],
    ['Oracle thin with a wallet', 'jdbc:oracle:thin:/@db'],
  ])('passes when the URL has none: %s', (_, url) => {
    const properties = { JDBC_CONNECTION_URL: url, SECRET_ID: 'orders' };
    expect(() => ConnectionTarget.fromInput(inputOf(properties))).not.toThrow();
  });

  test('passes when the URL is only known at deployment', () => {
    const stack = createStack();
    const urls = [
      new CfnParameter(stack, 'Url').valueAsString,
      `jdbc:postgresql://${Aws.ACCOUNT_ID}.example.com:5432/orders`,
      Fn.importValue('orders-url'),
    ];
    urls.forEach((JDBC_CONNECTION_URL, index) => {
      createTest(stack, inputOf({ JDBC_CONNECTION_URL, SECRET_ID: 'orders' }), `Test${index}`);
    });

    const given = Object.values(resourcesOf(stack, 'Custom::GlueConnectionTest')).map(({ Properties }) => Properties);
    expect(given).toMatchObject([
      { TestConnectionInput: { ConnectionProperties: { JDBC_CONNECTION_URL: { Ref: 'Url' } } } },
      {
        TestConnectionInput: {
          ConnectionProperties: { JDBC_CONNECTION_URL: { 'Fn::Join': expect.anything() as unknown } },
        },
      },
      { TestConnectionInput: { ConnectionProperties: { JDBC_CONNECTION_URL: { 'Fn::ImportValue': 'orders-url' } } } },
    ]);
  });
});

describe('fails when', () => {
  const reference = () => createSecret().reference;

  test.each<[string, object | undefined, string]>([
    ['there is nothing', undefined, 'must have JDBC_CONNECTION_URL, or HOST, PORT and JDBC_ENGINE, got: none'],
    ['they are empty', {}, 'must have JDBC_CONNECTION_URL, or HOST, PORT and JDBC_ENGINE, got: none'],
    ['there is no address', { SECRET_ID: 'orders' }, 'HOST, PORT and JDBC_ENGINE, got: SECRET_ID'],
    ['there is no host', { PORT: '5432', JDBC_ENGINE: 'postgresql', SECRET_ID: 's' }, 'got: PORT, JDBC_ENGINE, SECRET'],
    ['there is no port', { HOST: 'db', JDBC_ENGINE: 'postgresql', SECRET_ID: 's' }, 'got: HOST, JDBC_ENGINE, SECRET'],
    ['there is no engine', { HOST: 'db', PORT: '5432', SECRET_ID: 's' }, 'got: HOST, PORT, SECRET_ID'],
    [
      'the URL is there only to be undefined',
      { JDBC_CONNECTION_URL: undefined, SECRET_ID: 'orders' },
      'HOST, PORT and JDBC_ENGINE, got: SECRET_ID',
    ],
    [
      'there are no credentials',
      { JDBC_CONNECTION_URL: JDBC_URL },
      'must have SECRET_ID, or USERNAME and PASSWORD, got: JDBC_CONNECTION_URL',
    ],
    [
      'there is no password',
      { JDBC_CONNECTION_URL: JDBC_URL, USERNAME: 'orders' },
      'must have SECRET_ID, or USERNAME and PASSWORD, got: JDBC_CONNECTION_URL, USERNAME',
    ],
    [
      'there is no user name',
      { JDBC_CONNECTION_URL: JDBC_URL, PASSWORD: reference() },
      'must have SECRET_ID, or USERNAME and PASSWORD, got: JDBC_CONNECTION_URL, PASSWORD',
    ],
  ])('of the properties of JDBC, %s', (_, properties, message) => {
    const act = () => ConnectionTarget.fromInput(inputOf(properties));
    expect(act).toThrow("'connectionProperties' must have ");
    expect(act).toThrow(message);
  });

  test.each<[string, object, string]>([
    ['is empty', { SITE: '' }, "'connectionProperties.SITE' must be 1 to 1024 characters, got: 0"],
    ['is too long', { SITE: HIDDEN.repeat(60) }, "'connectionProperties.SITE' must be 1 to 1024 characters, got: 1140"],
    ['is a number', { SITE: 5432 }, "'connectionProperties.SITE' must be a string or a SecretReference, got: number"],
    ['is null', { SITE: null }, "'connectionProperties.SITE' must be a string or a SecretReference, got: object"],
    ['is a list', { SITE: [HIDDEN] }, "'connectionProperties.SITE' must be a string or a SecretReference, got: object"],
  ])('a value %s', (_, properties, says) => {
    const act = () => ConnectionTarget.fromInput(inputOf(properties, new glue.ConnectionType('JIRACLOUD')));
    expect(messageOf(act)).toBe(says);
  });

  test('there are 101 properties, and not when there are 100', () => {
    const input = (count: number) => {
      const properties = Object.fromEntries(Array.from({ length: count }, (_, index) => [`P${index}`, 'x']));
      return inputOf(properties, new glue.ConnectionType('JIRACLOUD'));
    };
    expect(() => ConnectionTarget.fromInput(input(101))).toThrow(
      "'connectionProperties' must have at most 100 entries, got: 101",
    );
    expect(() => ConnectionTarget.fromInput(input(100))).not.toThrow();
  });

  test('a value has 1025 characters, and not when it has 1024', () => {
    const input = (length: number) => inputOf({ SITE: 'x'.repeat(length) }, new glue.ConnectionType('JIRACLOUD'));
    expect(() => ConnectionTarget.fromInput(input(1025))).toThrow('must be 1 to 1024 characters, got: 1025');
    expect(() => ConnectionTarget.fromInput(input(1024))).not.toThrow();
  });

  test.each(['SECRET_ID', 'KAFKA_SASL_SCRAM_SECRETS_ARN', 'ROLE_ARN'])('%s is a SecretReference', (name) => {
    const properties = { JDBC_CONNECTION_URL: JDBC_URL, SECRET_ID: 'orders', [name]: reference() };
    expect(() => ConnectionTarget.fromInput(inputOf(properties))).toThrow(
      `'connectionProperties.${name}' must be a string, got: a SecretReference`,
    );
  });

  test.each([
    ['none at all', undefined],
    ['properties only', { INSTANCE_URL: 'https://example.my.salesforce.com', ROLE_ARN: 'arn:aws:iam::1:role/x' }],
  ])('Salesforce has no authentication but %s', (_, properties) => {
    expect(() => ConnectionTarget.fromInput(inputOf(properties, glue.ConnectionType.SALESFORCE))).toThrow(
      "'authentication' is required for a connection of type SALESFORCE, got: none",
    );
  });

  test.each([
    ['empty', '', "'connectionType' must be 1 to 255 characters, got: 0"],
    ['too long', 'x'.repeat(256), "'connectionType' must be 1 to 255 characters, got: 256"],
  ])('the type is %s', (_, type, says) => {
    expect(() => ConnectionTarget.fromInput(inputOf({}, new glue.ConnectionType(type)))).toThrow(says);
  });

  test.each([
    ['empty', '', "'catalogId' must not be empty"],
    ['too long', 'x'.repeat(256), "'catalogId' must be at most 255 characters, got: 256"],
    ['of two lines', 'a\nb', "'catalogId' must be one line"],
  ])('the catalog id is %s', (_, catalogId, says) => {
    const input = inputOf({ JDBC_CONNECTION_URL: JDBC_URL, SECRET_ID: 'orders' });
    expect(() => ConnectionTarget.fromInput({ ...input, catalogId })).toThrow(says);
  });

  test.each<[string, (value: SecretReference) => string]>([
    ['a template literal', (value) => `jdbc:postgresql://orders:${value as unknown as string}@db/orders`],
    ['+', (value) => 'jdbc:postgresql://db/orders?password='.concat(value as unknown as string)],
    ['String()', (value) => String(value)],
    ['join', (value) => ['orders', value].join(':')],
  ])('a SecretReference becomes a part of a string by %s', (_, act) => {
    expect(() => act(reference())).toThrow(
      'a SecretReference can not be a part of a string: pass the reference itself as the whole value',
    );
  });

  test.each([
    ['jsonField', { jsonField: '' }],
    ['versionStage', { jsonField: 'password', versionStage: '' }],
  ])('%s of a SecretReference is empty', (name, options) => {
    expect(() => createSecret(options)).toThrow(`'${name}' must not be empty`);
  });
});

describe('the template', () => {
  test.each<[string, SecretReferenceOptions | undefined, object]>([
    ['the whole secret', undefined, {}],
    ['one of its fields', { jsonField: 'password' }, { JsonKey: 'password' }],
    ['one of its versions', { versionStage: 'AWSPREVIOUS' }, { VersionStage: 'AWSPREVIOUS' }],
    [
      'a field of a version',
      { jsonField: 'password', versionStage: 'AWSPENDING' },
      { JsonKey: 'password', VersionStage: 'AWSPENDING' },
    ],
    ['what is there only to be undefined', { jsonField: undefined, versionStage: undefined }, {}],
  ])('refers to %s', (_, options, rendered) => {
    const { stack, reference } = createSecret(options);
    createTest(stack, inputOf({ JDBC_CONNECTION_URL: JDBC_URL, USERNAME: 'orders', PASSWORD: reference }));

    const [logicalId] = Object.keys(resourcesOf(stack, 'AWS::SecretsManager::Secret'));
    expect(testResourceOf(stack).Properties.TestConnectionInput).toEqual({
      ConnectionType: 'JDBC',
      ConnectionProperties: {
        JDBC_CONNECTION_URL: JDBC_URL,
        USERNAME: 'orders',
        PASSWORD: { SecretId: { Ref: logicalId }, ...rendered },
      },
    });
  });

  test('refers to an imported secret by its ARN', () => {
    const stack = createStack();
    const arn = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:orders-AbCdEf';
    const secret = secretsmanager.Secret.fromSecretCompleteArn(stack, 'Secret', arn);
    const PASSWORD = SecretReference.fromSecretsManager(secret);
    createTest(stack, inputOf({ JDBC_CONNECTION_URL: JDBC_URL, USERNAME: 'orders', PASSWORD }));

    expect(testResourceOf(stack).Properties.TestConnectionInput).toMatchObject({
      ConnectionProperties: { PASSWORD: { SecretId: arn } },
    });
    expect(statementsOn(stack, 'secretsmanager:GetSecretValue')).toEqual([[arn]]);
  });

  test('may refer to secrets in any property, and takes JDBC by host, port and engine', () => {
    const { stack, reference } = createSecret();
    const properties = {
      JDBC_ENGINE: 'mysql',
      HOST: reference,
      PORT: '3306',
      USERNAME: reference,
      PASSWORD: reference,
    };
    createTest(stack, inputOf(properties));

    const [logicalId] = Object.keys(resourcesOf(stack, 'AWS::SecretsManager::Secret'));
    const rendered = { SecretId: { Ref: logicalId } };
    expect(testResourceOf(stack).Properties.TestConnectionInput).toEqual({
      ConnectionType: 'JDBC',
      ConnectionProperties: {
        JDBC_ENGINE: 'mysql',
        HOST: rendered,
        PORT: '3306',
        USERNAME: rendered,
        PASSWORD: rendered,
      },
    });
  });

  test.each([
    ['empty', {}],
    ['left out', undefined],
    ['only undefined', { SITE: undefined }],
  ])('has the member ConnectionProperties where they are %s', (_, properties) => {
    const stack = createStack();
    const authentication = ConnectionAuthentication.iam();
    createTest(stack, { ...inputOf(properties, new glue.ConnectionType('DYNAMODB')), authentication });

    expect(testResourceOf(stack).Properties.TestConnectionInput).toEqual({
      ConnectionType: 'DYNAMODB',
      ConnectionProperties: {},
      AuthenticationConfiguration: { AuthenticationType: 'IAM' },
    });
  });

  test('has the catalog beside the input, and no name, definition or default of the handler', () => {
    const stack = createStack();
    createTest(stack, { ...inputOf({ JDBC_CONNECTION_URL: JDBC_URL, SECRET_ID: 's' }), catalogId: '444455556666' });

    const properties = testResourceOf(stack).Properties;
    expect(properties.CatalogId).toBe('444455556666');
    expect(Object.keys(properties).sort()).toEqual([
      'CatalogId',
      'ServiceTimeout',
      'ServiceToken',
      'TestConnectionInput',
      'TimeoutSeconds',
    ]);
  });

  test.each<[string, SecretReferenceOptions, SecretReferenceOptions]>([
    ['jsonField', { jsonField: 'password' }, { jsonField: 'newPassword' }],
    ['jsonField that is left out', { jsonField: 'password' }, {}],
    ['versionStage', { versionStage: 'AWSCURRENT' }, { versionStage: 'AWSPENDING' }],
  ])('is another with another %s, so that the test runs again', (_, before, after) => {
    const synthesize = (options: SecretReferenceOptions) => {
      const { stack, reference } = createSecret(options);
      createTest(stack, inputOf({ JDBC_CONNECTION_URL: JDBC_URL, USERNAME: 'orders', PASSWORD: reference }));
      const { TestConnectionInput, ...others } = testResourceOf(stack).Properties;
      return { TestConnectionInput, others };
    };

    expect(synthesize(after).TestConnectionInput).not.toEqual(synthesize(before).TestConnectionInput);
    expect(synthesize(after).others).toEqual(synthesize(before).others);
    expect(synthesize(before)).toEqual(synthesize(before));
  });
});

describe('the test may', () => {
  test('only read the value of a secret that is referred to, once per secret', () => {
    const { stack, secret } = createSecret();
    const other = new secretsmanager.Secret(stack, 'Other');
    const [username, password] = ['username', 'password'].map((jsonField) =>
      SecretReference.fromSecretsManager(secret, { jsonField }),
    );
    const DATABASE = SecretReference.fromSecretsManager(other);
    const properties = { JDBC_CONNECTION_URL: JDBC_URL, USERNAME: username, PASSWORD: password, DATABASE };
    createTest(stack, inputOf(properties));

    const readable = statementsOn(stack, 'secretsmanager:GetSecretValue').flat();
    expect(readable.sort()).toEqual([secret, other].map((one) => asText(stack.resolve(one.secretArn))).sort());
    expect(statementsOn(stack, 'glue:TestConnection')).toEqual([['*']]);
    expect([...new Set(allStatements(stack).flatMap(({ Action }) => Action))].sort()).toEqual([
      'glue:TestConnection',
      'secretsmanager:GetSecretValue',
    ]);
    Annotations.fromStack(stack).hasNoWarning('*', Match.anyValue());
  });

  test('decrypt a secret with its own key, by Secrets Manager alone', () => {
    const stack = createStack();
    const encryptionKey = new kms.Key(stack, 'Key');
    const secret = new secretsmanager.Secret(stack, 'Secret', { encryptionKey });
    const PASSWORD = SecretReference.fromSecretsManager(secret);
    createTest(stack, inputOf({ JDBC_CONNECTION_URL: JDBC_URL, USERNAME: 'orders', PASSWORD }));

    expect(allowed(stack, 'kms:Decrypt')?.resources).toEqual([asText(stack.resolve(encryptionKey.keyArn))]);
    expect(allowed(stack, 'kms:Decrypt')?.condition).toHaveProperty('StringLike.kms:ViaService');
    expect(allowed(stack, 'secretsmanager:DescribeSecret')).toBeUndefined();
    expect(allowed(stack, 'kms:GenerateDataKey')).toBeUndefined();
    Annotations.fromStack(stack).hasNoWarning('*', Match.anyValue());
  });

  test.each([
    ['SECRET_ID', glue.ConnectionType.JDBC, { JDBC_CONNECTION_URL: JDBC_URL }],
    ['KAFKA_SASL_SCRAM_SECRETS_ARN', glue.ConnectionType.KAFKA, { KAFKA_BOOTSTRAP_SERVERS: 'kafka:9096' }],
  ])('read and describe the secret that Glue reads by %s', (name, type, properties) => {
    const { stack, secret } = createSecret(undefined, {});
    createTest(stack, inputOf({ ...properties, [name]: secret.secretArn }, type));

    const arn = asText(stack.resolve(secret.secretArn));
    expect(statementsOn(stack, 'secretsmanager:GetSecretValue')).toEqual([[arn]]);
    expect(statementsOn(stack, 'secretsmanager:DescribeSecret')).toEqual([[arn]]);
    Annotations.fromStack(stack).hasNoWarning('*', Match.anyValue());
  });

  test('read and describe a secret that SECRET_ID names by its name', () => {
    const stack = createStack();
    createTest(stack, inputOf({ JDBC_CONNECTION_URL: JDBC_URL, SECRET_ID: 'prod/orders' }));

    const arn = 'arn:${AWS::Partition}:secretsmanager:${AWS::Region}:${AWS::AccountId}:secret:prod/orders-??????';
    expect(statementsOn(stack, 'secretsmanager:GetSecretValue')).toEqual([[arn]]);
    expect(statementsOn(stack, 'secretsmanager:DescribeSecret')).toEqual([[arn]]);
    Annotations.fromStack(stack).hasNoWarning('*', Match.anyValue());
  });

  test("read the 'secret' prop beside what is referred to, where SECRET_ID is only known at deployment", () => {
    const { stack, secret, reference } = createSecret();
    const named = secretsmanager.Secret.fromSecretNameV2(stack, 'Named', 'orders');
    const SECRET_ID = new CfnParameter(stack, 'Credentials').valueAsString;
    new ConnectionTest(stack, 'Test', {
      target: ConnectionTarget.fromInput(inputOf({ JDBC_CONNECTION_URL: JDBC_URL, SECRET_ID, DATABASE: reference })),
      secret: named,
    });

    const readable = statementsOn(stack, 'secretsmanager:GetSecretValue').flat();
    expect(readable).toHaveLength(2);
    expect(readable).toContain(asText(stack.resolve(secret.secretArn)));
    expect(statementsOn(stack, 'secretsmanager:DescribeSecret').flat()).toEqual([
      expect.stringMatching(/:secret:orders-\?{6}$/),
    ]);
    Annotations.fromStack(stack).hasNoWarning('*', Match.anyValue());
  });

  test('do nothing with a secret that only a parameter names, and warns of it', () => {
    const stack = createStack();
    const SECRET_ID = new CfnParameter(stack, 'Credentials').valueAsString;
    createTest(stack, inputOf({ JDBC_CONNECTION_URL: JDBC_URL, SECRET_ID }));

    expect(allowed(stack, 'secretsmanager:GetSecretValue')).toBeUndefined();
    Annotations.fromStack(stack).hasWarning('/Stack/Test', Match.stringLikeRegexp('secretUnknown'));
  });

  test('pass the role of ROLE_ARN to Glue alone', () => {
    const stack = createStack();
    const ROLE_ARN = 'arn:aws:iam::111122223333:role/store';
    const authentication = ConnectionAuthentication.iam();
    createTest(stack, { ...inputOf({ ROLE_ARN }, glue.ConnectionType.SALESFORCE), authentication });

    expect(allowed(stack, 'iam:PassRole')).toEqual({
      resources: [ROLE_ARN],
      condition: { StringEquals: { 'iam:PassedToService': 'glue.amazonaws.com' } },
    });
    Annotations.fromStack(stack).hasNoWarning('*', Match.anyValue());
  });

  test('read the secret that Glue reads for an authentication, and each that it refers to', () => {
    const { stack, secret, reference } = createSecret({ jsonField: 'jwt' });
    const read = new secretsmanager.Secret(stack, 'ReadByGlue');
    const application = new secretsmanager.Secret(stack, 'Application');
    const authentication = ConnectionAuthentication.oauth2JwtBearer({
      jwtToken: reference,
      accessToken: SecretReference.fromSecretsManager(secret, { jsonField: 'access' }),
      clientApplication: OAuth2ClientApplication.userManaged({
        clientId: SecretReference.fromSecretsManager(application, { jsonField: 'id' }),
        clientSecret: SecretReference.fromSecretsManager(application, { jsonField: 'secret' }),
      }),
      secret: read,
      kmsKey: kms.Key.fromKeyArn(stack, 'Key', KEY_ARN),
    });
    createTest(stack, { ...inputOf({}, glue.ConnectionType.SALESFORCE), authentication });

    const arns = [secret, read, application].map((one) => asText(stack.resolve(one.secretArn)));
    expect(statementsOn(stack, 'secretsmanager:GetSecretValue').flat().sort()).toEqual(arns.sort());
    expect(statementsOn(stack, 'secretsmanager:DescribeSecret')).toEqual([[asText(stack.resolve(read.secretArn))]]);
    expect(statementsOn(stack, 'kms:GenerateDataKey')).toEqual([[KEY_ARN]]);
    expect(statementsOn(stack, 'kms:Decrypt')).toEqual([[KEY_ARN]]);
    Annotations.fromStack(stack).hasNoWarning('*', Match.anyValue());
  });

  test('neither get a connection nor make network interfaces', () => {
    const { stack, reference } = createSecret();
    createTest(stack, inputOf({ JDBC_CONNECTION_URL: JDBC_URL, USERNAME: 'orders', PASSWORD: reference }));

    const actions = allStatements(stack).flatMap(({ Action }) => Action);
    expect(actions).not.toContain('glue:GetConnection');
    expect(actions).not.toContain('iam:PassRole');
    expect(actions.filter((action) => /^(ec2|kms):/.test(action))).toEqual([]);
  });
});

describe('a connection that waits for the test', () => {
  test.each([
    ['no key of its own', false],
    ['a key of the stack', true],
  ])('may use the same secret of the same stack, with %s', (_, ownKey) => {
    const app = new App();
    const stack = new Stack(app, 'Stack');
    const encryptionKey = ownKey ? new kms.Key(stack, 'Key') : undefined;
    const secret = new secretsmanager.Secret(stack, 'Secret', { encryptionKey });
    const PASSWORD = SecretReference.fromSecretsManager(secret, { jsonField: 'password' });
    const connection = createConnection(stack, 'Orders', { properties: { JDBC_CONNECTION_URL: JDBC_URL }, secret });
    const connectionTest = createTest(stack, inputOf({ JDBC_CONNECTION_URL: JDBC_URL, USERNAME: 'orders', PASSWORD }));
    connectionTest.executeBefore(connection);

    expect(() => app.synth()).not.toThrow();
    const [testId] = Object.keys(resourcesOf(stack, 'Custom::GlueConnectionTest'));
    const [waiting] = Object.values(resourcesOf(stack, 'AWS::Glue::Connection'));
    expect(waiting!.DependsOn).toEqual([testId]);
    const [connectionId] = Object.keys(resourcesOf(stack, 'AWS::Glue::Connection'));
    expect(JSON.stringify(testResourceOf(stack))).not.toContain(connectionId);
  });

  test('may be tested once more after it', () => {
    const { stack, secret, reference } = createSecret();
    const connection = createConnection(stack, 'Orders', { properties: { JDBC_CONNECTION_URL: JDBC_URL }, secret });
    const before = createTest(
      stack,
      inputOf({ JDBC_CONNECTION_URL: JDBC_URL, USERNAME: 'orders', PASSWORD: reference }),
      'Before',
    );
    before.executeBefore(connection);
    new ConnectionTest(stack, 'After', { target: ConnectionTarget.fromConnection(connection) });

    const tests = resourcesOf(stack, 'Custom::GlueConnectionTest');
    const idOf = (prefix: string) => Object.keys(tests).find((logicalId) => logicalId.startsWith(prefix))!;
    const [rendered] = Object.entries(resourcesOf(stack, 'AWS::Glue::Connection'));
    expect(rendered![1].DependsOn).toEqual([idOf('Before')]);
    expect(tests[idOf('After')]!.DependsOn).toContain(rendered![0]);
  });

  test('may be in another stack', () => {
    const app = new App();
    const tests = new Stack(app, 'Tests');
    const secret = new secretsmanager.Secret(tests, 'Secret');
    const PASSWORD = SecretReference.fromSecretsManager(secret);
    const connections = new Stack(app, 'Connections');
    const connection = createConnection(connections);
    createTest(tests, inputOf({ JDBC_CONNECTION_URL: JDBC_URL, USERNAME: 'orders', PASSWORD })).executeBefore(
      connection,
    );

    expect(() => app.synth()).not.toThrow();
    expect(connections.dependencies).toEqual([tests]);
  });
});

test('a secret of another stack is imported, and granted by the import', () => {
  const app = new App();
  const secrets = new Stack(app, 'Secrets');
  const secret = new secretsmanager.Secret(secrets, 'Secret', { encryptionKey: new kms.Key(secrets, 'Key') });
  const stack = new Stack(app, 'Stack');
  const PASSWORD = SecretReference.fromSecretsManager(secret);
  createTest(stack, inputOf({ JDBC_CONNECTION_URL: JDBC_URL, USERNAME: 'orders', PASSWORD }));

  const [resource] = Object.values(Template.fromStack(stack).findResources('Custom::GlueConnectionTest'));
  expect(resource).toHaveProperty('Properties.TestConnectionInput.ConnectionProperties.PASSWORD.SecretId', {
    'Fn::ImportValue': expect.stringContaining('Secret') as unknown,
  });
  expect(statementsOn(stack, 'secretsmanager:GetSecretValue')).toEqual([[expect.stringContaining('Fn::ImportValue')]]);
  expect(statementsOn(stack, 'kms:Decrypt')).toEqual([[expect.stringContaining('Fn::ImportValue')]]);
});
