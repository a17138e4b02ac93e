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
    this.first = this.create(base).policy;
  }

  add(statements: readonly iam.PolicyStatement[]): void {
    if (this.policies.at(-1)?.tryToAdd(statements) !== true) {
      const next = this.create(statements);
      this.first.node.addDependency(next.policy);
    }
  }

  private create(statements: readonly iam.PolicyStatement[]): SharedPolicy {
    const count = this.policies.length + 1;
    const created = new SharedPolicy(this.scope, count === 1 ? 'Policy' : `Policy${count}`, this.role);
    this.policies.push(created);
    created.tryToAdd(statements);
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

  /** Adds statements if there is room for them. An empty policy takes all. */
  tryToAdd(statements: readonly iam.PolicyStatement[]): boolean {
    const wanted = statements.map((statement) => this.wanted(statement));
    const length = this.length + sum(wanted.map((one) => this.growthBy(one)));
    if (length > QUOTA.managed && this.allowed.size > 0) {
      return false;
    }
    this.length = length;
    wanted.forEach((one) => {
      this.addOne(one);
    });
    return true;
  }

  private addOne({ statement, key, resources }: Wanted): void {
    this.wildcards.add(statement);
    const existing = this.extensible(key);
    if (existing === undefined) {
      // Those of other tests are added to a copy, since a test may come to have a role of its own.
      const own = statement.copy();
      this.allowed.set(key, { statement: own, resources: new Set(resources.map(({ text }) => text)) });
      this.policy.addStatements(own);
      return;
    }
    const added = statement.resources.filter((_, index) => !existing.resources.has(resources[index]?.text ?? ''));
    existing.statement.addResources(...added);
    resources.forEach(({ text }) => existing.resources.add(text));
  }

  /** The statement that resources can be added to, unless the CDK has frozen it. */
  private extensible(key: string): Allowed | undefined {
    const existing = this.allowed.get(key);
    return existing?.statement.frozen === false ? existing : undefined;
  }

  /** What the policy grows by: of a resource, with what separates it from the next. */
  private growthBy({ statement, key, resources }: Wanted): number {
    const existing = this.extensible(key)?.resources;
    return existing === undefined
      ? maxLengthOf(this.scope, resolvedStatement(this.scope, statement)) + 1
      : 1 +
          sum(resources.map(({ text, resolved }) => (existing.has(text) ? 0 : maxLengthOf(this.scope, resolved) + 1)));
  }

  private wanted(statement: iam.PolicyStatement): Wanted {
    const { value, references } = resolvedStatement(this.scope, statement);
    const resources = [(value as { readonly Resource: unknown }).Resource].flat();
    return {
      statement,
      key: JSON.stringify([statement.actions, statement.conditions]),
      resources: resources.map((resource) => ({
        text: JSON.stringify(resource),
        resolved: { value: resource, references },
      })),
    };
  }
}

/** A statement that is to be added. */
interface Wanted {
  readonly statement: iam.PolicyStatement;
  /** The same for statements that differ in their resources only. */
  readonly key: string;
  /** Each with a text that is the same for the same resource. */
  readonly resources: readonly { readonly text: string; readonly resolved: Resolved }[];
}
