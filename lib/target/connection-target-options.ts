import type { Shape } from '../props/check-props';
import { BOOLEAN, optional, TEXT } from '../props/kinds';

/**
 * What the app can't read from a connection itself.
 */
export interface ExistingConnectionOptions {
  /**
   * Whether the connection is in a VPC. Then its test needs permissions for network interfaces.
   *
   * @default - as the connection's definition says; where it is not known, the permissions for network interfaces are not
   * granted, and a warning says so
   */
  readonly inVpc?: boolean;

  /**
   * Whether the connection has a secret. If it has one, pass it as `secret` to the test.
   *
   * @default - as the connection's definition says; where it is not known and the test gets no `secret`, a warning says so
   */
  readonly hasSecret?: boolean;
}

/** @internal */
export const EXISTING_CONNECTION_OPTIONS: Shape<ExistingConnectionOptions> = {
  inVpc: optional(BOOLEAN),
  hasSecret: optional(BOOLEAN),
};

/**
 * Options for `ConnectionTarget.fromName`.
 */
export interface ConnectionNameOptions extends ExistingConnectionOptions {
  /**
   * The Data Catalog that holds the connection: 1 to 255 characters, by default the id of an AWS account.
   *
   * @see https://docs.aws.amazon.com/glue/latest/webapi/API_TestConnection.html
   * @default - the Data Catalog of the account that the stack is deployed to
   */
  readonly catalogId?: string;
}

/** @internal */
export const NAME_OPTIONS: Shape<ConnectionNameOptions> = { ...EXISTING_CONNECTION_OPTIONS, catalogId: optional(TEXT) };
