import { CloudFormation, type StackResult } from '../../src/cloudformation';
import { authorize } from '../../src/iam/authorization';
import { ManagedPolicies } from '../../src/iam/managed-policies';
import { Roles } from '../../src/iam/roles';
import { policyHandler, roleHandler } from '../../src/resources/iam';
import { managedPolicyHandler } from '../../src/resources/managed-policy';

export const ACCOUNT = '111122223333';

/** A CloudFormation that knows IAM only. */
export class IamBed {
  readonly roles = new Roles(ACCOUNT);
  readonly managedPolicies = new ManagedPolicies(ACCOUNT);
  readonly failures: string[] = [];
  readonly cloudFormation = new CloudFormation({
    region: 'eu-west-1',
    accountId: ACCOUNT,
    handlers: (resourceType) =>
      ({
        'AWS::IAM::ManagedPolicy': managedPolicyHandler(this.roles, this.managedPolicies),
        'AWS::IAM::Policy': policyHandler(this.roles),
        'AWS::IAM::Role': roleHandler(this.roles, this.managedPolicies),
      })[resourceType],
    invoke: () => undefined,
    onEvent: ({ logicalId, status, reason }) => {
      if (status.endsWith('_FAILED')) {
        this.failures.push(`${logicalId} ${status}: ${reason ?? ''}`);
      }
    },
  });

  deploy(Resources: object, stackName = 'Access'): Promise<StackResult> {
    return this.cloudFormation.deploy({ stackName, template: { Resources }, capabilities: ['CAPABILITY_NAMED_IAM'] });
  }

  /** Which of the actions the role may take. */
  async allowed(roleName: string, ...actions: string[]): Promise<string[]> {
    const role = this.roles.get(roleName);
    if (role === undefined) {
      throw new Error(`no role ${roleName}`);
    }
    const session = { arn: `arn:aws:sts::111122223333:assumed-role/${roleName}/test`, identity: role };
    const verdicts = actions.map((action) =>
      authorize(session, action, ['*']).then(
        () => [action],
        () => [],
      ),
    );
    return (await Promise.all(verdicts)).flat();
  }
}

export function allow(...actions: string[]): object {
  return { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }] };
}

/** A policy of so many characters, and some white space that doesn't count. */
export function policyOf(characters: number): object {
  const emptyPolicy = JSON.stringify({ ...allow('glue:GetConnection'), Id: '' });
  return { ...allow('glue:GetConnection'), Id: 'x'.repeat(characters - emptyPolicy.length) + ' \n\t ' };
}

export const role = (properties: object = {}, name = 'reader') => ({
  Type: 'AWS::IAM::Role',
  Properties: { RoleName: name, AssumeRolePolicyDocument: {}, ...properties },
});

export const policy = (name: string, PolicyDocument: object, properties: object = {}) => ({
  Type: 'AWS::IAM::Policy',
  Properties: { PolicyName: name, PolicyDocument, Roles: [{ Ref: 'Role' }], ...properties },
});

export const managedPolicy = (PolicyDocument: object, properties: object = {}) => ({
  Type: 'AWS::IAM::ManagedPolicy',
  Properties: { PolicyDocument, ...properties },
});
