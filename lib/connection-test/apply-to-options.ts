import type * as glue from 'aws-cdk-lib/aws-glue';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type { IConstruct } from 'constructs';
import { TEST_OPTIONS, type ConnectionTestOptions } from './connection-test-props';
import type { ConnectionTestProviderProps } from '../provider/connection-test-provider-props';
import { ROLE, SECRET_REF } from '../props/cdk-kinds';
import { struct, type Shape } from '../props/check-props';
import { BOOLEAN, CONSTRUCT, listOf, mapOf, optional, TEXT } from '../props/kinds';
import { MAX_CONCURRENCY, PROVIDER_PROPS } from '../provider/provider-shapes';
import { CONNECTION_TYPE } from '../target/connection-kinds';

/**
 * Options for `ConnectionTests.applyTo`: which connections to test, and how.
 */
export interface ApplyToOptions extends ConnectionTestOptions {
  /**
   * Constructs that all tests wait for, each with everything below it, such as a job that fills a data store. A test
   * doesn't wait for constructs in another stage.
   *
   * Synthesis fails if one of them contains a test.
   *
   * @default - each test waits for what its connection refers to, and for the connection's network
   */
  readonly executeAfter?: IConstruct[];

  /**
   * The types of connections to test. A connection whose type is only known at deployment is always tested.
   *
   * @default - all but those that Glue is not documented to test: CUSTOM, KAFKA, MARKETPLACE, MONGODB, NETWORK,
   * VIEW_VALIDATION_ATHENA and VIEW_VALIDATION_REDSHIFT; an info message names each connection that is left out
   */
  readonly connectionTypes?: glue.ConnectionType[];

  /**
   * Constructs whose connections to leave out, each with everything below it.
   *
   * @default - none
   */
  readonly exclude?: IConstruct[];

  /**
   * Names of connections to leave out. `*` matches any characters, and `?` matches one. A connection whose name is only
   * known at deployment is not left out.
   *
   * @default - none
   */
  readonly excludeNames?: string[];

  /**
   * Whether everything that uses a tested connection waits for its test, as with `ConnectionTest.gateDependents`.
   *
   * @default true
   */
  readonly gateDependents?: boolean;

  /**
   * How many tests of each stack run at the same time, at least 1, like `maxConcurrency` of a `ConnectionTestProvider`.
   * If `providerProps` has a limit too, the smaller one applies.
   *
   * @default - no limit other than CloudFormation's
   */
  readonly maxConcurrency?: number;

  /**
   * Properties of the providers. Each stack with tests gets one provider.
   *
   * @default - the defaults of `ConnectionTestProviderProps`
   */
  readonly providerProps?: ConnectionTestProviderProps;

  /**
   * Secrets by the name of the connection, like `secret` of a `ConnectionTest`. Use this for connections whose
   * definition doesn't name the secret. The tests may also use the secret's key. For an imported secret, pass the key
   * to `Secret.fromSecretAttributes(scope, id, { encryptionKey, … })`.
   *
   * @default - the secret that each connection names, if it is known at synthesis
   */
  readonly secrets?: { [connectionName: string]: secretsmanager.ISecretRef };

  /**
   * The role of the function in `serviceToken`, like `role` of `ConnectionTestProvider.fromServiceToken`.
   *
   * @default - nothing is granted, and warnings print what the function's role must allow
   */
  readonly serviceRole?: iam.IRole;

  /**
   * The ARN of a provider's function that is deployed elsewhere. All tests use it, as with
   * `ConnectionTestProvider.fromServiceToken`. It can't be combined with `providerProps`.
   *
   * @default - each stack with tests has its own provider
   */
  readonly serviceToken?: string;
}

export const APPLY_TO_OPTIONS: Shape<ApplyToOptions> = {
  ...TEST_OPTIONS,
  connectionTypes: optional(listOf(CONNECTION_TYPE, 'connection types')),
  exclude: optional(listOf(CONSTRUCT, 'constructs')),
  excludeNames: optional(listOf(TEXT, 'strings')),
  executeAfter: optional(listOf(CONSTRUCT, 'constructs')),
  gateDependents: optional(BOOLEAN),
  maxConcurrency: optional(MAX_CONCURRENCY),
  providerProps: optional(struct(PROVIDER_PROPS)),
  secrets: optional(mapOf(SECRET_REF)),
  serviceRole: optional(ROLE),
  serviceToken: optional(TEXT),
};
