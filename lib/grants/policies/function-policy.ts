import * as iam from 'aws-cdk-lib/aws-iam';
import { DependencyGroup, type Construct, type IDependable } from 'constructs';
import { WildcardAcknowledgements } from '../nag/wildcard-acknowledgements';
import { resolvedStatement } from '../resolved-statement';
import { EMPTY_POLICY, maxLengthOf, QUOTA } from './policy-length';

/** Adds managed policies to the role of a function: as few as hold all statements. They belong to the scope, and go with it. */
export function attachPolicies(
  scope: Construct,
  role: iam.IRole,
  statements: readonly iam.PolicyStatement[],
): IDependable {
  const policies = inPolicies(scope, statements).map((some, index) => {
    const id = index === 0 ? 'Policy' : `Policy${index + 1}`;
    const policy = new iam.ManagedPolicy(scope, id, { roles: [role], statements: some });
    const wildcards = new WildcardAcknowledgements(policy);
    some.forEach((statement) => {
      wildcards.add(statement);
    });
    return policy;
  });
  return new DependencyGroup(...policies);
}

/** The statements of each policy, in their order. */
function inPolicies(scope: Construct, statements: readonly iam.PolicyStatement[]): iam.PolicyStatement[][] {
  const policies: iam.PolicyStatement[][] = [];
  let length = Infinity;
  for (const statement of statements) {
    const added = maxLengthOf(scope, resolvedStatement(scope, statement)) + 1;
    length += added;
    if (length > QUOTA.managed) {
      length = EMPTY_POLICY + added;
      policies.push([]);
    }
    policies.at(-1)?.push(statement);
  }
  return policies;
}
