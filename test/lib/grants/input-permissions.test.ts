import { App, CfnParameter, Stack } from 'aws-cdk-lib';
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
} from '../../../lib/index';
import { allowed, allStatements, asText, createConnection, createStack, resourcesOf, testResourceOf } from '../harness';
import { createSecret, createTest, inputOf, JDBC_URL, KEY_ARN, statementsOn } from '../inputs';

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
    expect(tests[idOf('After')]!.Properties.ConnectionName).toEqual({ Ref: rendered![0] });
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

test('fails when what holds the secret is to wait for the test, which would close a circle', () => {
  const { stack, secret, reference } = createSecret();
  const connectionTest = createTest(
    stack,
    inputOf({ JDBC_CONNECTION_URL: JDBC_URL, USERNAME: 'orders', PASSWORD: reference }),
  );

  expect(() => connectionTest.executeBefore(secret)).toThrow(
    "'scopes' must not contain what the test itself waits for",
  );
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
