import { physicalName, type ResourceHandler } from '../cloudformation';
import type { PolicyDocument, Roles } from '../iam/roles';

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-role.html */
export function roleHandler(roles: Roles): ResourceHandler {
  const put = (roleName: string, properties: Readonly<Record<string, unknown>>) => {
    const policies = (properties.Policies ?? []) as { PolicyName: string; PolicyDocument: PolicyDocument }[];
    const role = roles.create(
      roleName,
      new Map(policies.map(({ PolicyName, PolicyDocument }) => [PolicyName, PolicyDocument])),
    );
    return Promise.resolve({ physicalId: roleName, attributes: { Arn: role.arn } });
  };
  return {
    create: ({ stackName, logicalId, properties }) =>
      put((properties.RoleName as string | undefined) ?? physicalName(stackName, logicalId), properties),
    update: ({ physicalId, properties }) => put(physicalId, properties),
    delete: ({ physicalId }) => {
      roles.delete(physicalId);
      return Promise.resolve();
    },
    requiresReplacement: (previous, next) => previous.RoleName !== next.RoleName,
  };
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-policy.html */
export function policyHandler(roles: Roles): ResourceHandler {
  const rolesOf = (properties: Readonly<Record<string, unknown>>) =>
    ((properties.Roles ?? []) as string[]).map((roleName) => {
      const role = roles.get(roleName);
      if (role === undefined) {
        throw new Error(`The role with name ${roleName} cannot be found. (Service: Iam, Status Code: 404)`);
      }
      return role;
    });
  const put = (properties: Readonly<Record<string, unknown>>) => {
    const policyName = properties.PolicyName as string;
    for (const role of rolesOf(properties)) {
      role.policies.set(policyName, properties.PolicyDocument as PolicyDocument);
    }
    return Promise.resolve({ physicalId: policyName });
  };
  return {
    create: async ({ properties }) => put(properties),
    update: async ({ properties, previousProperties }) => {
      for (const role of rolesOf(previousProperties)) {
        role.policies.delete(previousProperties.PolicyName as string);
      }
      return put(properties);
    },
    delete: ({ physicalId, properties }) => {
      for (const roleName of (properties.Roles ?? []) as string[]) {
        roles.get(roleName)?.policies.delete(physicalId);
      }
      return Promise.resolve();
    },
  };
}
