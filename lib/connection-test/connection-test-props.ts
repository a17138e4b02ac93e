import type { Duration } from 'aws-cdk-lib';
import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type { ConnectionTarget } from '../target/connection-target';
import type { IConnectionTestProvider } from '../provider/provider';

/**
 * What a failed test does to the deployment.
 */
export enum OnFailure {
  /**
   * The resource fails, and with it the deployment.
   */
  FAIL = 'FAIL',

  /**
   * The deployment goes on; `outcome`, `category` and `message` of the test tell what happened, and an error in the log.
   */
  REPORT = 'REPORT',
}

/**
 * What a connection that Glue can't test does to the deployment.
 */
export enum OnUnsupported {
  /**
   * The resource fails, and with it the deployment.
   */
  FAIL = 'FAIL',

  /**
   * The deployment goes on; `outcome` is `UNSUPPORTED`, and a warning is in the log.
   */
  WARN = 'WARN',
}

/**
 * How a connection is tested.
 */
export interface ConnectionTestOptions {
  /**
   * How long the test may take, all attempts together: whole seconds, 1 second to 14 minutes.
   *
   * Throttling, faults of the service and of the network are tried again all this time; a missing permission or
   * connection for the first minute, since it may have been made just now.
   *
   * @default Duration.minutes(5)
   */
  readonly timeout?: Duration;

  /**
   * How often a data store that can't be reached is tried: 1 to 10.
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
   * What a connection that Glue can't test does to the deployment. With `OnFailure.REPORT` it never fails it.
   *
   * Glue is documented to test the types JDBC and SALESFORCE. For all others, the default of `ConnectionTests.applyTo` is
   * `OnUnsupported.WARN`.
   *
   * @default OnUnsupported.FAIL
   */
  readonly onUnsupported?: OnUnsupported;

  /**
   * Whether the function looks at the network of a connection in a VPC that fails its test, and says what is wrong there.
   * It takes the permissions `ec2:DescribeNatGateways` and `ec2:DescribeNetworkAcls`, beside those that Glue needs.
   *
   * @default true
   */
  readonly networkDiagnosis?: boolean;

  /**
   * Whether the test runs in every deployment, also if nothing has changed. Every synthesis then gives another template,
   * and a template that is deployed a second time is still one that has not changed.
   *
   * @default false
   */
  readonly everyDeployment?: boolean;

  /**
   * Values whose change makes the test run again, by names of your choice. Put here what CloudFormation can't see,
   * such as a version that you raise with the password. They stand in the template: no secret belongs here.
   *
   * @default - the test runs again only when the connection changes, or a value in it
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
   * The secret that holds the connection's credentials; the test is allowed to read it.
   *
   * @default - the secret that the connection's `SECRET_ID` names, where it is known at synthesis
   */
  readonly secret?: secretsmanager.ISecretRef;

  /**
   * The function that runs the test: of the same stack, or imported by `ConnectionTestProvider.fromServiceToken`.
   *
   * @default - the one that all tests of the stack share
   */
  readonly provider?: IConnectionTestProvider;
}
