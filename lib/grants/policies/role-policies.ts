import { Lazy } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { DependencyGroup, type Construct, type IDependable } from 'constructs';
import { WildcardAcknowledgements } from '../nag/wildcard-acknowledgements';
import { attachPolicies } from './function-policy';
import type { Access, FunctionPermissions, GrantedTest, Permissions } from '../permissions';
import { ProviderPrincipal } from './provider-principal';
import { isOfOwnStack } from '../../cdk/references';
import { resolvedStatement } from '../resolved-statement';
import { limitRole } from './role-limits';
import { shareCondition } from '../../cdk/share-condition';
import { SharedPolicies } from './shared-policies';
import { TestRoles } from './test-roles';

/** A test, with everything that it has been allowed so far. */
interface KnownTest {
  readonly statements: iam.PolicyStatement[];
  readonly access: Access & { readonly policies: DependencyGroup };
}

/**
 * The permissions of a function whose role is the provider's own.
 *
 * In a shared policy, a statement that refers to a resource of the stack would make each test wait for every connection
 * and secret of the stack, and `executeBefore` could close a cycle. So a test with such a statement runs as a role of
 * its own. The others run as the function's role and share policies, so that one more test adds only one resource.
 */
export class OwnRolePolicies implements FunctionPermissions {
  readonly grantPrincipal: ProviderPrincipal;
  private readonly shared: SharedPolicies;
  private readonly testRoles: TestRoles;
  private readonly tests = new Map<Construct, KnownTest>();

  /**
   * @param base what the function needs for every test
   */
  constructor(
    scope: Construct,
    private readonly role: iam.IRole,
    base: readonly iam.PolicyStatement[],
  ) {
    this.shared = new SharedPolicies(scope, role, base);
    this.testRoles = new TestRoles(role);
    this.grantPrincipal = new ProviderPrincipal(scope, role.principalAccount, role, this.testRoles);
    limitRole(role, "give some of the tests a provider of their own, by 'new ConnectionTestProvider'");
  }

  get base(): Construct {
    return this.shared.first;
  }

  allow(test: GrantedTest, statements: readonly iam.PolicyStatement[]): Access {
    const { statements: all, access } = this.tests.get(test) ?? this.register(test);
    all.push(...statements);
    const role = this.testRoles.of(test);
    if (role !== undefined) {
      role.add(statements);
    } else if (statements.some((statement) => isOfOwnStack(test, resolvedStatement(test, statement)))) {
      access.policies.add(this.testRoles.create(test, all).policies);
    } else if (statements.length > 0) {
      this.shared.add(statements);
      access.policies.add(this.shared.first, this.grantPrincipal.policies);
    }
    return access;
  }

  allowFunction(scope: Construct, statements: readonly iam.PolicyStatement[]): IDependable {
    return attachPolicies(scope, this.role, statements);
  }

  private register(test: GrantedTest): KnownTest {
    const roleArn = Lazy.uncachedString({ produce: () => this.testRoles.of(test)?.roleArn });
    const known = { statements: [], access: { roleArn, policies: new DependencyGroup() } };
    this.tests.set(test, known);
    return known;
  }
}

/**
 * The permissions of a function whose role the user gave. All policies are attached to that role: one for each test
 * whose statements refer to its stack, and shared ones for the rest.
 */
export class GivenRolePolicies implements FunctionPermissions {
  readonly grantPrincipal: ProviderPrincipal;
  private readonly shared: SharedPolicies;
  private readonly own = new Map<Construct, OwnPolicy>();

  /**
   * @param base what the function needs for every test
   */
  constructor(
    scope: Construct,
    private readonly role: iam.IRole,
    base: readonly iam.PolicyStatement[],
  ) {
    this.shared = new SharedPolicies(scope, role, base);
    this.grantPrincipal = new ProviderPrincipal(scope, role.principalAccount, role);
    limitRole(role, 'let some tests have a ConnectionTestProvider with another role, or with none');
  }

  get base(): Construct {
    return this.shared.first;
  }

  allow(test: GrantedTest, statements: readonly iam.PolicyStatement[]): Access {
    const policies = new DependencyGroup(this.grantPrincipal.policies);
    const own = statements.filter((statement) => isOfOwnStack(test, resolvedStatement(test, statement)));
    const shared = statements.filter((statement) => !own.includes(statement));
    if (own.length > 0) {
      const policy = this.own.get(test) ?? new OwnPolicy(test, this.role);
      this.own.set(test, policy);
      policies.add(policy.add(own));
    }
    if (shared.length > 0) {
      this.shared.add(shared);
      policies.add(this.shared.first);
    }
    return { policies };
  }

  allowFunction(scope: Construct, statements: readonly iam.PolicyStatement[]): IDependable {
    return attachPolicies(scope, this.role, statements);
  }
}

/** The permissions of a function that is deployed elsewhere: its role stays as it is, and each test has one of its own. */
export class RolesOnly implements Permissions {
  readonly grantPrincipal: ProviderPrincipal;
  private readonly testRoles: TestRoles;

  constructor(scope: Construct, role: iam.IRole) {
    this.testRoles = new TestRoles(role);
    this.grantPrincipal = new ProviderPrincipal(scope, role.principalAccount, undefined, this.testRoles);
  }

  allow(test: GrantedTest, statements: readonly iam.PolicyStatement[]): Access {
    const existing = this.testRoles.of(test);
    existing?.add(statements);
    return existing ?? this.testRoles.create(test, statements);
  }
}

/** The inline policy of one test. */
class OwnPolicy {
  private readonly policy: iam.Policy;
  private readonly wildcards: WildcardAcknowledgements;

  constructor(test: GrantedTest, role: iam.IRole) {
    this.policy = new iam.Policy(test, 'Policy');
    shareCondition(test._facts.resource, this.policy);
    // The role attaches the policy itself, since a role that was created beforehand (`Role.customizeRoles`) takes no
    // policy of the template.
    role.attachInlinePolicy(this.policy);
    this.wildcards = new WildcardAcknowledgements(this.policy);
  }

  add(statements: readonly iam.PolicyStatement[]): iam.Policy {
    this.policy.addStatements(...statements);
    statements.forEach((statement) => this.wildcards.add(statement));
    return this.policy;
  }
}
