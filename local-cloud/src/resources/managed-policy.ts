import { physicalName, type Properties, type ResourceHandler } from '../cloudformation';
import { iamError } from '../iam/iam-error';
import type { ManagedPolicies, ManagedPolicy } from '../iam/managed-policies';
import type { PolicyDocument } from '../iam/policy-document';
import type { Roles } from '../iam/roles';
import { completed, promised } from './completion';
import { rolesOf } from './iam';

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-managedpolicy.html */
export function managedPolicyHandler(roles: Roles, managedPolicies: ManagedPolicies): ResourceHandler {
  const attach = (policy: ManagedPolicy, properties: Properties) => {
    for (const role of rolesOf(properties).map((roleName) => roles.existing(roleName))) {
      role.attach(policy);
    }
    return { physicalId: policy.arn, attributes: { PolicyArn: policy.arn } };
  };
  const detach = (arn: string, roleNames: readonly string[]) => {
    roleNames.forEach((roleName) => roles.get(roleName)?.detach(arn));
  };
  return {
    create: async ({ stackName, logicalId, properties }) => {
      const name = (properties.ManagedPolicyName as string | undefined) ?? physicalName(stackName, logicalId);
      const path = (properties.Path as string | undefined) ?? '/';
      const policy = managedPolicies.create(name, path, properties.PolicyDocument as PolicyDocument);
      return completed(policy.arn, () => attach(policy, properties));
    },
    update: ({ physicalId, properties, previousProperties }) =>
      promised(() => {
        const policy = managedPolicies.update(physicalId, properties.PolicyDocument as PolicyDocument);
        const result = attach(policy, properties);
        const kept = rolesOf(properties);
        const left = rolesOf(previousProperties).filter((roleName) => !kept.includes(roleName));
        detach(physicalId, left);
        return result;
      }),
    /** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeletePolicy.html */
    delete: ({ physicalId, properties }) =>
      promised(() => {
        detach(physicalId, rolesOf(properties));
        if (roles.anyHas(physicalId)) {
          throw iamError('DeleteConflict', 'Cannot delete a policy attached to entities.', 409);
        }
        managedPolicies.delete(physicalId);
      }),
  };
}
