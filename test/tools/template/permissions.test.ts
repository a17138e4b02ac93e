import { Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as glue from 'aws-cdk-lib/aws-glue';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import {
  ConnectionAuthentication,
  ConnectionTarget,
  ConnectionTest,
  ConnectionTestProvider,
  SecretReference,
  type ConnectionTestProviderProps,
} from '../../../lib/index';
import { createConnection, createStack, resourcesOf } from '../../lib/harness';
import { providerTemplate, statementsOf } from './built';

const template = providerTemplate();

/** What the template's role may do with these parameters, beside the others' defaults. */
function actionsWith(parameters: readonly string[]): string[] {
  return sorted(
    statementsOf(template)
      .filter(({ condition }) => condition === undefined || parameters.includes(condition.replace(/^Has/, '')))
      .flatMap(({ Action }) => Action),
  );
}

/** What the constructs grant to all tests of a stack and to their function. */
function actionsGranted(stack: Stack): string[] {
  const policies = ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy', 'AWS::IAM::Role'].flatMap((type) =>
    Object.values(resourcesOf(stack, type)).flatMap(({ Properties }) => [
      { PolicyDocument: Properties.PolicyDocument },
      ...((Properties.Policies ?? []) as object[]),
    ]),
  ) as { PolicyDocument?: { Statement: { Action: string | string[] }[] } }[];
  return sorted(
    policies.flatMap(({ PolicyDocument }) => (PolicyDocument?.Statement ?? []).flatMap(({ Action }) => Action)),
  );
}

function sorted(actions: readonly string[]): string[] {
  return [...new Set(actions)].sort();
}

const importedKey = (stack: Stack) =>
  kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab');

const secretOf = (stack: Stack, encryptionKey?: kms.IKey) =>
  new secretsmanager.Secret(stack, 'Secret', { encryptionKey });

const vpcOf = (stack: Stack) => new ec2.Vpc(stack, 'Vpc', { maxAzs: 1, restrictDefaultSecurityGroup: false });

function testOf(stack: Stack, target: ConnectionTarget, provider?: ConnectionTestProviderProps): void {
  new ConnectionTest(stack, 'Test', {
    target,
    provider: provider && new ConnectionTestProvider(stack, 'Provider', provider),
  });
}

function inputOf(password: SecretReference, kmsKey?: kms.IKey): ConnectionTarget {
  return ConnectionTarget.fromInput({
    connectionType: glue.ConnectionType.JDBC,
    connectionProperties: { JDBC_CONNECTION_URL: 'jdbc:postgresql://db:5432/orders' },
    authentication: ConnectionAuthentication.basic({ username: 'orders', password, kmsKey }),
  });
}

test.each<[string, readonly string[], (stack: Stack) => void]>([
  [
    'a connection with a password',
    [],
    (stack) => testOf(stack, ConnectionTarget.fromConnection(createConnection(stack))),
  ],
  [
    'a connection with a secret',
    ['SecretNamePattern'],
    (stack) =>
      testOf(stack, ConnectionTarget.fromConnection(createConnection(stack, 'Orders', { secret: secretOf(stack) }))),
  ],
  [
    'a connection with a secret that a key of its own encrypts',
    ['SecretNamePattern', 'SecretKeyArns'],
    (stack) => {
      const secret = secretOf(stack, importedKey(stack));
      testOf(stack, ConnectionTarget.fromConnection(createConnection(stack, 'Orders', { secret })));
    },
  ],
  [
    'a connection in a VPC',
    ['ConnectionsInVpc'],
    (stack) => testOf(stack, ConnectionTarget.fromName('orders', { inVpc: true })),
  ],
  [
    'a connection with a role',
    ['ConnectionRoleArns'],
    (stack) => {
      const properties = { ROLE_ARN: 'arn:aws:iam::111122223333:role/salesforce' };
      testOf(stack, ConnectionTarget.fromConnection(createConnection(stack, 'Orders', { properties })));
    },
  ],
  [
    'an input',
    ['ConnectionInputs', 'SecretNamePattern'],
    (stack) => testOf(stack, inputOf(SecretReference.fromSecretsManager(secretOf(stack)))),
  ],
  [
    'an input with a key',
    ['ConnectionInputs', 'ConnectionInputKeyArns', 'SecretNamePattern'],
    (stack) => testOf(stack, inputOf(SecretReference.fromSecretsManager(secretOf(stack)), importedKey(stack))),
  ],
  [
    'a function in a VPC',
    ['FunctionSubnetIds'],
    (stack) => testOf(stack, ConnectionTarget.fromName('orders', { inVpc: false }), { vpc: vpcOf(stack) }),
  ],
])('the role may do all that the constructs grant for %s, by the parameters %j alone', (_, parameters, create) => {
  const stack = createStack();
  create(stack);
  const granted = actionsGranted(stack);

  expect(granted.length).toBeGreaterThan(2);
  expect(granted.filter((action) => !actionsWith(parameters).includes(action))).toEqual([]);
  // ConnectionInputs allows what is allowed anyway, on more than named connections.
  for (const parameter of parameters.filter((name) => name !== 'ConnectionInputs')) {
    const others = actionsWith(parameters.filter((other) => other !== parameter));
    expect(granted.filter((action) => !others.includes(action))).not.toEqual([]);
  }
});

test('without parameters the role may test connections, and nothing else', () => {
  expect(actionsWith([])).toEqual([
    'cloudformation:DescribeStacks',
    'glue:GetConnection',
    'glue:TestConnection',
    'logs:CreateLogStream',
    'logs:PutLogEvents',
  ]);
});

test('no parameter allows what no test needs', () => {
  const stack = createStack();
  const key = importedKey(stack);
  const target = inputOf(SecretReference.fromSecretsManager(secretOf(stack, key)), key);
  const provider = new ConnectionTestProvider(stack, 'Provider', { vpc: vpcOf(stack) });
  new ConnectionTest(stack, 'Input', { target, provider });
  new ConnectionTest(stack, 'Network', { target: ConnectionTarget.fromName('orders', { inVpc: true }), provider });
  const properties = { ROLE_ARN: 'arn:aws:iam::111122223333:role/salesforce' };
  const secret = secretsmanager.Secret.fromSecretNameV2(stack, 'Named', 'orders');
  const connection = createConnection(stack, 'Orders', { properties, secret });
  new ConnectionTest(stack, 'Role', { target: ConnectionTarget.fromConnection(connection), provider });

  const all = sorted(statementsOf(template).flatMap(({ Action }) => Action));
  expect(all).toEqual(actionsGranted(stack));
});
