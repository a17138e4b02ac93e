import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { WildcardAcknowledgements } from '../nag/wildcard-acknowledgements';

/** Adds a managed policy to the role of a function. It belongs to the scope, and goes with it. */
export function attachPolicy(
  scope: Construct,
  role: iam.IRole,
  statements: readonly iam.PolicyStatement[],
): iam.ManagedPolicy {
  const policy = new iam.ManagedPolicy(scope, 'Policy', { roles: [role], statements: [...statements] });
  const wildcards = new WildcardAcknowledgements(policy);
  statements.forEach((statement) => {
    wildcards.add(statement);
  });
  return policy;
}
