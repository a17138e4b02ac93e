import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { functionStatements } from './permissions';
import { refersToOwnStack } from './references';

/**
 * Properties of a `ConnectionTestProvider`.
 */
export interface ConnectionTestProviderProps {
  /**
   * The instruction set of the function's processor.
   *
   * @default lambda.Architecture.ARM_64
   */
  readonly architecture?: lambda.Architecture;

  /**
   * Where the function logs, one JSON object an event.
   *
   * @default - a log group of its own that keeps events for one month and is deleted with the stack
   */
  readonly logGroup?: logs.ILogGroup;

  /**
   * Memory of the function in MB: 128 to 10240.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html
   * @default 256
   */
  readonly memorySize?: number;
}

/**
 * The function that runs a stack's connection tests, with its role and its log group.
 *
 * Tests share the provider that `getOrCreate` keeps for their stack. Create one yourself only to set its properties,
 * and pass it to each test that is to use it.
 */
export class ConnectionTestProvider extends Construct {
  /**
   * The provider, with all defaults, that the tests of a stack share.
   *
   * @param scope any construct of the stack
   */
  static getOrCreate(scope: Construct): ConnectionTestProvider {
    const stack = Stack.of(scope);
    const existing = stack.node.tryFindChild(SINGLETON_ID);
    return existing ? (existing as ConnectionTestProvider) : new ConnectionTestProvider(stack, SINGLETON_ID);
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

  private sharedPolicy?: iam.Policy;

  constructor(scope: Construct, id: string, props: ConnectionTestProviderProps = {}) {
    super(scope, id);

    this.logGroup = props.logGroup ?? this.createLogGroup();
    this.role = new iam.Role(this, 'Role', {
      assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
      description: 'Tests the Glue connections of this stack while it is deployed',
      inlinePolicies: {
        Function: new iam.PolicyDocument({ statements: functionStatements(this, this.logGroup) }),
      },
    });
    const handler = new lambda.Function(this, 'Function', {
      description: 'Tests the Glue connections of this stack while it is deployed (cdk-glue-connection-test)',
      code: lambda.Code.fromAsset(bundleDirectory()),
      handler: 'index.handler',
      runtime: lambda.determineLatestNodeRuntime(this),
      architecture: props.architecture ?? lambda.Architecture.ARM_64,
      memorySize: props.memorySize ?? 256,
      // The longest that Lambda allows: how long a test may take is for each test to say.
      timeout: Duration.minutes(15),
      role: this.role,
      logGroup: this.logGroup,
    });
    this.serviceToken = handler.functionArn;

    // By these `CustomResourceConfig` finds the handlers whose runtime and log it is to set.
    handler.node.addMetadata('aws:cdk:is-custom-resource-handler-singleton', true);
    handler.node.addMetadata('aws:cdk:is-custom-resource-handler-runtime-family', handler.runtime.family);
  }

  /**
   * Allows one test what it needs.
   *
   * Statements that refer to resources of this stack stand in a policy of the test's own. In a policy for all, each
   * test would wait for every connection and secret of the stack, and `executeBefore` could close a cycle.
   *
   * @returns what the test has to wait for
   * @internal
   */
  _allow(test: Construct, statements: readonly iam.PolicyStatement[]): iam.Policy[] {
    const own = statements.filter((statement) => refersToOwnStack(test, statement.toStatementJson()));
    const shared = statements.filter((statement) => !own.includes(statement));
    const policies: iam.Policy[] = [];
    if (own.length > 0) {
      policies.push(new iam.Policy(test, 'Policy', { roles: [this.role], statements: own }));
    }
    if (shared.length > 0) {
      this.sharedPolicy ??= new iam.Policy(this, 'Policy', { roles: [this.role] });
      this.sharedPolicy.addStatements(...shared);
      policies.push(this.sharedPolicy);
    }
    return policies;
  }

  private createLogGroup(): logs.ILogGroup {
    const logGroup = new logs.LogGroup(this, 'LogGroup', {
      retention: logs.RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    logGroup.node.addMetadata('aws:cdk:is-custom-resource-handler-logGroup', true);
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
