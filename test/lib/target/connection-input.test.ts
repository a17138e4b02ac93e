import * as glue from 'aws-cdk-lib/aws-glue';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import {
  ConnectionAuthentication,
  ConnectionTarget,
  SecretReference,
  type SecretReferenceOptions,
} from '../../../lib/index';
import { createStack, resourcesOf, testResourceOf } from '../harness';
import { createSecret, createTest, HIDDEN, inputOf, JDBC_URL, messageOf, statementsOn } from '../inputs';

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
    ['is a number', { SITE: 5432 }, "'connectionProperties.SITE' must be a string, got: number"],
    ['is null', { SITE: null }, "'connectionProperties.SITE' must be a string, got: object"],
    ['is a list', { SITE: [HIDDEN] }, "'connectionProperties.SITE' must be a string, got: object"],
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
      `'secretConnectionProperties.${name}' must be a string in 'connectionProperties', got: a SecretReference`,
    );
  });

  test('a SecretReference is among the plain properties', () => {
    const connectionProperties = { JDBC_CONNECTION_URL: JDBC_URL, USERNAME: reference() as never, PASSWORD: 'x' };
    expect(() =>
      ConnectionTarget.fromInput({ connectionType: glue.ConnectionType.JDBC, connectionProperties }),
    ).toThrow(
      "'connectionProperties.USERNAME' must be a string, got: a SecretReference, which belongs in " +
        "'secretConnectionProperties'",
    );
  });

  test('a property is given twice', () => {
    const connectionProperties = { JDBC_CONNECTION_URL: JDBC_URL, SECRET_ID: 'orders', USERNAME: 'orders' };
    expect(() =>
      ConnectionTarget.fromInput({
        connectionType: glue.ConnectionType.JDBC,
        connectionProperties,
        secretConnectionProperties: { USERNAME: reference() },
      }),
    ).toThrow("'secretConnectionProperties.USERNAME' must not be in 'connectionProperties' as well");
  });

  test.each([
    ['a string', HIDDEN],
    ['a map', {}],
    ['null', null],
  ])('a secret property is %s', (_, value) => {
    const message = messageOf(() =>
      ConnectionTarget.fromInput({
        connectionType: new glue.ConnectionType('JIRACLOUD'),
        secretConnectionProperties: { API_KEY: value as never },
      }),
    );
    expect(message).toContain("'secretConnectionProperties.API_KEY' must be a SecretReference");
    expect(message).not.toContain(HIDDEN);
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

  test('a SecretReference becomes a part of a string in Python, which shows it as any object', () => {
    const JDBC_CONNECTION_URL = 'jdbc:postgresql://db/<cdk_glue_connection_test.SecretReference object at 0x7f3a>';

    expect(() => ConnectionTarget.fromInput(inputOf({ JDBC_CONNECTION_URL, SECRET_ID: 'orders' }))).toThrow(
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
