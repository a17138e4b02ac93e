import { Stack, Token, type CfnResource } from 'aws-cdk-lib';
import type * as glue from 'aws-cdk-lib/aws-glue';
import type { IConstruct } from 'constructs';
import { checkInput, type ConnectionInput } from './connection-input';
import { isSame } from './environment';
import { factsOfImport, factsOfInput, factsOfResource, isCfnConnection, type TargetFacts } from './target-facts';
import { checkName } from './validation';

/**
 * Options for `ConnectionTarget.fromName`.
 */
export interface ConnectionNameOptions {
  /**
   * The Data Catalog that holds the connection: 1 to 255 characters, by default the id of an AWS account.
   *
   * @see https://docs.aws.amazon.com/glue/latest/webapi/API_TestConnection.html
   * @default - the Data Catalog of the account that the stack is deployed to
   */
  readonly catalogId?: string;

  /**
   * Whether the connection lies in a VPC, so that testing it takes network interfaces.
   *
   * @default - not known: the permissions for network interfaces are not granted, and a warning says so
   */
  readonly inVpc?: boolean;
}

/**
 * The Glue connection that a `ConnectionTest` tests.
 *
 * @example
 *
 * const target = ConnectionTarget.fromName('orders', { inVpc: true });
 */
export class ConnectionTarget {
  /**
   * A connection of the `aws-cdk-lib/aws-glue` construct `Connection`, made in this app or imported.
   *
   * What testing it takes (secret, network, role) is read from the connection when the test is created: add the
   * connection's properties before. Of an imported connection only name, account and region are known.
   *
   * @param connection the connection; it is tested once it is created or updated
   * @throws an error when it is a `CfnConnection`
   */
  static fromConnection(connection: glue.IConnection): ConnectionTarget {
    // Languages without TypeScript's types could pass one: it looks like the interface.
    if (isCfnConnection(connection)) {
      throw new Error(
        `'connection' must be a Connection of aws-cdk-lib/aws-glue, got: the CfnConnection ${connection.node.path}; ` +
          'use ConnectionTarget.fromCfnConnection',
      );
    }
    const child = connection.node.defaultChild;
    checkName('connectionName', connection.connectionName);
    return new ConnectionTarget({
      ...(isCfnConnection(child) ? factsOfResource(child) : factsOfImport(connection)),
      construct: connection,
      connectionName: connection.connectionName,
    });
  }

  /**
   * A connection of the CloudFormation-level construct `CfnConnection`.
   *
   * What testing it takes (secret, network, role) is read from the connection when the test is created: set the
   * connection's properties before.
   *
   * @param connection the connection; it is tested once it is created or updated
   */
  static fromCfnConnection(connection: glue.CfnConnection): ConnectionTarget {
    return ConnectionTarget._fromResource(connection);
  }

  /**
   * The same, of a resource whose class is not known.
   *
   * @internal
   */
  static _fromResource(connection: CfnResource): ConnectionTarget {
    return new ConnectionTarget({
      ...factsOfResource(connection),
      construct: connection,
      connectionName: connection.ref,
    });
  }

  /**
   * A connection that exists already, by its name.
   *
   * @param connectionName the name: 1 to 255 characters on one line
   * @param options where the connection is
   * @throws an error when the name or the catalog id is not 1 to 255 characters on one line
   */
  static fromName(connectionName: string, options: ConnectionNameOptions = {}): ConnectionTarget {
    checkName('connectionName', connectionName);
    if (options.catalogId !== undefined) {
      checkName('catalogId', options.catalogId);
    }
    return new ConnectionTarget({ ...options, connectionName });
  }

  /**
   * A connection that need not exist: its test can run before it is created, so that a broken one never is.
   *
   * @example
   *
   * const test = new ConnectionTest(this, 'OrdersTest', {
   *   target: ConnectionTarget.fromInput({
   *     connectionType: glue.ConnectionType.JDBC,
   *     connectionProperties: {
   *       JDBC_CONNECTION_URL: 'jdbc:postgresql://db.example.com:5432/orders',
   *       USERNAME: 'orders',
   *     },
   *     secretConnectionProperties: {
   *       PASSWORD: SecretReference.fromSecretsManager(secret, { jsonField: 'password' }),
   *     },
   *   }),
   * });
   * test.executeBefore(orders); // the connection itself is created only after the pass
   *
   * @param input what the connection would be
   * @throws an error when a password is not a `SecretReference`, a value is out of its length, or something is missing
   * that Glue documents as required
   */
  static fromInput(input: ConnectionInput): ConnectionTarget {
    checkInput(input);
    return new ConnectionTarget(factsOfInput(input));
  }

  /** @internal */
  readonly _facts: TargetFacts;

  private constructor(facts: TargetFacts) {
    this._facts = facts;
  }

  /**
   * The catalog to name in the call, where it is not just that of the test's own account.
   *
   * @internal
   */
  _catalogIdFor(test: IConstruct): string | undefined {
    const { catalogId, account } = this._facts;
    return catalogId ?? (isSame(account, Stack.of(test).account) ? undefined : account);
  }

  /**
   * @throws an error when the connection is in another region than the test
   * @internal
   */
  _checkRegion(test: IConstruct): void {
    const { region, construct, connectionName } = this._facts;
    const own = Stack.of(test).region;
    if (!isSame(region, own) && !Token.isUnresolved(region) && !Token.isUnresolved(own)) {
      throw new Error(
        `'target' must be in the region of the test, ${own}, got: ${construct?.node.path ?? connectionName} in ${region}; ` +
          'create the test in a stack of that region',
      );
    }
  }
}
