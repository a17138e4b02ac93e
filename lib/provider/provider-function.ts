import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { ConnectionTestProviderProps } from './connection-test-provider-props';

interface FunctionProps extends ConnectionTestProviderProps {
  readonly role: iam.IRole;
  readonly logGroup: logs.ILogGroup;
  /** A construct that must be created before the function. */
  readonly base?: Construct;
}

/** The function that runs tests. */
export function createFunction(scope: Construct, props: FunctionProps): lambda.Function {
  const { architecture, memorySize, maxConcurrency, base, vpc } = props;
  const handler = new lambda.Function(scope, 'Function', {
    description: 'Tests the Glue connections of this stack while it is deployed (cdk-glue-connection-test)',
    code: lambda.Code.fromAsset(bundleDirectory()),
    handler: 'index.handler',
    runtime: lambda.determineLatestNodeRuntime(scope),
    architecture: architecture ?? lambda.Architecture.ARM_64,
    memorySize: memorySize ?? 256,
    // The longest timeout that Lambda allows; each test has a timeout of its own.
    timeout: Duration.minutes(15),
    reservedConcurrentExecutions: maxConcurrency,
    role: props.role,
    logGroup: props.logGroup,
    vpc,
    vpcSubnets: props.vpcSubnets,
    securityGroups: props.securityGroups,
  });
  if (base !== undefined) {
    // Lambda doesn't create a function in a VPC until its role allows it.
    handler.node.addDependency(base);
  }
  // `CustomResourceConfig` uses these to find the handlers whose runtime and log it sets.
  handler.node.addMetadata('aws:cdk:is-custom-resource-handler-singleton', true);
  handler.node.addMetadata('aws:cdk:is-custom-resource-handler-runtime-family', handler.runtime.family);
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
  return logGroup;
}

/** The built handler is beside `lib`, both in the package and in the repository. */
function bundleDirectory(): string {
  const directory = path.join(__dirname, '..', '..', 'lambda', 'dist');
  if (!fs.existsSync(path.join(directory, 'index.js'))) {
    throw new Error(`the function's code is missing, expected it at ${directory}: run 'npm run bundle'`);
  }
  return directory;
}
