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
   * Names of connections to test, in at most 30 patterns. `*` matches any characters, and `?` matches one. The function
   * gets permissions only for connections with matching names.
   *
   * @default - all connections of the account and Region
   */
  readonly include?: string[];

  /**
   * Names of connections to leave out, with the same wildcards. At most 100 patterns.
   *
   * @default - none
   */
  readonly exclude?: string[];

  /**
   * The types of connections to test.
   *
   * @default - all types; a connection that Glue can't test counts as unsupported and doesn't fail the sweep
   */
  readonly connectionTypes?: glue.ConnectionType[];

  /**
   * The ID of the Data Catalog that holds the connections.
   *
   * @default - the catalog of the account
   */
  readonly catalogId?: string;

  /**
   * Whether some of the connections are in a VPC. For each test of such a connection, Glue creates a network interface.
   * The sweep needs permissions for that, in any subnet and with any security group.
   *
   * @default - no such permissions, and a warning says so; `false` also grants none, without the warning
   */
  readonly inVpc?: boolean;

  /**
   * The secrets that hold the connections' credentials. The sweep gets permission to read them.
   *
   * @default - no secrets, and a warning says so; an empty list also means none, without the warning
   */
  readonly secrets?: secretsmanager.ISecret[];

  /**
   * The keys that encrypt the passwords of connections in the Data Catalog. You don't have to list the keys of
   * `secrets`.
   *
   * @default - none
   */
  readonly keys?: kms.IKey[];

  /**
   * How many connections to test at the same time: 1 to 1,000. Each running test of a connection in a VPC may take an
   * IP address of its subnet. Each test takes one of the account's concurrent Lambda executions.
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
   * How long to wait for data stores that can't be reached yet: 0 to 55 minutes from the start of the sweep. Until
   * then, their connections are tested again. Wrong credentials are not tried again.
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
   * Whether a sweep that finds no connection passes. If not, it fails the deployment, because a pattern may be
   * misspelled.
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
   * Whether to run the sweep in every deployment, even if none of its properties has changed. Each synthesis then
   * produces a different template.
   *
   * @default false
   */
  readonly everyDeployment?: boolean;

  /**
   * Values under names of your choice. The sweep runs again in a deployment when one of them changes. They are in the
   * template, so they must not be secrets.
   *
   * @default - the sweep runs again only when its properties change
   */
  readonly triggers?: { [name: string]: string };

  /**
   * When the sweep runs in addition to deployments. It also tests connections that are created later.
   *
   * @default - only during deployments, and when someone starts an execution of `stateMachine`
   */
  readonly schedule?: scheduler.ScheduleExpression;

  /**
   * Whether to emit metrics in the CloudWatch namespace `GlueConnections`: those of a `ConnectionMonitor` for each
   * connection, and `FailedConnections` for the sweep. AWS charges for these custom metrics.
   *
   * @default true
   */
  readonly metrics?: boolean;

  /**
   * Whether to check the network when the test of a connection in a VPC fails, and to report what is wrong there.
   *
   * @default true
   */
  readonly networkDiagnosis?: boolean;

  /**
   * The bucket for a report of all results, as JSON Lines. The keys of the report's objects contain the name of the
   * execution.
   *
   * @default - no report; the output of an execution names the connections that failed
   */
  readonly reportBucket?: s3.IBucket;

  /**
   * The prefix for the keys of the report's objects, such as `sweeps/`.
   *
   * @default - none
   */
  readonly reportPrefix?: string;

  /**
   * The provider whose function runs the tests. It must be in the same stack.
   *
   * @default - the provider that all tests of the stack share
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
