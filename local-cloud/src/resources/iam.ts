import { physicalName, type Properties, type ResourceHandler } from '../cloudformation';
import type { ManagedPolicies } from '../iam/managed-policies';
import type { PolicyDocument } from '../iam/policy-document';
import type { Role } from '../iam/role';
import type { Roles } from '../iam/roles';
import { completed, promised } from './completion';

/**
 * Changes what the template says of the role, and nothing else: policies that other resources gave it stay.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-role.html
 */
export function roleHandler(roles: Roles, managedPolicies: ManagedPolicies): ResourceHandler {
  const change = (role: Role, previous: Properties, next: Properties) => {
    const [inline, managed] = [inlinePoliciesOf(next), managedPolicyArnsOf(next)];
    [...inlinePoliciesOf(previous).keys()].filter((name) => !inline.has(name)).forEach((name) => role.remove(name));
    [...managedPolicyArnsOf(previous)].filter((arn) => !managed.has(arn)).forEach((arn) => role.detach(arn));
    inline.forEach((document, name) => role.put(name, document));
    managed.forEach((arn) => role.attach(managedPolicies.get(arn)));
    role.trustPolicy = next.AssumeRolePolicyDocument as PolicyDocument | undefined;
    return { physicalId: role.roleName, attributes: { Arn: role.arn, RoleId: role.roleId } };
  };
  return {
    create: async ({ stackName, logicalId, properties }) => {
      const name = (properties.RoleName as string | undefined) ?? physicalName(stackName, logicalId);
      const role = roles.create(name, new Map(), properties.Path as string | undefined);
      return completed(role.roleName, () => change(role, {}, properties));
    },
    update: ({ physicalId, properties, previousProperties }) =>
      promised(() => change(roles.existing(physicalId), previousProperties, properties)),
    delete: ({ physicalId }) => promised(() => roles.delete(physicalId)),
  };
}

function inlinePoliciesOf({ Policies = [] }: Properties): ReadonlyMap<string, PolicyDocument> {
  const policies = Policies as { PolicyName: string; PolicyDocument: PolicyDocument }[];
  return new Map(policies.map(({ PolicyName, PolicyDocument }) => [PolicyName, PolicyDocument]));
}

function managedPolicyArnsOf({ ManagedPolicyArns = [] }: Properties): ReadonlySet<string> {
  return new Set(ManagedPolicyArns as string[]);
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-policy.html */
export function policyHandler(roles: Roles): ResourceHandler {
  const put = (properties: Properties) => {
    const policyName = properties.PolicyName as string;
    for (const role of rolesOf(properties).map((roleName) => roles.existing(roleName))) {
      role.put(policyName, properties.PolicyDocument as PolicyDocument);
    }
    return { physicalId: policyName };
  };
  return {
    create: ({ properties }) => completed(properties.PolicyName as string, () => put(properties)),
    update: ({ properties, previousProperties, physicalId }) =>
      promised(() => {
        const result = put(properties);
        const kept = result.physicalId === physicalId ? rolesOf(properties) : [];
        const left = rolesOf(previousProperties).filter((roleName) => !kept.includes(roleName));
        left.forEach((roleName) => roles.get(roleName)?.remove(physicalId));
        return result;
      }),
    delete: ({ physicalId, properties }) =>
      promised(() => rolesOf(properties).forEach((roleName) => roles.get(roleName)?.remove(physicalId))),
  };
}

export function rolesOf({ Roles: roleNames = [] }: Properties): readonly string[] {
  return roleNames as string[];
}
