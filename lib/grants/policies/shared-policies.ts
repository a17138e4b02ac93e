import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { WildcardAcknowledgements } from '../nag/wildcard-acknowledgements';
import { EMPTY_POLICY, maxLength, QUOTA, sum } from './policy-length';

/**
 * Managed policies of a role. Each is filled before the next is created, and tests with the same permissions share
 * them, so that most tests add no policy of their own.
 */
export class SharedPolicies {
  private readonly policies: SharedPolicy[] = [];

  /** It depends on the others, so that whatever waits for it waits for all of them. */
  readonly first: Construct;

  /**
   * @param base the statements to begin with
   */
  constructor(
    private readonly scope: Construct,
    private readonly role: iam.IRole,
    base: readonly iam.PolicyStatement[],
  ) {
    const first = this.create();
    first.add(base);
    this.first = first.policy;
  }

  add(statements: readonly iam.PolicyStatement[]): void {
    const last = this.policies.at(-1);
    if (last?.hasRoomFor(statements) === true) {
      last.add(statements);
      return;
    }
    const next = this.create();
    next.add(statements);
    this.first.node.addDependency(next.policy);
  }

  private create(): SharedPolicy {
    const count = this.policies.length + 1;
    const created = new SharedPolicy(this.scope, count === 1 ? 'Policy' : `Policy${count}`, this.role);
    this.policies.push(created);
    return created;
  }
}

/** A managed policy in which statements that differ in their resources only are one. */
class SharedPolicy {
  readonly policy: iam.ManagedPolicy;
  private readonly statements = new Map<string, { statement: iam.PolicyStatement; resources: Set<string> }>();
  private readonly wildcards: WildcardAcknowledgements;
  /** Of resources, in characters. */
  private readonly lengths = new Map<string, number>();
  private length = EMPTY_POLICY;

  constructor(
    private readonly scope: Construct,
    id: string,
    role: iam.IRole,
  ) {
    this.policy = new iam.ManagedPolicy(scope, id, { roles: [role] });
    this.wildcards = new WildcardAcknowledgements(this.policy);
  }

  hasRoomFor(statements: readonly iam.PolicyStatement[]): boolean {
    return this.length + this.growthBy(statements) <= QUOTA.managed;
  }

  add(statements: readonly iam.PolicyStatement[]): void {
    this.length += this.growthBy(statements);
    for (const statement of statements) {
      this.wildcards.add(statement);
      const existing = this.extensible(statement);
      if (existing === undefined) {
        this.statements.set(actionsAndConditions(statement), { statement, resources: new Set(statement.resources) });
        this.policy.addStatements(statement);
        continue;
      }
      const added = statement.resources.filter((resource) => !existing.resources.has(resource));
      added.forEach((resource) => existing.resources.add(resource));
      existing.statement.addResources(...added);
    }
  }

  /** The statement that the resources of another one can be added to, unless the CDK has frozen it. */
  private extensible(statement: iam.PolicyStatement) {
    const existing = this.statements.get(actionsAndConditions(statement));
    return existing?.statement.frozen === false ? existing : undefined;
  }

  /** What the policy grows by. */
  private growthBy(statements: readonly iam.PolicyStatement[]): number {
    return sum(
      statements.map((statement) => {
        const existing = this.extensible(statement)?.resources;
        return existing === undefined
          ? maxLength(this.scope, statement.toStatementJson()) + 1
          : 1 + sum(statement.resources.filter((one) => !existing.has(one)).map((one) => this.lengthOfResource(one)));
      }),
    );
  }

  /** With what separates it from the next. */
  private lengthOfResource(resource: string): number {
    const length = this.lengths.get(resource) ?? maxLength(this.scope, resource) + 1;
    this.lengths.set(resource, length);
    return length;
  }
}

/** All but the resources. */
function actionsAndConditions(statement: iam.PolicyStatement): string {
  return JSON.stringify([statement.actions, statement.conditions]);
}
