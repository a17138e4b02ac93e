import { AWS_POLICIES } from './aws-policies';
import { iamError } from './iam-error';
import { sizeOf, type PolicyDocument } from './policy-document';

const MAX_POLICY_SIZE = 6144;

export interface ManagedPolicy {
  readonly arn: string;
  /** Of the default version. None for a policy of AWS that is known by its ARN only. */
  readonly document?: PolicyDocument;
}

/**
 * The customer managed policies of the account.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html
 */
export class ManagedPolicies {
  /** All that is kept here, for whoever saves it. */
  readonly records = new Map<string, { readonly arn: string; document: PolicyDocument }>();

  constructor(private readonly accountId: string) {}

  /** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicy.html */
  create(name: string, path: string, document: PolicyDocument): ManagedPolicy {
    assertSize(document);
    const isTaken = [...this.records.keys()].some((other) => other.endsWith(`/${name}`));
    if (isTaken) {
      throw iamError(
        'EntityAlreadyExists',
        `A policy called ${name} already exists. Duplicate names are not allowed.`,
        409,
      );
    }
    const policy = { arn: `arn:aws:iam::${this.accountId}:policy${path}${name}`, document };
    this.records.set(policy.arn, policy);
    return policy;
  }

  /** Those that have the policy have the new one at once. */
  update(arn: string, document: PolicyDocument): ManagedPolicy {
    assertSize(document);
    const policy = this.own(arn);
    policy.document = document;
    return policy;
  }

  /** Any policy that can be attached: one of the account, or one of AWS. */
  get(arn: string): ManagedPolicy {
    const [, ofAws] = /^arn:[^:]+:iam::aws:policy\/(.+)$/.exec(arn) ?? [];
    return ofAws === undefined ? this.own(arn) : { arn, document: AWS_POLICIES[ofAws] };
  }

  delete(arn: string): void {
    this.records.delete(arn);
  }

  private own(arn: string): { readonly arn: string; document: PolicyDocument } {
    const policy = this.records.get(arn);
    if (policy === undefined) {
      throw iamError('NoSuchEntity', `Policy ${arn} does not exist or is not attachable.`, 404);
    }
    return policy;
  }
}

function assertSize(document: PolicyDocument): void {
  if (sizeOf(document) > MAX_POLICY_SIZE) {
    throw iamError('LimitExceeded', `Cannot exceed quota for PolicySize: ${MAX_POLICY_SIZE}`, 409);
  }
}
