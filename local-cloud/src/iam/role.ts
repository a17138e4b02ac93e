import { randomBytes } from 'node:crypto';
import { iamError } from './iam-error';
import type { ManagedPolicy } from './managed-policies';
import { sizeOf, type PolicyDocument } from './policy-document';

const MAX_INLINE_SIZE = 10_240;
const MAX_MANAGED_POLICIES = 10;

/**
 * A role, with its inline policies and the managed ones that are attached to it.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
export class Role {
  /** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids */
  readonly roleId = `AROA${randomBytes(9).toString('hex').slice(0, 17).toUpperCase()}`;
  /** Who may take it on. @default - everyone, for a role that no template made */
  trustPolicy?: PolicyDocument;
  private readonly inlinePolicies = new Map<string, PolicyDocument>();
  private readonly managedPolicies = new Map<string, ManagedPolicy>();

  constructor(
    readonly roleName: string,
    readonly arn: string,
  ) {}

  /** All that the role may and may not, as of now. */
  get policies(): { readonly name: string; readonly policy: PolicyDocument }[] {
    const inline = [...this.inlinePolicies].map(([name, policy]) => ({ name, policy }));
    const managed = [...this.managedPolicies.values()].flatMap(({ arn, document }) =>
      document === undefined ? [] : [{ name: arn, policy: document }],
    );
    return [...inline, ...managed];
  }

  /** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePolicy.html */
  put(policyName: string, document: PolicyDocument): void {
    const others = [...this.inlinePolicies].filter(([name]) => name !== policyName);
    const size = others.reduce((sum, [, other]) => sum + sizeOf(other), sizeOf(document));
    if (size > MAX_INLINE_SIZE) {
      const problem = `Maximum policy size of ${MAX_INLINE_SIZE} bytes exceeded for role ${this.roleName}`;
      throw iamError('LimitExceeded', problem, 409);
    }
    this.inlinePolicies.set(policyName, document);
  }

  remove(policyName: string): void {
    this.inlinePolicies.delete(policyName);
  }

  /** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachRolePolicy.html */
  attach(policy: ManagedPolicy): void {
    if (!this.isAttached(policy.arn) && this.managedPolicies.size >= MAX_MANAGED_POLICIES) {
      throw iamError('LimitExceeded', `Cannot exceed quota for PoliciesPerRole: ${MAX_MANAGED_POLICIES}`, 409);
    }
    this.managedPolicies.set(policy.arn, policy);
  }

  detach(policyArn: string): void {
    this.managedPolicies.delete(policyArn);
  }

  isAttached(policyArn: string): boolean {
    return this.managedPolicies.has(policyArn);
  }
}
