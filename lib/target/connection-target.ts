import { Stack, Token, type CfnResource } from 'aws-cdk-lib';
import type * as glue from 'aws-cdk-lib/aws-glue';
import type { IConstruct } from 'constructs';
import { checkInput, INPUT, type ConnectionInput } from './connection-input';
import { mayBeSame } from '../cdk/environment';
import { checkProps } from '../props/check-props';
import { isCfnConnection } from './connection-definition';
import { CFN_CONNECTION, CONNECTION, CONNECTION_NAME } from './connection-kinds';
import {
  EXISTING_CONNECTION_OPTIONS,
  NAME_OPTIONS,
  type ConnectionNameOptions,
  type ExistingConnectionOptions,
} from './connection-target-options';
import {
  factsOfImport,
  factsOfInput,
  factsOfNow,
  factsOfResource,
  withOptions,
  type TargetFacts,
} from './target-facts';
import { checkConnectionName, checkName } from '../secrets/value-checks';

/**
 * The Glue connection that a `ConnectionTest` tests.
 *
 * @example
 *
 * const target = ConnectionTarget.fromName('orders', { inVpc: true });
 */
export class ConnectionTarget {
  /**
   * A `Connection` from `aws-cdk-lib/aws-glue`, created in this app or imported.
   *
   * The connection's secret, network and role are read from its definition at synthesis. For an imported connection,
   * only the name, account and Region are known. The options supply the rest.
   *
   * @param connection the connection, which is tested after it is created or updated
   * @param options what the definition of the connection doesn't contain
   * @throws an error when it is a `CfnConnection`, or the options contradict its definition
   */
  static fromConnection(connection: glue.IConnection, options: ExistingConnectionOptions = {}): ConnectionTarget {
    CONNECTION.check('connection', connection);
    checkProps('options', options, EXISTING_CONNECTION_OPTIONS);
    const child = connection.node.defaultChild;
    checkConnectionName(connection.connectionName);
    return new ConnectionTarget({
      ...withOptions(isCfnConnection(child) ? factsOfResource(child) : factsOfImport(connection), options),
      construct: connection,
      connectionName: connection.connectionName,
    });
  }

  /**
   * A `CfnConnection`, which is the L1 construct of a connection.
   *
   * The connection's secret, network and role are read from its definition at synthesis.
   *
   * @param connection the connection, which is tested after it is created or updated
   * @param options what the definition of the connection doesn't contain
   * @throws an error when the options contradict the connection's definition
   */
  static fromCfnConnection(connection: glue.CfnConnection, options: ExistingConnectionOptions = {}): ConnectionTarget {
    CFN_CONNECTION.check('connection', connection);
    checkProps('options', options, EXISTING_CONNECTION_OPTIONS);
    return ConnectionTarget._fromResource(connection, options);
  }

  /**
   * The same for a resource that may be of any class.
   *
   * @internal
   */
  static _fromResource(connection: CfnResource, options: ExistingConnectionOptions = {}): ConnectionTarget {
    return new ConnectionTarget({
      ...withOptions(factsOfResource(connection), options),
      construct: connection,
      connectionName: connection.ref,
    });
  }

  /**
   * A connection that already exists, by its name.
   *
   * @param connectionName the name: 1 to 255 characters on one line
   * @param options where the connection is, and what its test needs
   * @throws an error when the name or the catalog id is not 1 to 255 characters on one line, or the name is an ARN
   */
  static fromName(connectionName: string, options: ConnectionNameOptions = {}): ConnectionTarget {
    CONNECTION_NAME.check('connectionName', connectionName);
    checkProps('options', options, NAME_OPTIONS);
    checkConnectionName(connectionName);
    if (options.catalogId !== undefined) {
      checkName('catalogId', options.catalogId);
    }
    return new ConnectionTarget({ ...options, connectionName });
  }

  /**
   * A connection that doesn't have to exist. The test can run before the connection is created, so a broken connection
   * is never created.
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
   * test.executeBefore(orders); // the connection is created only after the test has passed
   *
   * @param input the definition of the connection
   * @throws an error when a password is not a `SecretReference`, a value is too short or too long, or a property is
   * missing that Glue documents as required
   */
  static fromInput(input: ConnectionInput): ConnectionTarget {
    checkProps('input', input, INPUT);
    checkInput(input);
    return new ConnectionTarget(factsOfInput(input));
  }

  /** @internal */
  readonly _facts: TargetFacts;

  private constructor(facts: TargetFacts) {
    this._facts = facts;
  }

  /**
   * The same target, with the connection's definition as it is now.
   *
   * @internal
   */
  _now(): ConnectionTarget {
    return new ConnectionTarget(factsOfNow(this._facts));
  }

  /**
   * The catalog to name in the call, unless it is the one of the test's own account.
   *
   * @internal
   */
  _catalogIdFor(test: IConstruct): string | undefined {
    const { catalogId, account } = this._facts;
    return catalogId ?? (mayBeSame(account, Stack.of(test).account) ? undefined : account);
  }

  /**
   * @throws an error when the connection is in another region than the test
   * @internal
   */
  _checkRegion(test: IConstruct): void {
    const { region, construct, connectionName } = this._facts;
    const own = Stack.of(test).region;
    if (!mayBeSame(region, own) && !Token.isUnresolved(region) && !Token.isUnresolved(own)) {
      throw new Error(
        `'target' must be in the Region of the test, ${own}, got: ${construct?.node.path ?? connectionName} in ${region}; ` +
          'create the test in a stack in that Region',
      );
    }
  }
}
