import { Duration, Lazy, RemovalPolicy, Stack, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct, type IConstruct } from 'constructs';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { acknowledgeFunction, acknowledgeLogGroup } from './acknowledgements';
import type { ConnectionTestProviderProps } from './connection-test-provider-props';
import { identityOf } from './identity';
import { functionStatements } from './permissions';
import { RolePolicies, type Permissions } from './role-policies';
import { canBeChanged, UnchangeableRole } from './unchangeable-role';
import { checkMaxConcurrency } from './validation';

/**
 * The function that runs a stack's connection tests, with its role and its log group.
 *
 * Tests share the provider that `getOrCreate` keeps for their stack. Create one yourself only to set its properties,
 * and pass it to each test that is to use it.
 */
export class ConnectionTestProvider extends Construct {
  /**
   * The provider that the tests of a stack share: one for each set of properties.
   *
   * @param scope any construct of the stack
   * @param props what is not to be the default
   * @throws an error when `maxConcurrency` is not a whole number of at least 1
   */
  static getOrCreate(scope: Construct, props: ConnectionTestProviderProps = {}): ConnectionTestProvider {
    const stack = Stack.of(scope);
    const id = `${SINGLETON_ID}${identityOf(props)}`;
    const existing = stack.node.tryFindChild(id);
    return existing ? (existing as ConnectionTestProvider) : new ConnectionTestProvider(stack, id, props);
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
   * @throws an error when `maxConcurrency` is not a whole number of at least 1
   */
  constructor(
    scope: Construct,
    id: string,
    private readonly props: ConnectionTestProviderProps = {},
  ) {
    super(scope, id);

    checkMaxConcurrency(props.maxConcurrency);
    this.logGroup = props.logGroup ?? this.createLogGroup();
    this.role = props.role ?? this.createRole();
    const statements = functionStatements(this, {
      logGroup: this.logGroup,
      key: props.environmentEncryption,
      inVpc: props.vpc !== undefined,
    });
    this.permissions =
      props.role === undefined || canBeChanged(this, props.role)
        ? new RolePolicies(this, this.role, statements)
        : new UnchangeableRole(this, this.role, statements);
    this.serviceToken = this.createFunction().functionArn;
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
          'create another ConnectionTestProvider with a role of its own, or without one, and pass it to the test',
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
    return this.node.id === SINGLETON_ID ? 'Resource' : `Resource${this.node.addr.slice(-8)}`;
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

  private createFunction(): lambda.Function {
    const { architecture, environmentEncryption, maxConcurrency, memorySize, securityGroups, vpc, vpcSubnets } =
      this.props;
    const handler = new lambda.Function(this, 'Function', {
      description: 'Tests the Glue connections of this stack while it is deployed (cdk-glue-connection-test)',
      code: lambda.Code.fromAsset(bundleDirectory()),
      handler: 'index.handler',
      runtime: lambda.determineLatestNodeRuntime(this),
      architecture: architecture ?? lambda.Architecture.ARM_64,
      memorySize: memorySize ?? 256,
      // The longest that Lambda allows: how long a test may take is for each test to say.
      timeout: Duration.minutes(15),
      reservedConcurrentExecutions: this.reservedConcurrency(),
      role: this.role,
      logGroup: this.logGroup,
      environmentEncryption,
      vpc,
      vpcSubnets,
      securityGroups,
    });
    if (this.permissions.base !== undefined) {
      // Lambda creates no function in a VPC before its role allows it.
      handler.node.addDependency(this.permissions.base);
    }
    // By these `CustomResourceConfig` finds the handlers whose runtime and log it is to set.
    handler.node.addMetadata('aws:cdk:is-custom-resource-handler-singleton', true);
    handler.node.addMetadata('aws:cdk:is-custom-resource-handler-runtime-family', handler.runtime.family);
    acknowledgeFunction(handler, { reserved: maxConcurrency !== undefined, inVpc: vpc !== undefined });
    return handler;
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

  private createRole(): iam.IRole {
    return new iam.Role(this, 'Role', {
      assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
      description: 'Tests the Glue connections of this stack while it is deployed',
    });
  }

  private createLogGroup(): logs.ILogGroup {
    const logGroup = new logs.LogGroup(this, 'LogGroup', {
      retention: logs.RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    logGroup.node.addMetadata('aws:cdk:is-custom-resource-handler-logGroup', true);
    acknowledgeLogGroup(logGroup);
    return logGroup;
  }
}

const SINGLETON_ID = 'GlueConnectionTestProvider';

/** The built handler lies beside `lib` in the package as in the repository. */
function bundleDirectory(): string {
  const directory = path.join(__dirname, '..', 'lambda', 'dist');
  if (!fs.existsSync(path.join(directory, 'index.js'))) {
    throw new Error(`the function's code is missing, expected it at ${directory}: run 'npm run bundle'`);
  }
  return directory;
}
