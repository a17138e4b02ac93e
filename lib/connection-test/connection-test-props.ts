import type { Duration } from 'aws-cdk-lib';
import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type { ConnectionTarget } from '../target/connection-target';
import type { IConnectionTestProvider } from '../provider/provider';
import { DURATION, SECRET_REF } from '../props/cdk-kinds';
import type { Shape } from '../props/check-props';
import { BOOLEAN, isText, kind, mapOf, oneOf, optional, wholeNumber } from '../props/kinds';
import { PROVIDER } from '../provider/provider-shapes';
import { TARGET } from '../target/connection-kinds';

/**
 * What a failed test does to the deployment.
 */
export enum OnFailure {
  /**
   * The custom resource fails, and so does the deployment.
   */
  FAIL = 'FAIL',

  /**
   * The deployment continues. The test's `outcome`, `category` and `message` say what happened, and the log has an
   * error.
   */
  REPORT = 'REPORT',
}

/**
 * What a connection that Glue can't test does to the deployment.
 */
export enum OnUnsupported {
  /**
   * The custom resource fails, and so does the deployment.
   */
  FAIL = 'FAIL',

  /**
   * The deployment continues. The test's `outcome` is `UNSUPPORTED`, and the log has a warning.
   */
  WARN = 'WARN',
}

/**
 * Options for the test of a connection.
 */
export interface ConnectionTestOptions {
  /**
   * How long the test may take, with all its attempts: whole seconds, from 1 second to 14 minutes.
   *
   * The test retries throttling, service faults and network faults for all of this time. It retries a missing
   * permission or connection for the first minute, since either may be new.
   *
   * @default Duration.minutes(5)
   */
  readonly timeout?: Duration;

  /**
   * How many times to test a connection whose data store can't be reached: 1 to 10.
   *
   * @default 3
   */
  readonly maxAttempts?: number;

  /**
   * What a failed test does to the deployment.
   *
   * @default OnFailure.FAIL
   */
  readonly onFailure?: OnFailure;

  /**
   * What a connection that Glue can't test does to the deployment. With `OnFailure.REPORT` it never fails the
   * deployment.
   *
   * AWS documents the test for the types JDBC and SALESFORCE. For all other types, `ConnectionTests.applyTo` uses
   * `OnUnsupported.WARN` by default.
   *
   * @default OnUnsupported.FAIL
   */
  readonly onUnsupported?: OnUnsupported;

  /**
   * Whether to check the network when the test of a connection in a VPC fails, and to report what is wrong there. The
   * check needs the permissions `ec2:DescribeNatGateways` and `ec2:DescribeNetworkAcls` in addition to those that Glue
   * needs.
   *
   * @default true
   */
  readonly networkDiagnosis?: boolean;

  /**
   * Whether to emit metrics in the CloudWatch namespace `GlueConnections`: `Healthy` (1 or 0), `Duration` and
   * `Attempts`. AWS charges for these custom metrics. The test of an input emits none.
   *
   * @default true
   */
  readonly metrics?: boolean;

  /**
   * Whether to run the test in every deployment, even if nothing has changed. Each synthesis then produces a different
   * template. If you deploy the same template twice, the test runs once.
   *
   * @default false
   */
  readonly everyDeployment?: boolean;

  /**
   * Values under names of your choice. The test runs again when one of them changes. Use them for changes that
   * CloudFormation can't see, such as a version that you raise when the password changes. They are in the template, so
   * they must not be secrets.
   *
   * @default - the test runs again only when the connection changes, or a value in its definition
   */
  readonly triggers?: { [name: string]: string };
}

/**
 * Properties of a `ConnectionTest`.
 */
export interface ConnectionTestProps extends ConnectionTestOptions {
  /**
   * The connection to test.
   */
  readonly target: ConnectionTarget;

  /**
   * The secret that holds the connection's credentials. The test gets permission to read it.
   *
   * @default - the secret that the connection's `SECRET_ID` names, if it is known at synthesis
   */
  readonly secret?: secretsmanager.ISecretRef;

  /**
   * The provider whose function runs the test. It is in the same stack, or imported with
   * `ConnectionTestProvider.fromServiceToken`.
   *
   * @default - the provider that all tests of the stack share
   */
  readonly provider?: IConnectionTestProvider;
}

export const TEST_OPTIONS: Shape<ConnectionTestOptions> = {
  timeout: optional(DURATION),
  maxAttempts: optional(wholeNumber('from 1 to 10', { min: 1, max: 10 })),
  onFailure: optional(oneOf('OnFailure', OnFailure)),
  onUnsupported: optional(oneOf('OnUnsupported', OnUnsupported)),
  networkDiagnosis: optional(BOOLEAN),
  metrics: optional(BOOLEAN),
  everyDeployment: optional(BOOLEAN),
  triggers: optional(mapOf(kind('a string', isText, { isSecret: true }))),
};

export const TEST_PROPS: Shape<ConnectionTestProps> = {
  ...TEST_OPTIONS,
  target: TARGET,
  secret: optional(SECRET_REF),
  provider: optional(PROVIDER),
};

/** @internal */
export function diagnosesNetwork({ networkDiagnosis = true }: ConnectionTestOptions): boolean {
  return networkDiagnosis;
}
