import { App, CfnParameter, Fn, NestedStack, Stack, type IResolvable } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as glue from 'aws-cdk-lib/aws-glue';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { ConnectionTarget, ConnectionTest, type ConnectionTestProps } from '../../../lib/index';
import { createConnection, createStack, testResourceOf } from '../harness';

type Input = Partial<glue.CfnConnection.ConnectionInputProperty>;

function createL1(stack: Stack, input: Input): glue.CfnConnection {
  return new glue.CfnConnection(stack, 'Orders', {
    catalogId: stack.account,
    connectionInput: { connectionType: 'JDBC', ...input },
  });
}

function watched(stack: Stack, input: Input, props: Partial<ConnectionTestProps> = {}): unknown {
  const target = ConnectionTarget.fromCfnConnection(createL1(stack, input));
  new ConnectionTest(stack, 'Test', { target, ...props });
  return testResourceOf(stack).Properties.Watch;
}

describe('is watched', () => {
  test('an endpoint that is only known at deployment, wherever it stands in the connection', () => {
    const stack = createStack();
    const host = new CfnParameter(stack, 'Host').valueAsString;
    const subnetId = new CfnParameter(stack, 'Subnet').valueAsString;

    expect(
      watched(stack, {
        connectionProperties: {
          JDBC_CONNECTION_URL: `jdbc:postgresql://${host}:5432/orders`,
          JDBC_ENFORCE_SSL: 'true',
        },
        physicalConnectionRequirements: {
          subnetId,
          securityGroupIdList: ['sg-0123456789abcdef0', Fn.importValue('Group')],
        },
      }),
    ).toEqual({
      'ConnectionProperties.JDBC_CONNECTION_URL': {
        'Fn::Join': ['', ['jdbc:postgresql://', { Ref: 'Host' }, ':5432/orders']],
      },
      'PhysicalConnectionRequirements.SubnetId': { Ref: 'Subnet' },
      'PhysicalConnectionRequirements.SecurityGroupIdList.1': { 'Fn::ImportValue': 'Group' },
    });
  });

  test('a value of the parameter store, and one that an override sets', () => {
    const stack = createStack();
    const connection = createL1(stack, { connectionProperties: { HOST: '{{resolve:ssm:/orders/host}}' } });
    connection.addPropertyOverride('ConnectionInput.ConnectionProperties.PORT', { Ref: 'Port' });
    new CfnParameter(stack, 'Port');
    new ConnectionTest(stack, 'Test', { target: ConnectionTarget.fromCfnConnection(connection) });

    expect(testResourceOf(stack).Properties.Watch).toEqual({
      'ConnectionProperties.HOST': '{{resolve:ssm:/orders/host}}',
      'ConnectionProperties.PORT': { Ref: 'Port' },
    });
  });

  test('what is set on the connection after the test was made', () => {
    const stack = createStack();
    const connection = createConnection(stack);
    new ConnectionTest(stack, 'Test', { target: ConnectionTarget.fromConnection(connection) });
    connection.addProperty('JDBC_ENFORCE_SSL', new CfnParameter(stack, 'Ssl').valueAsString);

    expect(testResourceOf(stack).Properties.Watch).toEqual({ 'ConnectionProperties.JDBC_ENFORCE_SSL': { Ref: 'Ssl' } });
  });

  test('the secret, by its ARN: another one in its place has another', () => {
    const stack = createStack();
    const secret = new secretsmanager.Secret(stack, 'Secret');
    const ref = { Ref: stack.getLogicalId(secret.node.defaultChild as secretsmanager.CfnSecret) };

    expect(watched(stack, { connectionProperties: { SECRET_ID: secret.secretArn } }, { secret })).toEqual({
      'ConnectionProperties.SECRET_ID': ref,
      Secret: ref,
    });
  });

  test('an imported secret, of a connection that is known by its name only', () => {
    const watchedWith = (name: string) => {
      const stack = createStack();
      const secret = secretsmanager.Secret.fromSecretNameV2(stack, 'Secret', name);
      new ConnectionTest(stack, 'Test', { target: ConnectionTarget.fromName('orders', { inVpc: false }), secret });
      return testResourceOf(stack).Properties.Watch;
    };

    expect(watchedWith('one')).toEqual(watchedWith('one'));
    expect(watchedWith('one')).not.toEqual(watchedWith('other'));
  });
});

describe('is watched as soon as it is only known at deployment', () => {
  test.each([
    ...['JDBC_CONNECTION_URL', 'CONNECTION_URL', 'HOST', 'PORT', 'DATABASE', 'KAFKA_BOOTSTRAP_SERVERS', 'ENDPOINT'],
    ...['JDBC_ENFORCE_SSL', 'SECRET_ID', 'KAFKA_SASL_SCRAM_SECRETS_ARN', 'ROLE_ARN'],
  ])('the property %s', (name) => {
    const stack = createStack();
    new CfnParameter(stack, 'X');

    expect(watched(stack, { connectionProperties: { [name]: Fn.ref('X') } })).toEqual({
      [`ConnectionProperties.${name}`]: { Ref: 'X' },
    });
  });

  test('what the network and the authentication name', () => {
    const stack = createStack();
    const value = new CfnParameter(stack, 'X').valueAsString;
    const list = new CfnParameter(stack, 'List', { type: 'List<AWS::EC2::SecurityGroup::Id>' }).valueAsList;

    expect(
      watched(stack, {
        physicalConnectionRequirements: { availabilityZone: value, subnetId: value, securityGroupIdList: list },
        authenticationConfiguration: {
          authenticationType: 'OAUTH2',
          secretArn: value,
          oAuth2Properties: { tokenUrl: value },
        },
      }),
    ).toEqual({
      'AuthenticationConfiguration.OAuth2Properties.TokenUrl': { Ref: 'X' },
      'AuthenticationConfiguration.SecretArn': { Ref: 'X' },
      'PhysicalConnectionRequirements.AvailabilityZone': { Ref: 'X' },
      'PhysicalConnectionRequirements.SecurityGroupIdList': { Ref: 'List' },
      'PhysicalConnectionRequirements.SubnetId': { Ref: 'X' },
    });
  });
});

describe('is not watched', () => {
  test.each(['USERNAME', 'A_PROPERTY_OF_TOMORROW', 'HOST.PASSWORD', 'ENCRYPTED_PASSWORD', 'CLIENT_ID'])(
    'a property that is not in the list, such as %s',
    (name) => {
      const stack = createStack();
      new CfnParameter(stack, 'X');

      expect(watched(stack, { connectionProperties: { [name]: Fn.ref('X') } })).toBeUndefined();
    },
  );

  test('credentials in the authentication', () => {
    const stack = createStack();
    const password = new CfnParameter(stack, 'X').valueAsString;
    const basicAuthenticationCredentials = { username: password, password };

    expect(
      watched(stack, {
        authenticationConfiguration: { authenticationType: 'BASIC', basicAuthenticationCredentials },
      }),
    ).toBeUndefined();
  });

  test.each([
    ['what is known at synthesis', () => ({ HOST: 'db', PORT: '5432' })],
    [
      'what is the same in each deployment of a stack',
      (stack: Stack) => ({ HOST: `db.${stack.region}.${stack.urlSuffix}` }),
    ],
    ['a password', (stack: Stack) => ({ PASSWORD: new CfnParameter(stack, 'Pw').valueAsString })],
    [
      'a parameter that is not to be shown',
      (stack: Stack) => ({ HOST: new CfnParameter(stack, 'Host', { noEcho: true }).valueAsString }),
    ],
    [
      'a parameter that is not to be shown, in a URL',
      (stack: Stack) => ({
        JDBC_CONNECTION_URL: `jdbc:postgresql://${new CfnParameter(stack, 'X', { noEcho: true }).valueAsString}/orders`,
      }),
    ],
    [
      'a URL with a password that is only known at deployment',
      (stack: Stack) => ({
        JDBC_CONNECTION_URL: `jdbc:postgresql://db/orders?user=a&password=${new CfnParameter(stack, 'X').valueAsString}`,
      }),
    ],
    ['a secret that CloudFormation resolves', () => ({ HOST: '{{resolve:secretsmanager:orders:SecretString:host}}' })],
    ['a secure parameter that CloudFormation resolves', () => ({ HOST: '{{resolve:ssm-secure:/orders/host:1}}' })],
  ])('%s', (_, propertiesIn: (stack: Stack) => Record<string, string>) => {
    const stack = createStack();

    expect(watched(stack, { connectionProperties: propertiesIn(stack) })).toBeUndefined();
  });

  test('a parameter that is not to be shown, which an override names by hand', () => {
    const stack = createStack();
    new CfnParameter(stack, 'Host', { noEcho: true });
    const connection = createL1(stack, { connectionProperties: { PORT: '5432' } });
    connection.addPropertyOverride('ConnectionInput.ConnectionProperties.HOST', { 'Fn::Sub': 'db.${Host}' });
    new ConnectionTest(stack, 'Test', { target: ConnectionTarget.fromCfnConnection(connection) });

    expect(testResourceOf(stack).Properties.Watch).toBeUndefined();
  });

  test('a parameter that is not to be shown, of the stack around', () => {
    const stack = createStack();
    const nested = new NestedStack(stack, 'Nested');
    const host = new CfnParameter(stack, 'Host', { noEcho: true }).valueAsString;
    const port = new CfnParameter(stack, 'Port').valueAsString;

    expect(Object.keys(watched(nested, { connectionProperties: { HOST: host, PORT: port } }) as object)).toEqual([
      'ConnectionProperties.PORT',
    ]);
  });

  test.each<[string, (stack: Stack) => Record<string, string> | IResolvable]>([
    [
      'a map under a condition, which may hold a password',
      (stack) =>
        Fn.conditionIf('Big', { PASSWORD: new CfnParameter(stack, 'X').valueAsString }, { PASSWORD: 'hunter2' }),
    ],
    [
      'a password in a substituted URL',
      () => ({ JDBC_CONNECTION_URL: Fn.sub('jdbc:mysql://${Host}/db?user=u&password=hunter2') }),
    ],
    [
      'an attribute that is a secret',
      (stack) => ({
        HOST: new iam.AccessKey(stack, 'Key', { user: new iam.User(stack, 'User') }).secretAccessKey.unsafeUnwrap(),
      }),
    ],
    [
      'a parameter that is not to be shown, below another construct, in a substitution',
      (stack) => {
        const parameter = new CfnParameter(new Construct(stack, 'Scope'), 'X', { noEcho: true });
        return { HOST: Fn.sub(`db.\${${stack.resolve(parameter.logicalId) as string}}`) };
      },
    ],
    ...['DB_PW', 'USER_CREDS', 'PASSCODE', 'PASSWORD2', 'API_TOKEN_VALUE'].map(
      (name): [string, (stack: Stack) => Record<string, string>] => [
        name,
        (stack) => ({ [name]: new CfnParameter(stack, 'X').valueAsString }),
      ],
    ),
  ])('%s', (_, propertiesIn) => {
    const stack = createStack();

    expect(watched(stack, { connectionProperties: propertiesIn(stack) })).toBeUndefined();
  });

  test('an attribute that is a secret, which an override names in one text', () => {
    const stack = createStack();
    const connection = createL1(stack, { connectionProperties: { PORT: '5432' } });
    connection.addPropertyOverride('ConnectionInput.ConnectionProperties.HOST', { 'Fn::GetAtt': 'Store.Password' });
    new ConnectionTest(stack, 'Test', { target: ConnectionTarget.fromCfnConnection(connection) });

    expect(testResourceOf(stack).Properties.Watch).toBeUndefined();
  });

  test('a parameter that a nested stack shows, but not the stack around', () => {
    const stack = createStack();
    const value = new CfnParameter(stack, 'Hidden', { noEcho: true }).valueAsString;
    const nested = new NestedStack(stack, 'Nested', { parameters: { Shown: value } });

    expect(
      watched(nested, { connectionProperties: { HOST: new CfnParameter(nested, 'Shown').valueAsString } }),
    ).toBeUndefined();
  });

  test('a connection of another stack, which would tie the stacks together', () => {
    const app = new App();
    const stack = new Stack(app, 'Connections');
    const connection = createL1(stack, {
      connectionProperties: { HOST: new CfnParameter(stack, 'Host').valueAsString },
    });
    const tests = new Stack(app, 'Tests');
    new ConnectionTest(tests, 'Test', { target: ConnectionTarget.fromCfnConnection(connection) });

    expect(testResourceOf(tests).Properties.Watch).toBeUndefined();
  });
});

describe('the template', () => {
  const synthesize = (props: Partial<ConnectionTestProps> = {}) => {
    const stack = createStack();
    new ConnectionTest(stack, 'Test', { target: ConnectionTarget.fromConnection(createConnection(stack)), ...props });
    return JSON.stringify(Template.fromStack(stack).toJSON());
  };

  test('is the same, byte for byte, in each synthesis', () => {
    expect(synthesize()).toBe(synthesize());
  });

  test('is another one in each synthesis where the test runs in every deployment', async () => {
    const first = synthesize({ everyDeployment: true });
    await new Promise((resolve) => setTimeout(resolve, 2));

    expect(synthesize({ everyDeployment: true })).not.toBe(first);
    expect(synthesize({ everyDeployment: false })).toBe(synthesize());
  });
});

describe('an expression', () => {
  const hostOf = (expression: object) => {
    const stack = createStack();
    const connection = createL1(stack, { connectionProperties: {} });
    connection.addPropertyOverride('ConnectionInput.ConnectionProperties.HOST', expression);
    new ConnectionTest(stack, 'Test', { target: ConnectionTarget.fromCfnConnection(connection) });
    return testResourceOf(stack).Properties.Watch;
  };

  test.each([
    { 'Fn::Base64': 'a' },
    { 'Fn::Join': ['', ['a', { Ref: 'AWS::Region' }]] },
    { 'Fn::Select': [0, ['a']] },
    { 'Fn::Split': [',', 'a,b'] },
    { 'Fn::ToJsonString': { a: 'b' } },
  ])('that is the same in each deployment is not watched: %j', (expression) => {
    expect(hostOf(expression)).toBeUndefined();
  });

  test.each([
    { 'Fn::Base64': { Ref: 'Host' } },
    { 'Fn::Join': ['', ['a', { Ref: 'Host' }]] },
    { 'Fn::Select': [0, { 'Fn::GetAZs': '' }] },
    { 'Fn::FindInMap': ['a', 'b', 'c'] },
    { 'Fn::Join': ['', ['{{resolve:ssm:/host}}', null]] },
  ])('that may change is: %j', (expression) => {
    expect(hostOf(expression)).toEqual({ 'ConnectionProperties.HOST': expression });
  });
});
