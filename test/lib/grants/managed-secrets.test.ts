import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import { CfnParameter, Stack, type CfnResource } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import * as glue from 'aws-cdk-lib/aws-glue';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as redshift from 'aws-cdk-lib/aws-redshift';
import * as redshiftserverless from 'aws-cdk-lib/aws-redshiftserverless';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { ConnectionTests } from '../../../lib/index';
import { KEYS_OF_MANAGED_SECRETS } from '../../../lib/grants/managed-secrets';
import { allowed, createStack } from '../harness';

function createTested(stack: Stack, input: Partial<glue.CfnConnection.ConnectionInputProperty>): void {
  new glue.CfnConnection(stack, 'Orders', {
    catalogId: stack.account,
    connectionInput: { connectionType: 'JDBC', ...input },
  });
  ConnectionTests.applyTo(stack);
}

const readable = (stack: Stack) => allowed(stack, 'secretsmanager:GetSecretValue')?.resources;

const DATABASE = { engine: 'aurora-mysql', manageMasterUserPassword: true };
const WAREHOUSE = { clusterType: 'single-node', dbName: 'dev', masterUsername: 'orders', nodeType: 'ra3.large' };

const STORES: readonly [string, string, (stack: Stack, kmsKeyId?: string) => CfnResource][] = [
  [
    'AWS::RDS::DBCluster',
    'MasterUserSecret.SecretArn',
    (stack, kmsKeyId) =>
      new rds.CfnDBCluster(stack, 'Store', { ...DATABASE, masterUserSecret: kmsKeyId ? { kmsKeyId } : undefined }),
  ],
  [
    'AWS::RDS::DBInstance',
    'MasterUserSecret.SecretArn',
    (stack, kmsKeyId) =>
      new rds.CfnDBInstance(stack, 'Store', { ...DATABASE, masterUserSecret: kmsKeyId ? { kmsKeyId } : undefined }),
  ],
  [
    'AWS::Redshift::Cluster',
    'MasterPasswordSecretArn',
    (stack, masterPasswordSecretKmsKeyId) =>
      new redshift.CfnCluster(stack, 'Store', {
        ...WAREHOUSE,
        manageMasterPassword: true,
        masterPasswordSecretKmsKeyId,
      }),
  ],
  [
    'AWS::RedshiftServerless::Namespace',
    'Namespace.AdminPasswordSecretArn',
    (stack, adminPasswordSecretKmsKeyId) =>
      new redshiftserverless.CfnNamespace(stack, 'Store', {
        namespaceName: 'orders',
        manageAdminPassword: true,
        adminPasswordSecretKmsKeyId,
      }),
  ],
];

describe.each(STORES)('the secret that %s keeps', (_, attribute, create) => {
  test('is granted by the ARN that its attribute holds, without a warning', () => {
    const stack = createStack();
    const secretId = create(stack).getAtt(attribute).toString();
    createTested(stack, { connectionProperties: { SECRET_ID: secretId } });

    expect(readable(stack)).toEqual([`\${Store.${attribute}}`]);
    expect(allowed(stack, 'kms:Decrypt')).toBeUndefined();
    Annotations.fromStack(stack).hasNoWarning('*', Match.stringLikeRegexp('cdk-glue-connection-test'));
  });

  test('is granted with its key', () => {
    const stack = createStack();
    const key = new kms.Key(stack, 'Key');
    const secretId = create(stack, key.keyId).getAtt(attribute).toString();
    createTested(stack, { connectionProperties: { SECRET_ID: secretId } });

    expect(allowed(stack, 'kms:Decrypt')?.resources).toEqual([expect.stringMatching(/^\${Key\w+\.Arn}$/)]);
  });

  test('asks for its key where that is only known at deployment', () => {
    const stack = createStack();
    const secretId = create(stack, 'alias/orders').getAtt(attribute).toString();
    createTested(stack, { connectionProperties: { SECRET_ID: secretId } });

    Annotations.fromStack(stack).hasWarning('*', Match.stringLikeRegexp('keyUnknown'));
  });
});

test("whatever in CloudFormation's specification keeps a secret of a data store and takes a key is in the table", () => {
  const keeping = loadAwsServiceSpecSync()
    .all('resource')
    .filter(({ cloudFormationType }) =>
      /^AWS::(DocDB|Neptune|RDS|Redshift|RedshiftServerless)::/.test(cloudFormationType),
    )
    .filter(({ properties }) => Object.keys(properties).some((name) => /^Manage\w*Password$/.test(name)))
    .map(({ cloudFormationType }) => cloudFormationType);
  // DocumentDB shows its secret by no attribute.
  const shown = keeping.filter((type) => type !== 'AWS::DocDB::DBCluster');

  expect(shown.sort()).toEqual([...KEYS_OF_MANAGED_SECRETS.keys()].sort());
});

describe('the secret of SparkProperties', () => {
  const NAMED = /:secret:orders\/bigquery-\?{6}$/;

  test.each<[string, (stack: Stack) => Partial<glue.CfnConnection.ConnectionInputProperty>]>([
    ['in a map', () => ({ sparkProperties: { secretId: 'orders/bigquery' } })],
    [
      'as JSON',
      () => ({ connectionProperties: { SparkProperties: JSON.stringify({ secretId: 'orders/bigquery', x: 1 }) } }),
    ],
  ])('is granted: %s', (_, input) => {
    const stack = createStack();
    createTested(stack, { connectionType: 'BIGQUERY', ...input(stack) });

    expect(readable(stack)).toEqual([expect.stringMatching(NAMED)]);
    Annotations.fromStack(stack).hasNoWarning('*', Match.stringLikeRegexp('cdk-glue-connection-test'));
  });

  test('is granted where a resource of the app stands in JSON', () => {
    const stack = createStack();
    const { secretName: secretId } = new secretsmanager.Secret(stack, 'Secret');
    createTested(stack, {
      connectionType: 'BIGQUERY',
      connectionProperties: { SparkProperties: JSON.stringify({ secretId }) },
    });

    expect(readable(stack)).toEqual([expect.stringMatching(/^\${Secret\w+}$/)]);
  });

  test.each<[string, (stack: Stack) => string]>([
    ['a parameter', (stack) => new CfnParameter(stack, 'Spark').valueAsString],
    [
      'toJsonString',
      (stack) => stack.toJsonString({ secretId: new secretsmanager.Secret(stack, 'Secret').secretName }),
    ],
  ])('is asked for where the JSON is only known at deployment: %s', (_, json) => {
    const stack = createStack();
    createTested(stack, { connectionType: 'BIGQUERY', connectionProperties: { SparkProperties: json(stack) } });

    Annotations.fromStack(stack).hasWarning('*', Match.stringLikeRegexp('permissionsUnknown'));
  });
});
