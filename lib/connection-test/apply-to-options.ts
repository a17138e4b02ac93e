import type * as glue from 'aws-cdk-lib/aws-glue';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';
import type { ConnectionTestOptions } from './connection-test-props';
import type { ConnectionTestProviderProps } from '../provider/connection-test-provider-props';

/**
 * Options for `ConnectionTests.applyTo`: how the connections are tested, and which.
 */
export interface ConnectionTestsOptions extends ConnectionTestOptions {
  /**
   * Constructs that all tests wait for, each with all below it, such as a job that fills a data store. Those of another
   * stage are not waited for.
   *
   * It must not contain a test: that fails the synthesis.
   *
   * @default - each test waits for what its connection refers to, and for the connection's network
   */
  readonly executeAfter?: IConstruct[];

  /**
   * The types of connections to test. A connection whose type is only known at deployment is tested anyway.
   *
   * @default - all but those that Glue is not documented to test: CUSTOM, KAFKA, MARKETPLACE, MONGODB, NETWORK,
   * VIEW_VALIDATION_ATHENA and VIEW_VALIDATION_REDSHIFT; an info message names each connection that is left out
   */
  readonly connectionTypes?: glue.ConnectionType[];

  /**
   * Constructs that are left out, each with all below it.
   *
   * @default - none
   */
  readonly exclude?: IConstruct[];

  /**
   * Names of connections that are left out, as far as they are known at synthesis: `*` stands for any characters, `?`
   * for one.
   *
   * @default - none
   */
  readonly excludeNames?: string[];

  /**
   * Whether all that uses a tested connection waits for its test, as by `ConnectionTest.gateDependents`.
   *
   * @default true
   */
  readonly gateDependents?: boolean;

  /**
   * Properties of the providers: each stack with tests gets one.
   *
   * @default - all defaults
   */
  readonly providerProps?: ConnectionTestProviderProps;

  /**
   * The role of the function that `serviceToken` names, as the `role` of `ConnectionTestProvider.fromServiceToken`.
   *
   * @default - nothing is granted; warnings print what the function's role has to allow
   */
  readonly serviceRole?: iam.IRole;

  /**
   * A provider that is deployed elsewhere, for all tests, as by `ConnectionTestProvider.fromServiceToken`. It excludes
   * `providerProps`.
   *
   * @default - each stack with tests has a provider of its own
   */
  readonly serviceToken?: string;
}
