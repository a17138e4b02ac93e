import { Lazy } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { DependencyGroup } from 'constructs';
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

  /**
   * @param id what tells the provider from others
   * @param functionRole that of the function, if it takes policies
   * @param testRoles those of its tests, if they have some
   */
  constructor(
    private readonly id: string,
    account: string | undefined,
    private readonly functionRole: iam.IRole | undefined,
    private readonly testRoles?: TestRoles,
  ) {
    this.principalAccount = account;
  }

  addToPrincipalPolicy(statement: iam.PolicyStatement): iam.AddToPrincipalPolicyResult {
    this.testRoles?.grant(statement);
    const result = this.functionRole?.addToPrincipalPolicy(statement);
    if (result?.policyDependable !== undefined) {
      this.policies.add(result.policyDependable);
    }
    return { statementAdded: true, policyDependable: this.policies };
  }

  /**
   * A statement keeps what it is given here, and an array in it can't grow: the roles of tests to come have their places
   * already. What resolves to nothing is left out of the template.
   */
  get policyFragment(): iam.PrincipalPolicyFragment {
    const { functionRole, testRoles } = this;
    testRoles?.separatePolicies();
    const roleAt = (index: number) => Lazy.uncachedString({ produce: () => testRoles?.arns[index] });
    const places = Array.from({ length: testRoles === undefined ? 0 : MAX_ROLES }, (_, index) => roleAt(index));
    return new iam.PrincipalPolicyFragment({ AWS: [...(functionRole ? [functionRole.roleArn] : []), ...places] });
  }

  dedupeString(): string {
    return `ConnectionTestProvider:${this.id}`;
  }
}
