import type { Shape } from '../props/check-props';
import { BOOLEAN, optional, TEXT } from '../props/kinds';

/**
 * Facts about a connection that its definition may not contain.
 */
export interface ExistingConnectionOptions {
  /**
   * Whether the connection is in a VPC. If it is, its test needs permissions for network interfaces.
   *
   * @default - as in the connection's definition; if that is unknown, the permissions for network interfaces are not
   * granted, and a warning says so
   */
  readonly inVpc?: boolean;

  /**
   * Whether the connection has a secret. If it has one, pass it to the test as `secret`.
   *
   * @default - as in the connection's definition; if that is unknown and the test has no `secret`, a warning says so
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
   * The ID of the Data Catalog that holds the connection: 1 to 255 characters.
   *
   * @see https://docs.aws.amazon.com/glue/latest/webapi/API_TestConnection.html
   * @default - the Data Catalog of the account that the stack is deployed to
   */
  readonly catalogId?: string;
}

/** @internal */
export const NAME_OPTIONS: Shape<ConnectionNameOptions> = { ...EXISTING_CONNECTION_OPTIONS, catalogId: optional(TEXT) };
