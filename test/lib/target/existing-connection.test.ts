import * as cdk from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import * as glue from 'aws-cdk-lib/aws-glue';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { ConnectionTarget, ConnectionTest, type ExistingConnectionOptions } from '../../../lib/index';
import { allowed, createConnection, createStack, testResourceOf } from '../harness';

function imported(stack: cdk.Stack): glue.IConnection {
  return glue.Connection.fromConnectionName(stack, 'Imported', 'orders');
}

describe('what is not known of a connection', () => {
  const SECRET = "pass 'secret' to the test if the connection has one, or 'hasSecret: false' to the ConnectionTarget";
  const OWN_SECRET = "pass its 'secret' to the test";
  const IN_VPC = "pass 'inVpc' to the ConnectionTarget";
  const factories: [string, (stack: cdk.Stack, options: ExistingConnectionOptions) => ConnectionTarget][] = [
    ['a name', (_, options) => ConnectionTarget.fromName('orders', options)],
    ['an import', (stack, options) => ConnectionTarget.fromConnection(imported(stack), options)],
    [
      'a definition under a condition',
      (stack, options) =>
        ConnectionTarget.fromCfnConnection(
          new glue.CfnConnection(stack, 'Orders', {
            catalogId: stack.account,
            connectionInput: cdk.Fn.conditionIf('Large', { ConnectionType: 'JDBC' }, { ConnectionType: 'KAFKA' }),
          }),
          options,
        ),
    ],
  ];
  const cases: [ExistingConnectionOptions & { isSecretGiven?: boolean }, string[]][] = [
    [{}, [SECRET, IN_VPC]],
    [{ inVpc: true }, [SECRET]],
    [{ inVpc: false }, [SECRET]],
    [{ hasSecret: false }, [IN_VPC]],
    [{ hasSecret: true }, [OWN_SECRET, IN_VPC]],
    [{ hasSecret: true, inVpc: false }, [OWN_SECRET]],
    [{ isSecretGiven: true }, [IN_VPC]],
    [{ hasSecret: false, inVpc: false }, []],
    [{ hasSecret: true, inVpc: true, isSecretGiven: true }, []],
  ];

  test.each(factories.flatMap(([what, create]) => cases.map(([given, asked]) => ({ what, given, asked, create }))))(
    'by $what, given $given, is asked for: $asked',
    ({ given: { isSecretGiven, ...options }, asked, create }) => {
      const stack = createStack();
      const secret = isSecretGiven ? secretsmanager.Secret.fromSecretNameV2(stack, 'Secret', 'orders') : undefined;
      new ConnectionTest(stack, 'Test', { target: create(stack, options), secret });

      const warnings = Annotations.fromStack(stack).findWarning('/Stack/Test', Match.anyValue());
      const expected = `the permissions that the test needs are unknown until deployment: ${asked.join('; ')}; without`;
      expect(warnings.map(({ entry }) => entry.data)).toEqual(
        asked.length === 0 ? [] : [expect.stringContaining(expected)],
      );
      expect(allowed(stack, 'ec2:CreateNetworkInterface') !== undefined).toBe(options.inVpc === true);
      expect(allowed(stack, 'secretsmanager:GetSecretValue') !== undefined).toBe(isSecretGiven === true);
    },
  );

  test('is what a definition says where it says so, also when it is said again', () => {
    const stack = createStack();
    new ConnectionTest(stack, 'Test', {
      target: ConnectionTarget.fromConnection(createConnection(stack), { inVpc: false, hasSecret: false }),
    });

    Annotations.fromStack(stack).hasNoWarning('/Stack/Test', Match.anyValue());
  });

  test('may be a secret that is not where secrets are named', () => {
    const stack = createStack();
    const secret = new secretsmanager.Secret(stack, 'Secret');
    const target = ConnectionTarget.fromConnection(createConnection(stack), { hasSecret: true });
    new ConnectionTest(stack, 'Test', { target, secret });

    expect(allowed(stack, 'secretsmanager:GetSecretValue')?.resources).toEqual(['${SecretA720EF05}']);
  });

  test.each<[string, ExistingConnectionOptions, string]>([
    ['a network', { inVpc: true }, "'inVpc' must be false, as the definition of Stack/Orders/Resource says, got: true"],
    ['no secret', { hasSecret: false }, "'hasSecret' must be true, as the definition of Stack/Orders/Resource says"],
  ])('fails when it is %s, and the definition says something else', (_, options, message) => {
    const connection = createConnection(createStack(), 'Orders', { properties: { SECRET_ID: 'orders' } });
    expect(() => ConnectionTarget.fromConnection(connection, options)).toThrow(message);
  });

  test('fails when there is a secret, and none at the same time', () => {
    const stack = createStack();
    const secret = secretsmanager.Secret.fromSecretNameV2(stack, 'Secret', 'orders');
    const target = ConnectionTarget.fromName('orders', { hasSecret: false, inVpc: false });

    expect(() => new ConnectionTest(stack, 'Test', { target, secret })).toThrow(
      "'secret' must not be given for a target with 'hasSecret: false', got: Stack/Secret; leave one of them out",
    );
  });
});

describe('the secret of a test is what the secret of a glue.Connection is:', () => {
  const KEY = { 'Fn::GetAtt': ['Key961B73FD', 'Arn'] };

  test('a CfnSecret, with its key', () => {
    const stack = createStack();
    const secret = new secretsmanager.CfnSecret(stack, 'Secret', { kmsKeyId: new kms.Key(stack, 'Key').keyId });
    const connection = createConnection(stack, 'Orders', { properties: {}, secret });
    const target = ConnectionTarget.fromConnection(connection);
    const test = new ConnectionTest(stack, 'Test', { target, secret });

    expect(allowed(stack, 'secretsmanager:GetSecretValue')?.resources).toEqual(['${Secret}']);
    expect(allowed(stack, 'kms:Decrypt')?.resources).toEqual([`\${${KEY['Fn::GetAtt'].join('.')}}`]);
    expect(testResourceOf(stack).Properties).toMatchObject({ Watch: { Secret: { Ref: 'Secret' } } });
    expect(() => test.executeBefore(secret)).toThrow("'scopes' must not contain what the test itself waits for");
  });

  test('a CfnSecret of another stack, which is not tied to it by what it watches', () => {
    const app = new cdk.App();
    const env = { account: '111122223333', region: 'eu-west-1' };
    const secret = new secretsmanager.CfnSecret(new cdk.Stack(app, 'Other', { env }), 'Secret');
    const stack = new cdk.Stack(app, 'Stack', { env });
    new ConnectionTest(stack, 'Test', {
      target: ConnectionTarget.fromName('orders', { inVpc: false }),
      secret,
    });

    expect(testResourceOf(stack).Properties).not.toHaveProperty('Watch');
  });

  test('anything that refers to one', () => {
    const stack = createStack();
    class Reference extends cdk.Resource implements secretsmanager.ISecretRef {
      readonly secretRef = { secretId: 'orders' };
    }
    new ConnectionTest(stack, 'Test', {
      target: ConnectionTarget.fromName('orders', { inVpc: false }),
      secret: new Reference(stack, 'Reference'),
    });

    expect(allowed(stack, 'secretsmanager:GetSecretValue')?.resources).toEqual([
      'arn:${AWS::Partition}:secretsmanager:${AWS::Region}:${AWS::AccountId}:secret:orders-??????',
    ]);
    Annotations.fromStack(stack).hasNoWarning('/Stack/Test', Match.anyValue());
  });
});

describe('a test of a NETWORK connection', () => {
  const targets: [string, (stack: cdk.Stack) => ConnectionTarget][] = [
    [
      'of this app',
      (stack) =>
        ConnectionTarget.fromConnection(new glue.Connection(stack, 'Network', { type: glue.ConnectionType.NETWORK })),
    ],
    ['that need not exist', () => ConnectionTarget.fromInput({ connectionType: glue.ConnectionType.NETWORK })],
  ];

  test.each(targets)('%s is warned of, until that is acknowledged', (_, create) => {
    const [warned, acknowledged] = [createStack(), createStack()];
    new ConnectionTest(warned, 'Test', { target: create(warned) });
    const known = new ConnectionTest(acknowledged, 'Test', { target: create(acknowledged) });
    cdk.Annotations.of(known).acknowledgeWarning('cdk-glue-connection-test:networkTested');

    Annotations.fromStack(warned).hasWarning(
      '/Stack/Test',
      Match.stringLikeRegexp('a connection of the type NETWORK names no data store to connect to'),
    );
    Annotations.fromStack(acknowledged).hasNoWarning('/Stack/Test', Match.anyValue());
  });
});

test('fails when the name of an input is used, which has none', () => {
  const stack = createStack();
  const target = ConnectionTarget.fromInput({
    connectionType: glue.ConnectionType.JDBC,
    connectionProperties: { JDBC_CONNECTION_URL: 'jdbc:postgresql://db:5432/orders', SECRET_ID: 'orders' },
  });
  const test = new ConnectionTest(stack, 'Test', { target });

  expect(() => test.connectionName).toThrow(
    "'connectionName' is not available for the test of an input, which has no name, got: Stack/Test; use the connection " +
      'that is created after it, and executeBefore',
  );
  expect(stack.resolve(test.outcome)).toEqual({ 'Fn::GetAtt': [expect.any(String), 'Outcome'] });
});
