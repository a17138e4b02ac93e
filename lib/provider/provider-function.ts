import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { acknowledgeFunction, acknowledgeLogGroup } from '../grants/nag/acknowledgements';
import type { ConnectionTestProviderProps } from './connection-test-provider-props';

interface FunctionProps extends ConnectionTestProviderProps {
  readonly role: iam.IRole;
  readonly logGroup: logs.ILogGroup;
  /** What has to be there before the function. */
  readonly base?: Construct;
}

/** The function that runs tests. */
export function createFunction(scope: Construct, props: FunctionProps): lambda.Function {
  const { architecture, memorySize, base, vpc } = props;
  const handler = new lambda.Function(scope, 'Function', {
    description: 'Tests the Glue connections of this stack while it is deployed (cdk-glue-connection-test)',
    code: lambda.Code.fromAsset(bundleDirectory()),
    handler: 'index.handler',
    runtime: lambda.determineLatestNodeRuntime(scope),
    architecture: architecture ?? lambda.Architecture.ARM_64,
    memorySize: memorySize ?? 256,
    // The longest that Lambda allows: how long a test may take is for each test to say.
    timeout: Duration.minutes(15),
    role: props.role,
    logGroup: props.logGroup,
    environmentEncryption: props.environmentEncryption,
    vpc,
    vpcSubnets: props.vpcSubnets,
    securityGroups: props.securityGroups,
  });
  if (base !== undefined) {
    // Lambda creates no function in a VPC before its role allows it.
    handler.node.addDependency(base);
  }
  // By these `CustomResourceConfig` finds the handlers whose runtime and log it is to set.
  handler.node.addMetadata('aws:cdk:is-custom-resource-handler-singleton', true);
  handler.node.addMetadata('aws:cdk:is-custom-resource-handler-runtime-family', handler.runtime.family);
  acknowledgeFunction(handler, { inVpc: vpc !== undefined });
  return handler;
}

export function createRole(scope: Construct): iam.IRole {
  return new iam.Role(scope, 'Role', {
    assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
    description: 'Tests the Glue connections of this stack while it is deployed',
  });
}

export function createLogGroup(scope: Construct): logs.ILogGroup {
  const logGroup = new logs.LogGroup(scope, 'LogGroup', {
    retention: logs.RetentionDays.ONE_MONTH,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  logGroup.node.addMetadata('aws:cdk:is-custom-resource-handler-logGroup', true);
  acknowledgeLogGroup(logGroup);
  return logGroup;
}

/** The built handler lies beside `lib` in the package as in the repository. */
function bundleDirectory(): string {
  const directory = path.join(__dirname, '..', '..', 'lambda', 'dist');
  if (!fs.existsSync(path.join(directory, 'index.js'))) {
    throw new Error(`the function's code is missing, expected it at ${directory}: run 'npm run bundle'`);
  }
  return directory;
}
