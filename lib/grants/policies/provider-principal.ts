import { Lazy } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { DependencyGroup, type Construct } from 'constructs';
import type { TestRoles } from './test-roles';

/** More roles than a template can hold: it takes 500 resources. */
const MAX_ROLES = 500;

/**
 * All roles that the tests of a provider run as: the function's own, if it may be changed, and those of tests.
 */
export class ProviderPrincipal implements iam.IPrincipal, iam.IComparablePrincipal {
  readonly grantPrincipal = this;
  readonly assumeRoleAction = 'sts:AssumeRole';
  readonly principalAccount?: string;
  /** The policies of the function's role with what was granted. */
  readonly policies = new DependencyGroup();

  private managedPolicy?: iam.ManagedPolicy;

  /**
   * @param provider the provider, below which a policy can be created
   * @param functionRole that of the function, if it takes policies
   * @param testRoles those of its tests, if they have some
   */
  constructor(
    private readonly provider: Construct,
    account: string | undefined,
    private readonly functionRole: iam.IRole | undefined,
    private readonly testRoles?: TestRoles,
  ) {
    this.principalAccount = account;
  }

  addToPrincipalPolicy(statement: iam.PolicyStatement): iam.AddToPrincipalPolicyResult {
    this.testRoles?.grant(statement);
    if (this.functionRole !== undefined) {
      this.managedPolicy ??= this.createPolicy(this.functionRole);
      this.managedPolicy.addStatements(statement);
    }
    return { statementAdded: true, policyDependable: this.policies };
  }

  /**
   * A statement keeps the array that it gets here, and the array can't grow. So it has places for the roles of later
   * tests. A place that resolves to nothing is left out of the template.
   */
  get policyFragment(): iam.PrincipalPolicyFragment {
    const { functionRole, testRoles } = this;
    testRoles?.separatePolicies();
    const roleAt = (index: number) => Lazy.uncachedString({ produce: () => testRoles?.arns[index] });
    const places = Array.from({ length: testRoles === undefined ? 0 : MAX_ROLES }, (_, index) => roleAt(index));
    return new iam.PrincipalPolicyFragment({ AWS: [...(functionRole ? [functionRole.roleArn] : []), ...places] });
  }

  dedupeString(): string {
    return `ConnectionTestProvider:${this.provider.node.addr}`;
  }

  /**
   * A managed policy that names the role. An inline policy would close a cycle if the granted resource names the role,
   * too.
   */
  private createPolicy(role: iam.IRole): iam.ManagedPolicy {
    const policy = new iam.ManagedPolicy(this.provider, 'Grants', { roles: [role] });
    this.policies.add(policy);
    return policy;
  }
}
