import { Lazy, Stack, Token } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as logs from 'aws-cdk-lib/aws-logs';
import { Construct, type IConstruct } from 'constructs';
import type { ConnectionTestProviderProps } from './connection-test-provider-props';
import { identityOf } from './identity';
import { ImportedProvider } from './imported-provider';
import { checkProps } from './check-props';
import { CONSTRUCT } from './kinds';
import { functionStatements } from './permissions';
import { resourceIdFor, type IConnectionTestProvider, type Provider } from './provider';
import { createFunction, createLogGroup, createRole } from './provider-function';
import { RolePolicies, type Permissions } from './role-policies';
import { PROVIDER_PROPS } from './shapes';
import { canBeChanged, UnchangeableRole } from './unchangeable-role';

/**
 * The function that runs a stack's connection tests, with its role and its log group.
 *
 * Tests share the provider that `getOrCreate` keeps for their stack. To set properties, give them to `getOrCreate` and pass
 * what it returns to each test that is to use it; create one yourself only where its place or its id matters.
 *
 * @example
 *
 * new ConnectionTest(this, 'OrdersTest', {
 *   target: ConnectionTarget.fromConnection(orders),
 *   // The connection's subnet has 20 free addresses.
 *   provider: ConnectionTestProvider.getOrCreate(this, { maxConcurrency: 20 }),
 * });
 */
export class ConnectionTestProvider extends Construct implements IConnectionTestProvider, Provider {
  /**
   * The provider that the tests of a stack share: one for each set of properties.
   *
   * @param scope any construct of the stack
   * @param props what is not to be the default
   * @throws an error when `maxConcurrency` or `memorySize` is out of its range
   */
  static getOrCreate(scope: Construct, props: ConnectionTestProviderProps = {}): ConnectionTestProvider {
    CONSTRUCT.check('scope', scope);
    checkProps('props', props, PROVIDER_PROPS);
    const stack = Stack.of(scope);
    const id = `${SINGLETON_ID}${identityOf(stack, props)}`;
    const existing = stack.node.tryFindChild(id);
    return existing ? (existing as ConnectionTestProvider) : new ConnectionTestProvider(stack, id, props);
  }

  /**
   * A provider that is deployed elsewhere in the same account and region, such as by the CloudFormation template of this
   * package: one function for all stacks. What its role has to allow for each test can't be granted from here; a warning
   * prints it.
   *
   * @param scope any construct
   * @param id the id of the import
   * @param serviceToken the ARN of the provider's function
   * @throws an error when the service token is not the ARN of a Lambda function
   */
  static fromServiceToken(scope: Construct, id: string, serviceToken: string): IConnectionTestProvider {
    return new ImportedProvider(scope, id, serviceToken);
  }

  /**
   * What the custom resources name as their `ServiceToken`: the function's ARN.
   */
  readonly serviceToken: string;

  /**
   * The role of the function. It holds what the tests that use this provider need, and nothing else.
   */
  readonly role: iam.IRole;

  /**
   * Where the function logs.
   */
  readonly logGroup: logs.ILogGroup;

  private readonly permissions: Permissions;
  private isUsed = false;
  private next?: ConnectionTestProvider;
  /** The first provider and those that followed when a role was full. */
  private chain: ConnectionTestProvider[] = [this];

  /**
   * Adds a function of its own to a stack.
   *
   * @param scope where the provider belongs: the stack of the tests, or a construct of it
   * @param id the id of the provider in that scope
   * @param props what is not to be the default
   * @throws an error when `maxConcurrency` or `memorySize` is out of its range
   */
  constructor(
    scope: Construct,
    id: string,
    private readonly props: ConnectionTestProviderProps = {},
  ) {
    super(scope, id);

    checkProps('props', props, PROVIDER_PROPS);
    this.logGroup = props.logGroup ?? createLogGroup(this);
    this.role = props.role ?? createRole(this);
    const statements = functionStatements(this, {
      logGroup: this.logGroup,
      key: props.environmentEncryption,
      inVpc: props.vpc !== undefined,
    });
    this.permissions =
      props.role === undefined || canBeChanged(this, props.role)
        ? new RolePolicies(this, this.role, statements)
        : new UnchangeableRole(this, this.role, statements);
    const { functionArn } = createFunction(this, {
      ...props,
      role: this.role,
      logGroup: this.logGroup,
      reservedConcurrentExecutions: this.reservedConcurrency(),
      base: this.permissions.base,
    });
    this.serviceToken = functionArn;
  }

  /**
   * @throws an error when the test is of another stack
   * @internal
   */
  _checkIsFor(test: Construct): void {
    const [own, other] = [Stack.of(test), Stack.of(this)];
    if (own !== other) {
      throw new Error(
        `'provider' must be of the same stack as the test, ${own.node.path}, got: one of ${other.node.path}; ` +
          'create a ConnectionTestProvider in the stack of the test, or leave the property out',
      );
    }
  }

  /**
   * The provider that has room for one more test: this one, or the next where its role is full.
   *
   * @internal
   */
  _withRoomFor(test: Construct, statements: readonly iam.PolicyStatement[]): ConnectionTestProvider {
    if (this.permissions.hasRoomFor(test, statements)) {
      return this;
    }
    if (this.props.role !== undefined) {
      throw new Error(
        `'provider' must have a role with room for the test's policies, got: ${this.role.node.path}, which is full; ` +
          'let some tests have a ConnectionTestProvider with another role, or with none',
      );
    }
    if (!this.isUsed) {
      throw new Error(
        `'target' must not need more permissions than a role can hold, got: ${test.node.path}, which needs one for each ` +
          'of its secrets; use fewer secrets',
      );
    }
    return this.successor()._withRoomFor(test, statements);
  }

  /**
   * Allows one test what it needs.
   *
   * @returns what the test has to wait for
   * @internal
   */
  _allow(test: Construct, statements: readonly iam.PolicyStatement[]): Construct[] {
    this.isUsed = true;
    return this.permissions.allow(test, statements);
  }

  /**
   * The id of a test's resource. CloudFormation refuses another `ServiceToken` for a resource that there is already: with
   * another provider, it has to be another resource.
   *
   * @internal
   */
  get _resourceId(): string {
    return this.node.id === SINGLETON_ID ? 'Resource' : resourceIdFor(this);
  }

  /**
   * What is given to the provider, and can't wait for a test either.
   *
   * @internal
   */
  get _prerequisites(): IConstruct[] {
    const { logGroup, role, environmentEncryption, vpc, securityGroups = [] } = this.props;
    return [
      this,
      ...[logGroup, role, environmentEncryption, vpc, ...securityGroups].filter((given) => given !== undefined),
    ];
  }

  /**
   * Whether tests may have to wait for others.
   *
   * @internal
   */
  get _isQueued(): boolean {
    return this.props.maxConcurrency !== undefined;
  }

  private successor(): ConnectionTestProvider {
    if (this.next === undefined) {
      this.next = new ConnectionTestProvider(this, 'Next', this.props);
      this.next.chain = this.chain;
      this.chain.push(this.next);
    }
    return this.next;
  }

  /** This function's share of `maxConcurrency`, at least 1. */
  private reservedConcurrency(): number | undefined {
    const { maxConcurrency } = this.props;
    if (maxConcurrency === undefined || Token.isUnresolved(maxConcurrency)) {
      return maxConcurrency;
    }
    return Lazy.number({
      produce: () => {
        const { length } = this.chain;
        const isAmongTheFirst = this.chain.indexOf(this) < maxConcurrency % length;
        return Math.max(1, Math.floor(maxConcurrency / length) + (isAmongTheFirst ? 1 : 0));
      },
    });
  }
}

const SINGLETON_ID = 'GlueConnectionTestProvider';
