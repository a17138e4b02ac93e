import type { Duration } from 'aws-cdk-lib';
import type * as glue from 'aws-cdk-lib/aws-glue';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type * as scheduler from 'aws-cdk-lib/aws-scheduler';
import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { OnFailure } from '../connection-test/connection-test-props';
import { DURATION, KEY, SECRET } from '../props/cdk-kinds';
import type { Shape } from '../props/check-props';
import { BOOLEAN, having, isText, kind, listOf, mapOf, oneOf, optional, TEXT, wholeNumber } from '../props/kinds';
import type { IConnectionTestProvider } from '../provider/provider';
import { PROVIDER } from '../provider/provider-shapes';
import { CONNECTION_TYPE } from '../target/connection-kinds';

/**
 * Properties of a `ConnectionSweep`.
 */
export interface ConnectionSweepProps {
  /**
   * Names of the connections to test: `*` matches any characters, `?` matches one. At most 30 patterns. The function
   * gets permissions for connections with such names only.
   *
   * @default - all connections of the account and Region
   */
  readonly include?: string[];

  /**
   * Names of connections not to test, with the same wildcards. At most 100 patterns.
   *
   * @default - none
   */
  readonly exclude?: string[];

  /**
   * The types of connections to test.
   *
   * @default - all types; a connection that Glue can't test is counted as unsupported and fails nothing
   */
  readonly connectionTypes?: glue.ConnectionType[];

  /**
   * The ID of the Data Catalog that holds the connections.
   *
   * @default - the catalog of the account
   */
  readonly catalogId?: string;

  /**
   * Whether some of the connections are in a VPC. Glue makes a network interface for the test of each, in any subnet and
   * with any security group, which takes permissions.
   *
   * @default - no such permissions, and a warning; `false` means the same without the warning
   */
  readonly inVpc?: boolean;

  /**
   * The secrets that hold the connections' credentials; the sweep is allowed to read them.
   *
   * @default - no secrets, and a warning; an empty list means the same without the warning
   */
  readonly secrets?: secretsmanager.ISecret[];

  /**
   * The keys that encrypt the passwords of connections in the Data Catalog. Keys of `secrets` need not be here.
   *
   * @default - none
   */
  readonly keys?: kms.IKey[];

  /**
   * How many connections are tested at the same time: 1 to 1,000. Each running test of a connection in a VPC may take an IP
   * address of its subnet, and each takes one of the account's concurrent executions of Lambda.
   *
   * @default 5
   */
  readonly maxConcurrency?: number;

  /**
   * How long the test of one connection may take: whole seconds, from 1 second to 14 minutes.
   *
   * @default Duration.minutes(5)
   */
  readonly timeout?: Duration;

  /**
   * How long to wait for data stores that come up late: 0 to 55 minutes from the start of the sweep. A connection whose
   * store can't be reached is tested again until then. Wrong credentials are not tried again.
   *
   * @default Duration.minutes(5)
   */
  readonly patience?: Duration;

  /**
   * What a broken connection does to the deployment.
   *
   * @default OnFailure.FAIL
   */
  readonly onFailure?: OnFailure;

  /**
   * Whether a sweep that finds no connection passes. Otherwise it fails the deployment, since a pattern may be misspelt.
   *
   * @default false
   */
  readonly allowEmpty?: boolean;

  /**
   * Whether the deployment runs the sweep and waits for its result, for up to 57 minutes.
   *
   * @default true
   */
  readonly duringDeployment?: boolean;

  /**
   * Whether the sweep runs in every deployment, even if nothing of it has changed. Every synthesis then makes a different
   * template.
   *
   * @default false
   */
  readonly everyDeployment?: boolean;

  /**
   * Values that make the sweep run again in a deployment when they change, by names of your choice. They are in the
   * template, so they must not be secrets.
   *
   * @default - the sweep runs again only when its properties change
   */
  readonly triggers?: { [name: string]: string };

  /**
   * When the sweep runs, beside deployments. Connections that are created later are tested as well.
   *
   * @default - only during deployments, and when somebody starts an execution of `stateMachine`
   */
  readonly schedule?: scheduler.ScheduleExpression;

  /**
   * Whether the function emits metrics, in CloudWatch's namespace `GlueConnections`: those of a `ConnectionMonitor` for
   * each connection, and `FailedConnections` for the sweep. They are custom metrics, which AWS charges for.
   *
   * @default true
   */
  readonly metrics?: boolean;

  /**
   * Whether the function examines the network of a connection in a VPC that fails its test, and says what is wrong there.
   *
   * @default true
   */
  readonly networkDiagnosis?: boolean;

  /**
   * The bucket for a report of all results, as JSON Lines. The objects of an execution have its name in their keys.
   *
   * @default - no report; the output of an execution names the connections that failed
   */
  readonly reportBucket?: s3.IBucket;

  /**
   * The beginning of the keys of a report's objects, such as `sweeps/`.
   *
   * @default - none
   */
  readonly reportPrefix?: string;

  /**
   * The function that runs the tests, of the same stack.
   *
   * @default - the one that all tests of the stack share
   */
  readonly provider?: IConnectionTestProvider;
}

// These decide which resources there are, and so must be known at synthesis.
const SWITCH = kind('true or false', (value) => typeof value === 'boolean');

export const SWEEP_PROPS: Shape<ConnectionSweepProps> = {
  allowEmpty: optional(SWITCH),
  catalogId: optional(TEXT),
  connectionTypes: optional(listOf(CONNECTION_TYPE, 'connection types')),
  duringDeployment: optional(SWITCH),
  everyDeployment: optional(SWITCH),
  exclude: optional(listOf(TEXT, 'strings')),
  include: optional(listOf(TEXT, 'strings')),
  inVpc: optional(SWITCH),
  keys: optional(listOf(KEY, 'keys')),
  maxConcurrency: optional(wholeNumber('from 1 to 1000', { min: 1, max: 1_000 })),
  metrics: optional(SWITCH),
  networkDiagnosis: optional(BOOLEAN),
  onFailure: optional(oneOf('OnFailure', OnFailure)),
  patience: optional(DURATION),
  provider: optional(PROVIDER),
  reportBucket: optional(having(['bucketArn'], 'an IBucket of aws-cdk-lib/aws-s3')),
  reportPrefix: optional(TEXT),
  schedule: optional(
    having(['expressionString'], 'a ScheduleExpression of aws-cdk-lib/aws-scheduler', {
      advice: "use scheduler.ScheduleExpression.cron({ hour: '3' })",
    }),
  ),
  secrets: optional(listOf(SECRET, 'secrets')),
  timeout: optional(DURATION),
  triggers: optional(mapOf(kind('a string', isText, { isSecret: true }))),
};
