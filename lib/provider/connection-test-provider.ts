import { Stack } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as logs from 'aws-cdk-lib/aws-logs';
import { Construct, type IConstruct } from 'constructs';
import type { ConnectionTestProviderProps } from './connection-test-provider-props';
import { identityOf } from '../cdk/identity';
import { checkProps } from '../props/check-props';
import { ImportedProvider, type ImportedProviderOptions } from './imported-provider';
import { CONSTRUCT } from '../props/kinds';
import { functionStatements } from '../grants/statements';
import type { Access, FunctionPermissions, GrantedTest } from '../grants/permissions';
import { resourceIdFor, smallerLimit, type IConnectionTestProvider, type OwnFunction, type Provider } from './provider';
import { createFunction, createLogGroup, createRole } from './provider-function';
import { GivenRolePolicies, OwnRolePolicies } from '../grants/policies/role-policies';
import { PROVIDER_PROPS } from './provider-shapes';
import { canBeChanged, UnchangeableRole } from '../grants/policies/unchangeable-role';

/**
 * The function that runs a stack's connection tests, with its role and its log group.
 *
 * Tests share the provider that `getOrCreate` keeps for their stack. To set properties, pass them to `getOrCreate`, and
 * pass the returned provider to each test that should use it. Create a provider yourself only if its scope or id
 * matters.
 *
 * @example
 *
 * new ConnectionTest(this, 'OrdersTest', {
 *   target: ConnectionTarget.fromConnection(orders),
 *   // The connection's subnet has 20 free addresses.
 *   provider: ConnectionTestProvider.getOrCreate(this, { maxConcurrency: 20 }),
 * });
 */
export class ConnectionTestProvider
  extends Construct
  implements IConnectionTestProvider, Provider, iam.IGrantable, ec2.IConnectable
{
  /**
   * Returns the provider that the tests of a stack share. There is one for each set of properties. Callers whose
   * properties differ only in `maxConcurrency` share a provider, and the smallest number applies.
   *
   * @param scope any construct in the stack
   * @param props properties that differ from the defaults
   * @throws an error when `maxConcurrency` or `memorySize` is out of range
   */
  static getOrCreate(scope: Construct, props: ConnectionTestProviderProps = {}): ConnectionTestProvider {
    CONSTRUCT.check('scope', scope);
    checkProps('props', props, PROVIDER_PROPS);
    const stack = Stack.of(scope);
    // A limit doesn't change the function. Another function would run all tests again.
    const { maxConcurrency, ...ofFunction } = props;
    const id = `${SINGLETON_ID}${identityOf(stack, ofFunction)}`;
    const existing = stack.node.tryFindChild(id) as ConnectionTestProvider | undefined;
    const provider = existing ?? new ConnectionTestProvider(stack, id, ofFunction);
    provider._limit(maxConcurrency);
    return provider;
  }

  /**
   * Imports a provider that is deployed elsewhere in the same account and Region, for example with this package's
   * CloudFormation template. One function can then run the tests of all stacks.
   *
   * Pass the function's role, too. Each test then gets its own role with the permissions that it needs, and the
   * function assumes that role. Without the function's role, nothing can be granted, and a warning prints what that
   * role must allow.
   *
   * @param scope any construct
   * @param id the id of the import
   * @param serviceToken the ARN of the provider's function
   * @param options the role of the function, and how many tests run at the same time
   * @throws an error when the service token is not the ARN of a Lambda function
   */
  static fromServiceToken(
    scope: Construct,
    id: string,
    serviceToken: string,
    options: ImportedProviderOptions = {},
  ): IConnectionTestProvider {
    return new ImportedProvider(scope, id, serviceToken, options);
  }

  /**
   * The ARN of the function, which is the `ServiceToken` of the custom resources.
   */
  readonly serviceToken: string;

  /**
   * The role of the function. Not all tests run as this role. Grant permissions for tests to the provider instead, for
   * example with `key.grantDecrypt(provider)`.
   */
  readonly role: iam.IRole;

  /**
   * The log group of the function.
   */
  readonly logGroup: logs.ILogGroup;

  /**
   * The principal for all roles that tests run as. A permission that you grant to it applies to each test, including
   * tests that are added later.
   */
  readonly grantPrincipal: iam.IPrincipal;

  private maxConcurrency?: number;
  private readonly permissions: FunctionPermissions;
  private readonly handler: lambda.Function;

  /**
   * Adds a provider to a stack.
   *
   * @param scope the stack of the tests, or a construct in it
   * @param id the id of the provider in that scope
   * @param props properties that differ from the defaults
   * @throws an error when `maxConcurrency` or `memorySize` is out of range
   */
  constructor(
    scope: Construct,
    id: string,
    private readonly props: ConnectionTestProviderProps = {},
  ) {
    super(scope, id);

    checkProps('props', props, PROVIDER_PROPS);
    this._limit(props.maxConcurrency);
    this.logGroup = props.logGroup ?? createLogGroup(this);
    this.role = props.role ?? createRole(this);
    const statements = functionStatements(this, { logGroup: this.logGroup, inVpc: props.vpc !== undefined });
    const Policies =
      props.role === undefined
        ? OwnRolePolicies
        : canBeChanged(this, props.role)
          ? GivenRolePolicies
          : UnchangeableRole;
    this.permissions = new Policies(this, this.role, statements);
    this.grantPrincipal = this.permissions.grantPrincipal;
    this.handler = createFunction(this, {
      ...props,
      role: this.role,
      logGroup: this.logGroup,
      base: this.permissions.base,
    });
    this.serviceToken = this.handler.functionArn;
  }

  /**
   * The security groups of the function, if it runs in a VPC. Use them to let the function reach interface endpoints,
   * for example. A test reaches the data store through Glue, not through the function.
   *
   * @throws an error when the function doesn't run in a VPC
   */
  get connections(): ec2.Connections {
    if (this.props.vpc === undefined) {
      throw new Error(
        `'connections' requires a provider with a 'vpc', got: ${this.node.path}, whose function has no security ` +
          'group; put the function into a VPC, or leave it out of the rules',
      );
    }
    return this.handler.connections;
  }

  /**
   * @throws an error when the test is of another stack
   * @internal
   */
  _checkIsFor(test: Construct): void {
    const [own, other] = [Stack.of(test), Stack.of(this)];
    if (own !== other) {
      throw new Error(
        `'provider' must be in the same stack as the test, ${own.node.path}, got: one in ${other.node.path}; ` +
          'create a ConnectionTestProvider in the stack of the test, or leave the property out',
      );
    }
  }

  /**
   * Allows one test what it needs; it can be called again with more.
   *
   * @internal
   */
  _allow(test: GrantedTest, statements: readonly iam.PolicyStatement[]): Access {
    return this.permissions.allow(test, statements);
  }

  /**
   * The id of a test's resource. CloudFormation doesn't let the `ServiceToken` of an existing resource change, so a
   * test with another provider must be another resource.
   *
   * @internal
   */
  get _resourceId(): string {
    return this.node.id === SINGLETON_ID ? 'Resource' : resourceIdFor(this);
  }

  /**
   * The provider, and the constructs that it was given. None of them can wait for a test.
   *
   * @internal
   */
  get _prerequisites(): IConstruct[] {
    const { logGroup, role, vpc, securityGroups = [] } = this.props;
    return [this, ...[logGroup, role, vpc, ...securityGroups].filter((given) => given !== undefined)];
  }

  /**
   * How many tests of one stack run at the same time, where there is a limit.
   *
   * @internal
   */
  get _maxConcurrency(): number | undefined {
    return this.maxConcurrency;
  }

  /**
   * Of several limits, the smallest counts.
   *
   * @internal
   */
  _limit(maxConcurrency?: number): void {
    this.maxConcurrency = smallerLimit(this.maxConcurrency, maxConcurrency);
  }

  /**
   * The function, for whoever makes it do more than the tests of a deployment.
   *
   * @internal
   */
  get _function(): OwnFunction {
    const { handler, logGroup, permissions } = this;
    return { handler, logGroup, allow: (scope, statements) => permissions.allowFunction(scope, statements) };
  }
}

const SINGLETON_ID = 'GlueConnectionTestProvider';
