import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as logs from 'aws-cdk-lib/aws-logs';

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
   * Where the function logs: one JSON object for each event.
   *
   * @default - a log group of its own that keeps events for one month and is deleted with the stack
   */
  readonly logGroup?: logs.ILogGroup;

  /**
   * How many tests run at the same time, at least 1. In a VPC each running test may take an address of the connection's
   * subnet.
   *
   * Lambda retries the others after 1, 2, 4 … up to 300 seconds. With many times as many tests, that takes minutes.
   *
   * This reserves as much of the account's concurrency for the function.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html
   * @default - as many as CloudFormation starts and the account's concurrency allows
   */
  readonly maxConcurrency?: number;

  /**
   * Memory of the function in MB: 128 to 10240.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html
   * @default 256
   */
  readonly memorySize?: number;

  /**
   * The role of the function, which Lambda must be allowed to assume. All tests run as this role, and their policies
   * are added to it: at most 10 managed policies and 10,240 characters of inline ones. If the role can't be changed, a
   * warning prints what it must allow.
   *
   * @default - a role of its own. A test whose permissions name resources of the stack, such as a connection without a
   * name, or a secret, gets a role of its own that the function assumes
   */
  readonly role?: iam.IRole;

  /**
   * Security groups of the function, with `vpc` only.
   *
   * @default - one of its own that lets all traffic out
   */
  readonly securityGroups?: ec2.ISecurityGroup[];

  /**
   * The VPC that the function runs in. From there, the function must reach Glue, CloudFormation, S3 for the answer, STS
   * for tests with a role of their own, and Secrets Manager for inputs. You don't need this to test a connection in a
   * VPC: Glue makes its own network interfaces there.
   *
   * @default - none
   */
  readonly vpc?: ec2.IVpc;

  /**
   * Which subnets of `vpc` the function runs in.
   *
   * @default - the private ones
   */
  readonly vpcSubnets?: ec2.SubnetSelection;
}
