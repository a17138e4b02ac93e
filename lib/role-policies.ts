import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { acknowledgeInlinePolicy, WildcardAcknowledgements } from './acknowledgements';
import { EMPTY_POLICY, maxLength, QUOTA } from './policy-length';
import { refersToOwnStack } from './references';
import { SharedPolicy } from './shared-policy';

/** How much of a role's quotas is used, by all providers that share it. */
interface Usage {
  inlineLength: number;
  managedPolicies: number;
}

const USAGE = new WeakMap<iam.IRole, Usage>();

/** What a provider's role is allowed. */
export interface Permissions {
  /** What the function has to wait for. */
  readonly base?: Construct;

  /** Whether a test's statements still fit on the role. */
  hasRoomFor(test: Construct, statements: readonly iam.PolicyStatement[]): boolean;

  /**
   * Allows one test what it needs.
   *
   * @returns what the test has to wait for
   */
  allow(test: Construct, statements: readonly iam.PolicyStatement[]): Construct[];
}

/**
 * The policies of a provider's role, filled up to IAM's quotas.
 *
 * Statements that refer to resources of the stack stand in an inline policy of the test's own: in a policy for all, each
 * test would wait for every connection and secret of the stack, and `executeBefore` could close a cycle. The others share
 * managed policies, so that a further test takes one resource only.
 */
export class RolePolicies implements Permissions {
  private readonly usage: Usage;
  private last?: SharedPolicy;
  private count = 0;

  readonly base: Construct;

  /**
   * @param base what the function needs for every test
   */
  constructor(
    private readonly scope: Construct,
    private readonly role: iam.IRole,
    base: readonly iam.PolicyStatement[],
  ) {
    this.usage = USAGE.get(role) ?? { inlineLength: 0, managedPolicies: 0 };
    USAGE.set(role, this.usage);
    this.base = this.share(base);
  }

  hasRoomFor(test: Construct, statements: readonly iam.PolicyStatement[]): boolean {
    const { shared, ownLength } = needsOf(test, statements);
    return (
      this.usage.inlineLength + ownLength <= QUOTA.inline &&
      (this.last?.hasRoomFor(shared) === true ||
        (this.usage.managedPolicies < QUOTA.managedPolicies && lengthOf(test, shared) <= QUOTA.managed))
    );
  }

  allow(test: Construct, statements: readonly iam.PolicyStatement[]): Construct[] {
    const { own, shared, ownLength } = needsOf(test, statements);
    const policies: Construct[] = [];
    if (own.length > 0) {
      this.usage.inlineLength += ownLength;
      policies.push(ownPolicy(test, this.role, own));
    }
    if (shared.length > 0) {
      policies.push(this.share(shared));
    }
    return policies;
  }

  private share(statements: readonly iam.PolicyStatement[]): Construct {
    if (this.last?.hasRoomFor(statements) === true) {
      this.last.add(statements);
      return this.last.policy;
    }
    if (this.usage.managedPolicies >= QUOTA.managedPolicies) {
      throw new Error(
        `'role' must have room for one more managed policy, got: ${this.role.node.path}, which takes ` +
          `${QUOTA.managedPolicies}; use another role, or none, for some of the stacks`,
      );
    }
    this.count += 1;
    this.usage.managedPolicies += 1;
    this.last = new SharedPolicy(this.scope, this.count === 1 ? 'Policy' : `Policy${this.count}`, this.role);
    this.last.add(statements);
    return this.last.policy;
  }
}

function ownPolicy(test: Construct, role: iam.IRole, statements: iam.PolicyStatement[]): iam.Policy {
  const policy = new iam.Policy(test, 'Policy', { statements });
  // By the role itself, since one that was created beforehand (`Role.customizeRoles`) takes no policy of the template.
  role.attachInlinePolicy(policy);
  const wildcards = new WildcardAcknowledgements(policy);
  statements.forEach((statement) => wildcards.add(statement));
  acknowledgeInlinePolicy(policy);
  return policy;
}

/** A test's statements, by the kind of policy that they stand in. */
interface Needs {
  readonly own: iam.PolicyStatement[];
  readonly ownLength: number;
  readonly shared: iam.PolicyStatement[];
}

/** Each test asks for room first, and then for the permissions. */
const NEEDS = new WeakMap<readonly iam.PolicyStatement[], Needs>();

function needsOf(test: Construct, statements: readonly iam.PolicyStatement[]): Needs {
  const known = NEEDS.get(statements);
  if (known !== undefined) {
    return known;
  }
  const own = statements.filter((statement) => refersToOwnStack(test, statement.toStatementJson()));
  const shared = statements.filter((statement) => !own.includes(statement));
  const needs = { own, shared, ownLength: lengthOf(test, own) };
  NEEDS.set(statements, needs);
  return needs;
}

function lengthOf(scope: Construct, statements: readonly iam.PolicyStatement[]): number {
  return statements.length === 0
    ? 0
    : EMPTY_POLICY +
        maxLength(
          scope,
          statements.map((statement) => statement.toStatementJson() as unknown),
        );
}
