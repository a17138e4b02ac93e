import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { ConnectionInput } from '../target/connection-input';
import type { ConnectionTarget } from '../target/connection-target';
import { escapeForPolicy } from '../cdk/references';
import { fileStatements } from './file-statements';
import type { SecretAccess } from './secret-access';
import { allow } from './resolved-statement';
import { decryptVia } from './via-service';

/**
 * The permissions of the role that a test runs as.
 *
 * Glue reads the secret and makes the network interfaces on behalf of whoever calls TestConnection, so that the
 * caller needs these permissions too.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsglue.html
 */
export function testStatements(
  scope: Construct,
  target: ConnectionTarget,
  secrets: readonly SecretAccess[],
  options: TestOptions,
): iam.PolicyStatement[] {
  const { input, connectionName } = target._facts;
  return [
    ...(input === undefined ? connectionStatements(scope, target, connectionName) : inputStatements(input)),
    ...secrets.flatMap((secret) => secretStatements(scope, secret)),
    ...(target._facts.inVpc ? networkStatements(scope, options, target._facts.definition) : []),
    ...roleStatements(target),
    ...fileStatements(scope, target._facts),
  ];
}

export interface TestOptions {
  /** Whether the function looks at the network after a failure. */
  readonly networkDiagnosis: boolean;
}

/** The resources that the function itself uses. */
export interface FunctionResources {
  readonly logGroup: logs.ILogGroup;
  readonly inVpc: boolean;
}

/**
 * The permissions that the function needs for any test: to write its log, and to see whether its own stack is rolling
 * back.
 */
export function functionStatements(scope: Construct, { logGroup, inVpc }: FunctionResources): iam.PolicyStatement[] {
  return [
    allow(['logs:CreateLogStream', 'logs:PutLogEvents'], [logGroup.logGroupArn]),
    allow(['cloudformation:DescribeStacks'], [Stack.of(scope).stackId]),
    ...(inVpc ? [functionInVpc()] : []),
  ];
}

/** The schedules that the function makes for a monitor: the group, and the role with which they invoke the function. */
export interface MonitorResources {
  readonly groupName: string;
  readonly roleArn: string;
}

/** The permissions that the function needs in order to make schedules of its own in the group of a monitor. */
export function monitorStatements(scope: Construct, { groupName, roleArn }: MonitorResources): iam.PolicyStatement[] {
  const schedules = Stack.of(scope).formatArn({
    service: 'scheduler',
    resource: 'schedule',
    resourceName: `${groupName}/*`,
  });
  return [
    new iam.PolicyStatement({
      actions: ['scheduler:CreateSchedule', 'scheduler:DeleteSchedule', 'scheduler:GetSchedule'],
      resources: [schedules],
    }),
    // It can't be limited to a resource.
    new iam.PolicyStatement({ actions: ['scheduler:ListSchedules'], resources: ['*'] }),
    new iam.PolicyStatement({
      actions: ['iam:PassRole'],
      resources: [roleArn],
      conditions: { StringEquals: { 'iam:PassedToService': 'scheduler.amazonaws.com' } },
    }),
  ];
}

function connectionStatements(
  scope: Construct,
  target: ConnectionTarget,
  connectionName: string,
): iam.PolicyStatement[] {
  const stack = Stack.of(scope);
  const account = target._catalogIdFor(scope) ?? stack.account;
  const prefix = stack.formatArn({ service: 'glue', account, resource: '' });
  const { authenticationKeyArn: keyArn, literalName = connectionName } = target._facts.definition ?? {};
  return [
    // GetConnection is authorized on the catalog as well as on the connection; TestConnection never is. One statement
    // for both, since policies are short.
    allow(
      ['glue:GetConnection', 'glue:TestConnection'],
      [`${prefix}catalog`, `${prefix}connection/${escapeForPolicy(literalName)}`],
    ),
    // What Glue has encrypted with this key when the connection was created.
    ...(keyArn === undefined ? [] : [allow(['kms:Decrypt'], [keyArn])]),
  ];
}

/**
 * A connection that need not exist. Which resource Glue authorizes its test on is not documented: it may be the
 * connection type, or none, which only a wildcard matches. The permission only tells whether a connection works.
 */
function inputStatements({ authentication }: ConnectionInput): iam.PolicyStatement[] {
  const test = allow(['glue:TestConnection'], ['*']);
  const key = authentication?._kmsKey;
  if (key === undefined) {
    return [test];
  }
  // Glue encrypts what it is given with this key, and decrypts it again.
  return [test, allow(['kms:Decrypt', 'kms:GenerateDataKey'], [key.keyArn])];
}

/**
 * The secret and the key that encrypts it. The secret's own `grantRead` would change the key's policy instead, which
 * makes the key wait for the role, and does nothing for an imported key.
 */
export function secretStatements(scope: Construct, { arns, keyArn, valueOnly }: SecretAccess): iam.PolicyStatement[] {
  const actions = ['secretsmanager:GetSecretValue', ...(valueOnly ? [] : ['secretsmanager:DescribeSecret'])];
  return [allow(actions, arns), ...(keyArn === undefined ? [] : [decryptVia(scope, 'secretsmanager', keyArn)])];
}

/** @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html#configuration-vpc-permissions */
export const FUNCTION_IN_VPC_ACTIONS = [
  'ec2:AssignPrivateIpAddresses',
  'ec2:CreateNetworkInterface',
  'ec2:DeleteNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSubnets',
  'ec2:UnassignPrivateIpAddresses',
];

/** Lambda makes the function's own network interfaces with the function's permissions. */
function functionInVpc(): iam.PolicyStatement {
  // Lambda checks that the role allows these actions on all resources, and refuses a role that allows less.
  return allow(FUNCTION_IN_VPC_ACTIONS, ['*']);
}

/** @see https://docs.aws.amazon.com/glue/latest/dg/create-service-policy.html */
export const DESCRIBE_NETWORK_ACTIONS = [
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeRouteTables',
  'ec2:DescribeSecurityGroups',
  'ec2:DescribeSubnets',
  'ec2:DescribeVpcAttribute',
  'ec2:DescribeVpcEndpoints',
];

/** What the function reads after a failure, beside what Glue reads. */
export const DIAGNOSIS_ACTIONS = ['ec2:DescribeNatGateways', 'ec2:DescribeNetworkAcls'];

/** Where a connection is, as far as it is known. */
interface Network {
  readonly subnetId?: string;
  readonly securityGroupIds?: readonly string[];
}

/** The network interface through which Glue reaches a data store in a VPC. */
export function networkStatements(
  scope: Construct,
  { networkDiagnosis }: TestOptions,
  { subnetId = '*', securityGroupIds = ['*'] }: Network = {},
): iam.PolicyStatement[] {
  const arn = (resource: string, resourceName: string) =>
    Stack.of(scope).formatArn({ service: 'ec2', resource, resourceName });
  const networkInterfaces = arn('network-interface', '*');
  return [
    // EC2's Describe actions can't be limited to a resource.
    allow([...DESCRIBE_NETWORK_ACTIONS, ...(networkDiagnosis ? DIAGNOSIS_ACTIONS : [])], ['*']),
    allow(
      ['ec2:CreateNetworkInterface'],
      [
        // The id of an interface is unknown until it is created.
        networkInterfaces,
        arn('subnet', subnetId),
        // A wildcard if the groups are only known at deployment, or if there are none: then it is the default group of
        // a VPC.
        ...securityGroupIds.map((id) => arn('security-group', id)),
      ],
    ),
    allow(['ec2:DeleteNetworkInterface'], [networkInterfaces]),
    allow(['ec2:CreateTags'], [networkInterfaces], {
      'ForAllValues:StringEquals': { 'aws:TagKeys': ['aws-glue-service-resource'] },
    }),
  ];
}

/** Allows passing the role that the connection names to Glue, and only to Glue. */
function roleStatements(target: ConnectionTarget): iam.PolicyStatement[] {
  const roleArn = target._facts.definition?.roleArn;
  if (roleArn === undefined) {
    return [];
  }
  return [allow(['iam:PassRole'], [roleArn], { StringEquals: { 'iam:PassedToService': 'glue.amazonaws.com' } })];
}
