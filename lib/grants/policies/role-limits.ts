import { CfnResource, Stack } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';
import { mayBeSame } from '../../cdk/environment';
import { maxLengthOf, QUOTA, sum } from './policy-length';
import { evaluate, resolveWithReferences } from '../../cdk/references';
import { assemblyOf, constructsOf } from '../../cdk/assembly';

type Role = iam.IRole | iam.CfnRole;

/** The roles of an assembly that are kept within IAM's quotas, and what to do where one isn't. */
const LIMITED = new WeakMap<IConstruct, Map<Role, string>>();

/**
 * Makes synthesis fail when a role has more than IAM allows, whoever added it. The check runs at the end, since others
 * may add to the role at any time.
 *
 * @param advice what to do then
 */
export function limitRole(role: Role, advice: string): void {
  const assembly = assemblyOf(role);
  const roles = LIMITED.get(assembly) ?? new Map<Role, string>();
  if (!LIMITED.has(assembly)) {
    LIMITED.set(assembly, roles);
    assembly.node.addValidation({ validate: () => problemsOf(assembly, roles) });
  }
  roles.set(role, advice);
}

function problemsOf(assembly: IConstruct, roles: ReadonlyMap<Role, string>): string[] {
  const policies = [...constructsOf(assembly)].filter(isPolicy).map((resource) => new Attachment(resource));
  return [...roles].flatMap(([role, advice]) => {
    const name = nameOf(role);
    const attached = policies.filter((policy) => policy.isOf(role, name));
    const inline = attached.filter(({ isInline }) => isInline);
    const length = sum([...inlineLengths(role), ...inline.map((policy) => policy.length)]);
    const managed = attached.filter(({ isInline }) => !isInline);
    const count = managedPolicyArns(role) + managed.length;
    const got = (number: number) => `got: ${number} for ${role.node.path}; ${advice}`;
    const problems: string[] = [];
    if (length > QUOTA.inline) {
      problems.push(
        `the inline policies of a role must be at most ${QUOTA.inline} characters together, ${got(length)}`,
      );
    }
    if (count > QUOTA.managedPolicies) {
      problems.push(`a role must have at most ${QUOTA.managedPolicies} managed policies, ${got(count)}`);
    }
    for (const policy of managed.filter((one) => one.length > QUOTA.managed)) {
      problems.push(`a managed policy must be at most ${QUOTA.managed} characters, ${got(policy.length)}`);
    }
    return problems;
  });
}

const [POLICY, ROLE_POLICY, MANAGED_POLICY] = ['AWS::IAM::Policy', 'AWS::IAM::RolePolicy', 'AWS::IAM::ManagedPolicy'];

function isPolicy(construct: IConstruct): construct is CfnResource {
  return (
    CfnResource.isCfnResource(construct) && [POLICY, ROLE_POLICY, MANAGED_POLICY].includes(construct.cfnResourceType)
  );
}

/** A policy that is attached to roles by a resource of its own. */
class Attachment {
  private readonly roleNames: ReadonlySet<string>;

  constructor(private readonly resource: CfnResource) {
    const { roles, roleName } = resource as Partial<Pick<iam.CfnPolicy, 'roles'> & Pick<iam.CfnRolePolicy, 'roleName'>>;
    const { value } = resolveWithReferences(resource, roles ?? [roleName]);
    this.roleNames = new Set([value].flat().map((name) => JSON.stringify(name)));
  }

  get isInline(): boolean {
    return this.resource.cfnResourceType !== MANAGED_POLICY;
  }

  get length(): number {
    return documentLength(this.resource, (this.resource as iam.CfnPolicy).policyDocument);
  }

  isOf(role: Role, name: string): boolean {
    const [own, other] = [Stack.of(this.resource), Stack.of(role)];
    return this.roleNames.has(name) && mayBeSame(own.account, other.account) && mayBeSame(own.region, other.region);
  }
}

/** The name of a role, in which a reference to it is the same from wherever. */
function nameOf(role: Role): string {
  return JSON.stringify(resolveWithReferences(role, isResource(role) ? role.ref : role.roleName).value);
}

/** Undefined for a role that is none of the template. */
function resourceOf(role: Role): iam.CfnRole | undefined {
  return isResource(role) ? role : (role.node.defaultChild as iam.CfnRole | undefined);
}

function isResource(role: Role): role is iam.CfnRole {
  return CfnResource.isCfnResource(role);
}

/** Of the policies inside the role itself. */
function inlineLengths(role: Role): number[] {
  const policies = evaluate(role, resourceOf(role)?.policies) ?? [];
  return (policies as { policyDocument: unknown }[]).map(({ policyDocument }) => documentLength(role, policyDocument));
}

function managedPolicyArns(role: Role): number {
  return ((evaluate(role, resourceOf(role)?.managedPolicyArns) ?? []) as unknown[]).length;
}

/** A document without statements is none. */
function documentLength(scope: IConstruct, document: unknown): number {
  const resolved = resolveWithReferences(scope, document);
  return resolved.value === undefined ? 0 : maxLengthOf(scope, resolved);
}
