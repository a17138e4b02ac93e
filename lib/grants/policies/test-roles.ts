import type * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { GrantedTest } from '../permissions';
import { createTestRole, type TestRole } from './test-role';

/**
 * The roles of the tests that one function runs. A permission that is granted to them holds for each, including later
 * ones.
 */
export class TestRoles {
  private readonly roles = new Map<Construct, TestRole>();
  private readonly granted: iam.PolicyStatement[] = [];
  private policiesAreSeparate = false;

  /**
   * @param functionRole who takes them on
   */
  constructor(private readonly functionRole: iam.IRole) {}

  /** The role of a test, if it has one. */
  of(test: Construct): TestRole | undefined {
    return this.roles.get(test);
  }

  create(test: GrantedTest, statements: readonly iam.PolicyStatement[]): TestRole {
    const role = createTestRole(test, this.functionRole, this.policiesAreSeparate);
    this.roles.set(test, role);
    role.add(statements);
    this.granted.forEach((statement) => role.grant(statement));
    return role;
  }

  grant(statement: iam.PolicyStatement): void {
    this.granted.push(statement);
    this.roles.forEach((role) => role.grant(statement));
  }

  /** Moves the policies out of the roles, so that a resource that they name may have a policy that names the roles. */
  separatePolicies(): void {
    if (!this.policiesAreSeparate) {
      this.policiesAreSeparate = true;
      this.roles.forEach((role) => role.separatePolicy());
    }
  }

  get arns(): string[] {
    return [...this.roles.values()].map(({ roleArn }) => roleArn);
  }
}
