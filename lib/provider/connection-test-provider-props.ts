import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
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
   * The key that encrypts the function's environment variables. The function has none of its own: it matters where
   * something else adds some, such as an aspect.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars-encryption.html
   * @default - the key that AWS manages for Lambda
   */
  readonly environmentEncryption?: kms.IKey;

  /**
   * Where the function logs, one JSON object an event.
   *
   * @default - a log group of its own that keeps events for one month and is deleted with the stack
   */
  readonly logGroup?: logs.ILogGroup;

  /**
   * How many tests of a stack run at the same time, at least 1. In a VPC each running test may take an address of the
   * connection's subnet.
   *
   * The tests form as many lanes, in each of which a test waits for the one before it, by `DependsOn`. Tests that wait for
   * a slow data store come last. When a test fails, CloudFormation does not begin those behind it.
   *
   * Each stack has lanes of its own. It is no part of what tells providers apart: of all that callers of `getOrCreate` ask
   * for, the smallest number counts.
   *
   * @default - as many as CloudFormation starts
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
   * The role of the function; Lambda must be allowed to assume it. All tests run as this role: policies for them are added
   * to it, at most 10 managed ones and 10,240 characters of inline ones. If it can't be changed, a warning prints what it
   * has to allow.
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
   * The VPC that the function runs in. It must reach AWS's APIs from there: Glue, CloudFormation, S3 for the answer, STS
   * for tests with a role of their own, and Secrets Manager for inputs. Testing a connection in a VPC doesn't need it: there, Glue makes its own way.
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
