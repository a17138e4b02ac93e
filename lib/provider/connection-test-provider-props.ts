import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as logs from 'aws-cdk-lib/aws-logs';

/**
 * Properties of a `ConnectionTestProvider`.
 */
export interface ConnectionTestProviderProps {
  /**
   * The instruction set architecture of the function.
   *
   * @default lambda.Architecture.ARM_64
   */
  readonly architecture?: lambda.Architecture;

  /**
   * The log group of the function. It logs one JSON object for each event.
   *
   * @default - a new log group that keeps events for one month and is deleted with the stack
   */
  readonly logGroup?: logs.ILogGroup;

  /**
   * How many tests of a stack run at the same time, at least 1. Each running test of a connection in a VPC may take an
   * IP address of the connection's subnet.
   *
   * The tests run in this many lanes. In a lane, each test waits for the one before it, by `DependsOn`. Tests that wait
   * for a slow data store come last. If a test fails, CloudFormation doesn't start the tests after it.
   *
   * Each stack has its own lanes. `getOrCreate` returns the same provider to all callers whose properties differ only
   * in `maxConcurrency`, and the smallest number applies.
   *
   * @default - no limit other than CloudFormation's
   */
  readonly maxConcurrency?: number;

  /**
   * The memory of the function in MB: 128 to 10240.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html
   * @default 256
   */
  readonly memorySize?: number;

  /**
   * The role of the function. It must trust Lambda. All tests run as this role, and their policies are added to it: at
   * most 10 managed policies and 10,240 characters of inline policies. If the role can't be changed, a warning prints
   * what it must allow.
   *
   * @default - a new role. A test whose permissions refer to resources of the stack, such as a secret or a connection
   * without a name, gets its own role, which the function assumes
   */
  readonly role?: iam.IRole;

  /**
   * The security groups of the function. This requires `vpc`.
   *
   * @default - a new security group that allows all outbound traffic
   */
  readonly securityGroups?: ec2.ISecurityGroup[];

  /**
   * The VPC that the function runs in. The function must reach Glue, CloudFormation, and Amazon S3, which takes its
   * answer. It must reach STS for tests that have their own role, and Secrets Manager for inputs. You don't need this
   * property to test a connection in a VPC: Glue creates its own network interfaces there.
   *
   * @default - none
   */
  readonly vpc?: ec2.IVpc;

  /**
   * The subnets of `vpc` that the function runs in.
   *
   * @default - the private subnets
   */
  readonly vpcSubnets?: ec2.SubnetSelection;
}
