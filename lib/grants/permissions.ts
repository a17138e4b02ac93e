import type * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct, IDependable } from 'constructs';
import type { TargetFacts } from '../target/target-facts';

/** What a grant needs to know of a test. */
export interface GrantedTest extends Construct {
  readonly _facts: TargetFacts;
}

/** The role and the policies of one test. */
export interface Access {
  /** The role that the test runs as. If it resolves to nothing, the test runs as the function's own role. */
  readonly roleArn?: string;
  /** The policies that the test has to wait for, including those that are added later. */
  readonly policies: IDependable;
}

/** Allows tests what they need. */
export interface Permissions extends iam.IGrantable {
  /** What the function itself has to wait for. */
  readonly base?: Construct;

  /** Allows a test what it needs; it can be called again with more. */
  allow(test: GrantedTest, statements: readonly iam.PolicyStatement[]): Access;
}

/** The permissions of a function of this app. */
export interface FunctionPermissions extends Permissions {
  /**
   * Allows the function what it does beside tests.
   *
   * @param scope what needs it; a policy is created below it
   * @returns what has to be waited for
   */
  allowFunction(scope: Construct, statements: readonly iam.PolicyStatement[]): IDependable;
}
