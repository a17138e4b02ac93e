import { Aws, type CfnResource } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { DependencyGroup } from 'constructs';
import { WildcardAcknowledgements } from '../nag/wildcard-acknowledgements';
import type { GrantedTest } from '../permissions';
import { limitRole } from './role-limits';
import { shareCondition } from '../../cdk/share-condition';

/** The role that one test runs as, with all that the test may do. */
export interface TestRole {
  readonly roleArn: string;
  /** What the test has to wait for beside the role, which it names. */
  readonly policies: DependencyGroup;

  /** Allows the test what it needs. */
  add(statements: readonly iam.PolicyStatement[]): void;

  /** Allows the test what the user granted. */
  grant(statement: iam.PolicyStatement): void;

  /**
   * Moves the policy out of the role. Otherwise, a key whose policy names the role would wait for the role, and the
   * role for the key.
   */
  separatePolicy(): void;
}

/**
 * @param functionRole who takes the role on; it needs no permission for that, since the trust policy of a role of the
 * same account names it: https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
 */
export function createTestRole(test: GrantedTest, functionRole: iam.IRole, separatePolicy: boolean): TestRole {
  return test.node.tryGetContext(CUSTOMIZED_ROLES) === undefined
    ? new RoleOfTemplate(test, functionRole, separatePolicy)
    : new ReportedRole(test, functionRole);
}

/** Where `Role.customizeRoles` keeps what it was given. */
const CUSTOMIZED_ROLES = '@aws-cdk/iam:customizeRoles';

const POLICY_NAME = 'Test';
const DESCRIPTION = 'Tests one Glue connection while its stack is deployed';

/**
 * A role as a plain resource. The CDK's `Role` construct adds an aspect, and the CDK stops with an error if aspects add
 * aspects more than a hundred times.
 */
class RoleOfTemplate implements TestRole {
  readonly roleArn: string;
  readonly policies = new DependencyGroup();
  private readonly resource: iam.CfnRole;
  private readonly document = new iam.PolicyDocument();
  private readonly statements: iam.PolicyStatement[] = [];
  private wildcards: WildcardAcknowledgements;

  constructor(
    private readonly test: GrantedTest,
    functionRole: iam.IRole,
    separatePolicy: boolean,
  ) {
    this.resource = new iam.CfnRole(test, 'Role', {
      description: DESCRIPTION,
      assumeRolePolicyDocument: trustIn(functionRole),
    });
    this.roleArn = this.resource.attrArn;
    shareCondition(test._facts.resource, this.resource);
    this.wildcards = separatePolicy ? this.createPolicy() : this.createPolicyInside();
    limitRole(this.resource, 'let the test read fewer secrets, or grant less');
  }

  add(statements: readonly iam.PolicyStatement[]): void {
    this.document.addStatements(...statements);
    this.statements.push(...statements);
    statements.forEach((statement) => this.wildcards.add(statement));
  }

  grant(statement: iam.PolicyStatement): void {
    this.document.addStatements(statement);
  }

  separatePolicy(): void {
    this.resource.policies = undefined;
    this.wildcards = this.createPolicy();
  }

  private createPolicyInside(): WildcardAcknowledgements {
    this.resource.policies = [{ policyName: POLICY_NAME, policyDocument: this.document }];
    return this.acknowledge(this.resource);
  }

  private createPolicy(): WildcardAcknowledgements {
    const policy = new iam.CfnPolicy(this.test, 'RolePolicy', {
      policyName: POLICY_NAME,
      policyDocument: this.document,
      roles: [this.resource.ref],
    });
    shareCondition(this.test._facts.resource, policy);
    this.policies.add(policy);
    return this.acknowledge(policy);
  }

  /** Of the resource that the policy stands in. */
  private acknowledge(resource: CfnResource): WildcardAcknowledgements {
    const wildcards = new WildcardAcknowledgements(resource);
    this.statements.forEach((statement) => wildcards.add(statement));
    return wildcards;
  }
}

/** A function that several stacks use takes on the roles of each for that stack only: it names the stack of the event. */
function trustIn(functionRole: iam.IRole): iam.PolicyDocument {
  const statement = new iam.PolicyStatement({
    actions: ['sts:AssumeRole'],
    principals: [new iam.ArnPrincipal(functionRole.roleArn)],
    conditions: { StringEquals: { 'sts:ExternalId': Aws.STACK_ID } },
  });
  return new iam.PolicyDocument({ statements: [statement] });
}

/** A role that is created beforehand (`Role.customizeRoles`): the CDK's construct reports what it has to allow. */
class ReportedRole implements TestRole {
  readonly policies = new DependencyGroup();
  private readonly role: iam.Role;

  constructor(test: GrantedTest, functionRole: iam.IRole) {
    this.role = new iam.Role(test, 'Role', {
      description: DESCRIPTION,
      assumedBy: new iam.ArnPrincipal(functionRole.roleArn),
      externalIds: [Aws.STACK_ID],
    });
  }

  get roleArn(): string {
    return this.role.roleArn;
  }

  add(statements: readonly iam.PolicyStatement[]): void {
    statements.forEach((statement) => this.grant(statement));
  }

  grant(statement: iam.PolicyStatement): void {
    this.role.addToPrincipalPolicy(statement);
  }

  separatePolicy(): void {
    // No resource of the template names it.
  }
}
