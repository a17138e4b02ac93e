import type * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct, IDependable } from 'constructs';
import type { TargetFacts } from '../target/target-facts';

/** A test, as far as it matters for what it is allowed. */
export interface GrantedTest extends Construct {
  readonly _facts: TargetFacts;
}

/** What one test may do, and as whom it runs. */
export interface Access {
  /** The role that the test runs as. It may resolve to nothing: then it is the function's own. */
  readonly roleArn?: string;
  /** The policies that the test has to wait for, also those that come later. */
  readonly policies: IDependable;
}

/** Allows tests what they need. */
export interface Permissions extends iam.IGrantable {
  /** What the function itself has to wait for. */
  readonly base?: Construct;

  /** Allows a test what it needs; it can be called again with more. */
  allow(test: GrantedTest, statements: readonly iam.PolicyStatement[]): Access;
}
