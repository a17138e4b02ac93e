import type { Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as glue from 'aws-cdk-lib/aws-glue';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import {
  ConnectionAuthentication,
  ConnectionMonitor,
  ConnectionTarget,
  ConnectionTest,
  ConnectionTestProvider,
  SecretReference,
  type ConnectionInput,
  type ConnectionTestProviderProps,
} from '../../lib/index';
import { createConnection, createStack, resourcesOf, type Statement } from '../lib/harness';
import { codeIn, rowsOf, sectionOf, text } from './pages';

const JDBC = { JDBC_CONNECTION_URL: 'jdbc:postgresql://db:5432/orders' };

describe('the table of permissions', () => {
  /** The rows, each with those below it that name nothing anew. */
  const documented: Record<string, string[]> = {};
  let last = '';
  for (const [feature = '', actions = ''] of rowsOf(sectionOf(text('docs/permissions.md'), 'Permissions'))) {
    last = feature || last;
    documented[last] = [...(documented[last] ?? []), ...codeIn(actions)].sort();
  }

  const grantedTo = (add: (stack: Stack) => void) => {
    const stack = createStack();
    add(stack);
    const propertiesOf = (type: string) => Object.values(resourcesOf(stack, type)).map(({ Properties }) => Properties);
    const policies = [
      ...propertiesOf('AWS::IAM::ManagedPolicy'),
      ...propertiesOf('AWS::IAM::Role').flatMap(({ Policies = [] }) => Policies as Record<string, unknown>[]),
    ];
    return policies
      .flatMap(({ PolicyDocument }) => (PolicyDocument as { Statement: Statement[] }).Statement)
      .flatMap(({ Action }) => Action);
  };
  const test1 = (target: (stack: Stack) => ConnectionTarget, secret?: (stack: Stack) => secretsmanager.ISecret) =>
    grantedTo((stack) => new ConnectionTest(stack, 'Test', { target: target(stack), secret: secret?.(stack) }));
  const provider = (props: (stack: Stack) => ConnectionTestProviderProps) =>
    grantedTo((stack) => new ConnectionTestProvider(stack, 'Provider', props(stack)));

  const connectionType = new glue.ConnectionType('JIRACLOUD');
  const byName = () => ConnectionTarget.fromName('orders', { inVpc: false });
  const input = (part?: (stack: Stack) => Partial<ConnectionInput>) => (stack: Stack) =>
    ConnectionTarget.fromInput({ connectionType, ...part?.(stack) });
  const secret = (stack: Stack) => secretsmanager.Secret.fromSecretNameV2(stack, 'Secret', 'orders');
  const withKey = (stack: Stack) => new secretsmanager.Secret(stack, 'Secret', { encryptionKey: key(stack) });
  const key = (stack: Stack) => new kms.Key(stack, 'Key');
  const kmsKey = (stack: Stack) => ({ authentication: ConnectionAuthentication.iam({ kmsKey: key(stack) }) });
  const reference = (stack: Stack) => ({
    secretConnectionProperties: { API_KEY: SecretReference.fromSecretsManager(secret(stack)) },
  });
  const withRole = (stack: Stack) => {
    const properties = { ...JDBC, ROLE_ARN: 'arn:aws:iam::111122223333:role/orders' };
    return ConnectionTarget.fromConnection(createConnection(stack, 'Orders', { properties }));
  };
  const plain = (stack: Stack) =>
    ConnectionTarget.fromConnection(createConnection(stack, 'Orders', { properties: JDBC }));

  const withAuthenticationKey = (stack: Stack) => {
    const authenticationConfiguration = { authenticationType: 'OAUTH2', kmsKeyArn: key(stack).keyArn };
    return ConnectionTarget.fromCfnConnection(
      new glue.CfnConnection(stack, 'Orders', {
        catalogId: stack.account,
        connectionInput: { connectionType: 'SALESFORCE', authenticationConfiguration },
      }),
    );
  };
  const withFile = (bucketOf: (stack: Stack) => s3.Bucket) => (stack: Stack) => {
    const properties = { ...JDBC, CUSTOM_JDBC_CERT: bucketOf(stack).s3UrlForObject('store.pem') };
    return ConnectionTarget.fromConnection(createConnection(stack, 'Orders', { properties }));
  };
  const bucket = (stack: Stack) => new s3.Bucket(stack, 'Bucket');
  const bucketWithKey = (stack: Stack) => new s3.Bucket(stack, 'Bucket', { encryptionKey: key(stack) });

  const monitor = (stack: Stack) => {
    const test = new ConnectionTest(stack, 'Test', { target: byName() });
    new ConnectionMonitor(stack, 'Monitor', { tests: [test] });
  };
  /** What the function's role gets, or another one. */
  const isOfSchedule = (action: string) => action === 'lambda:InvokeFunction';

  /** What is granted with a feature, and without it. */
  const features: Record<string, [string[], string[]]> = {
    'a connection': [test1(byName), provider(() => ({}))],
    'an input': [test1(input()), provider(() => ({}))],
    'an input with `kmsKey`': [test1(input(kmsKey)), test1(input())],
    'a connection with a secret': [test1(byName, secret), test1(byName)],
    'a `SecretReference`': [test1(input(reference)), test1(input())],
    'a secret with your own key': [test1(byName, withKey), test1(byName, secret)],
    'a connection in a VPC': [test1(() => ConnectionTarget.fromName('orders', { inVpc: true })), test1(byName)],
    'a connection with a `ROLE_ARN`': [test1(withRole), test1(plain)],
    'a connection with a `KmsKeyArn`': [test1(withAuthenticationKey), test1(plain)],
    'a driver or a certificate in a bucket': [test1(withFile(bucket)), test1(plain)],
    'a file in a bucket with your own key': [test1(withFile(bucketWithKey)), test1(withFile(bucket))],
    'the function': [provider(() => ({})), []],
    'the function, with a monitor': [grantedTo(monitor).filter((action) => !isOfSchedule(action)), test1(byName)],
    'the schedule of a monitor': [grantedTo(monitor).filter(isOfSchedule), []],
    'the function, with `vpc`': [provider((stack) => ({ vpc: new ec2.Vpc(stack, 'Vpc') })), provider(() => ({}))],
  };

  test('has a row for each feature', () => {
    expect(Object.keys(documented).sort()).toEqual(Object.keys(features).sort());
  });

  test.each(Object.entries(features))('has the actions of %s', (feature, [granted, before]) => {
    expect(documented[feature]).toEqual([...new Set(granted)].filter((action) => !before.includes(action)).sort());
  });
});
