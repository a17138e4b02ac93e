import { Aws } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { DependencyGroup, type Construct } from 'constructs';
import { acknowledgeInlinePolicy, WildcardAcknowledgements } from './acknowledgements';
import { limitRole } from './role-limits';
import { shareCondition } from './share-condition';

/** The role that one test runs as. */
export class TestRole {
  readonly role: iam.Role;
  /** What the test has to wait for beside the role, which it names. */
  readonly policies = new DependencyGroup();
  private readonly document: iam.PolicyDocument;
  private readonly wildcards: WildcardAcknowledgements;

  /**
   * @param functionRole who takes the role on; it needs no permission for that, since the trust policy of a role of the
   * same account names it: https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
   * @param statements what the test needs
   * @param granted what the provider was granted
   */
  constructor(
    private readonly test: Construct,
    functionRole: iam.IRole,
    statements: readonly iam.PolicyStatement[],
    granted: readonly iam.PolicyStatement[],
  ) {
    this.document = new iam.PolicyDocument({ statements: [...statements, ...granted] });
    this.role = new iam.Role(test, 'Role', {
      description: 'Tests one Glue connection while its stack is deployed',
      assumedBy: new iam.ArnPrincipal(functionRole.roleArn),
      // The function names the stack that the event comes from: one that several stacks share takes on the roles of each
      // for that stack only.
      externalIds: [Aws.STACK_ID],
      inlinePolicies: { Test: this.document },
    });
    this.wildcards = new WildcardAcknowledgements(this.role);
    this.acknowledge(statements);
    acknowledgeInlinePolicy(this.role);
    shareCondition(test, this.role);
    limitRole(this.role, 'let the test read fewer secrets, or grant less');
  }

  /** Allows the test more. */
  add(statements: readonly iam.PolicyStatement[]): void {
    statements.forEach((statement) => this.grant(statement));
    this.acknowledge(statements);
  }

  /** Allows the test what the user granted. */
  grant(statement: iam.PolicyStatement): void {
    if (this.role.node.defaultChild === undefined) {
      // Created beforehand (`Role.customizeRoles`): what it needs is only reported.
      this.role.addToPrincipalPolicy(statement);
    } else {
      this.document.addStatements(statement);
    }
  }

  /**
   * Puts the policy beside the role. A key whose policy names the role would otherwise wait for a role that waits for
   * the key.
   */
  separatePolicy(): void {
    const { defaultChild: resource } = this.role.node;
    if (resource === undefined) {
      return;
    }
    (resource as iam.CfnRole).policies = undefined;
    const policy = new iam.Policy(this.role, 'Policy', { document: this.document, roles: [this.role] });
    shareCondition(this.test, policy);
    this.policies.add(policy);
  }

  private acknowledge(statements: readonly iam.PolicyStatement[]): void {
    statements.forEach((statement) => this.wildcards.add(statement));
  }
}
