import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { WildcardAcknowledgements } from '../nag/wildcard-acknowledgements';
import type { Resolved } from '../../cdk/references';
import { resolvedStatement } from '../resolved-statement';
import { EMPTY_POLICY, maxLengthOf, QUOTA, sum } from './policy-length';

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
    if (this.policies.at(-1)?.tryToAdd(statements) !== true) {
      const next = this.create();
      next.add(statements);
      this.first.node.addDependency(next.policy);
    }
  }

  private create(): SharedPolicy {
    const count = this.policies.length + 1;
    const created = new SharedPolicy(this.scope, count === 1 ? 'Policy' : `Policy${count}`, this.role);
    this.policies.push(created);
    return created;
  }
}

/** What is allowed on resources, each by its text in the template. */
interface Allowed {
  readonly statement: iam.PolicyStatement;
  readonly resources: Set<string>;
}

/** A managed policy in which statements that differ in their resources only are one. */
class SharedPolicy {
  readonly policy: iam.ManagedPolicy;
  private readonly allowed = new Map<string, Allowed>();
  private readonly wildcards: WildcardAcknowledgements;
  private length = EMPTY_POLICY;

  constructor(
    private readonly scope: Construct,
    id: string,
    role: iam.IRole,
  ) {
    this.policy = new iam.ManagedPolicy(scope, id, { roles: [role] });
    this.wildcards = new WildcardAcknowledgements(this.policy);
  }

  /** Adds statements if there is room for them. */
  tryToAdd(statements: readonly iam.PolicyStatement[]): boolean {
    const growth = this.growthBy(statements);
    const hasRoom = this.length + growth <= QUOTA.managed;
    if (hasRoom) {
      this.add(statements, growth);
    }
    return hasRoom;
  }

  add(statements: readonly iam.PolicyStatement[], growth = this.growthBy(statements)): void {
    this.length += growth;
    for (const statement of statements) {
      this.wildcards.add(statement);
      const existing = this.extensible(statement);
      const { resources } = statement;
      const texts = this.resourcesOf(statement).map(([text]) => text);
      if (existing === undefined) {
        // Those of other tests are added to a copy, since a test may come to have a role of its own.
        const own = statement.copy();
        this.allowed.set(actionsAndConditions(statement), { statement: own, resources: new Set(texts) });
        this.policy.addStatements(own);
        continue;
      }
      const added = resources.filter((_, index) => !existing.resources.has(texts[index] ?? ''));
      existing.statement.addResources(...added);
      texts.forEach((text) => existing.resources.add(text));
    }
  }

  /** The statement that the resources of another one can be added to, unless the CDK has frozen it. */
  private extensible(statement: iam.PolicyStatement): Allowed | undefined {
    const existing = this.allowed.get(actionsAndConditions(statement));
    return existing?.statement.frozen === false ? existing : undefined;
  }

  /** What the policy grows by: of a resource, with what separates it from the next. */
  private growthBy(statements: readonly iam.PolicyStatement[]): number {
    return sum(
      statements.map((statement) => {
        const existing = this.extensible(statement)?.resources;
        const added = this.resourcesOf(statement).filter(([text]) => existing?.has(text) === false);
        return existing === undefined
          ? maxLengthOf(this.scope, resolvedStatement(this.scope, statement)) + 1
          : 1 + sum(added.map(([, resource]) => maxLengthOf(this.scope, resource) + 1));
      }),
    );
  }

  /** Each as text that is the same for the same resource, and resolved. */
  private resourcesOf(statement: iam.PolicyStatement): [text: string, resource: Resolved][] {
    const { value, references } = resolvedStatement(this.scope, statement);
    const resources = [(value as { readonly Resource: unknown }).Resource].flat();
    return resources.map((resource) => [JSON.stringify(resource), { value: resource, references }]);
  }
}

/** All but the resources. */
function actionsAndConditions(statement: iam.PolicyStatement): string {
  return JSON.stringify([statement.actions, statement.conditions]);
}
