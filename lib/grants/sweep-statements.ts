import { ArnFormat, Stack } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct, IConstruct } from 'constructs';
import { escapeForPolicy } from '../cdk/references';
import { createdInApp } from './created-in-app';
import { allow } from './resolved-statement';
import { accessToSecret } from './secret-access';
import { networkStatements, secretStatements } from './statements';

/** What a sweep tests, as far as permissions depend on it. */
export interface Swept {
  readonly include?: readonly string[];
  readonly catalogId?: string;
  readonly inVpc?: boolean;
  readonly networkDiagnosis?: boolean;
  readonly secrets?: readonly secretsmanager.ISecret[];
  readonly keys?: readonly kms.IKey[];
  readonly reportBucket?: s3.IBucket;
  readonly reportPrefix?: string;
}

/**
 * The permissions that the function needs for the connections of a sweep.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsglue.html
 */
export function sweepStatements(scope: Construct, swept: Swept): iam.PolicyStatement[] {
  const { include = ['*'], inVpc = false, networkDiagnosis = true, secrets = [], keys = [] } = swept;
  const stack = Stack.of(scope);
  const account = swept.catalogId ?? stack.account;
  const glueArn = (resource: string, resourceName?: string) =>
    stack.formatArn({ service: 'glue', account, resource, resourceName });
  return [
    allow(
      ['glue:GetConnection', 'glue:GetConnections', 'glue:TestConnection'],
      // A pattern of a sweep means the same in a policy. A dollar sign would begin a policy variable there.
      [glueArn('catalog'), ...include.map((pattern) => glueArn('connection', escapeForPolicy(pattern, /\$/g)))],
    ),
    ...secrets.flatMap((secret) => secretStatements(scope, accessToSecret(secret))),
    ...keys.map(({ keyArn }) => allow(['kms:Decrypt'], [keyArn])),
    ...(inVpc ? networkStatements(scope, { networkDiagnosis }) : []),
    ...reportStatements(swept),
  ];
}

/** What the policies of a sweep name, as far as this app creates it: that can't wait for the sweep. */
export function resourcesOfSweep({ secrets = [], keys = [], reportBucket }: Swept): IConstruct[] {
  const given = [...secrets, ...keys, reportBucket, ...[...secrets, reportBucket].map((one) => one?.encryptionKey)];
  return createdInApp(given);
}

/** The permissions that the function needs in order to run a sweep in a deployment. */
export function sweepDeploymentStatements(scope: Construct, stateMachineName: string, stateMachineArn: string) {
  const executions = Stack.of(scope).formatArn({
    service: 'states',
    resource: 'execution',
    resourceName: `${stateMachineName}:deployment-*`,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  return [
    allow(['states:ListExecutions', 'states:StartExecution'], [stateMachineArn]),
    allow(['states:DescribeExecution', 'states:StopExecution'], [executions]),
  ];
}

function reportStatements({ reportBucket, reportPrefix = '' }: Swept): iam.PolicyStatement[] {
  if (reportBucket === undefined) {
    return [];
  }
  const { encryptionKey } = reportBucket;
  return [
    allow(['s3:PutObject'], [reportBucket.arnForObjects(`${escapeForPolicy(reportPrefix)}*`)]),
    ...(encryptionKey === undefined ? [] : [allow(['kms:Decrypt', 'kms:GenerateDataKey'], [encryptionKey.keyArn])]),
  ];
}
