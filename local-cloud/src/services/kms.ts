import { randomUUID } from 'node:crypto';
import type { Environment } from '../environment';
import { authorize } from '../iam/authorization';
import type { PolicyDocument } from '../iam/policy-document';
import type { Session } from '../iam/access-keys';
import { ServiceError } from '../service-error';

/** The keys of the account, as far as who may use them for another service. Nothing is encrypted. */
export class Kms {
  /** All that is kept here, for whoever saves it. */
  readonly records = new Map<string, PolicyDocument>();

  constructor(private readonly environment: Environment) {}

  /** @returns the key's ARN */
  createKey(policy: PolicyDocument = this.defaultPolicy()): string {
    const arn = this.arnOf(randomUUID());
    this.records.set(arn, policy);
    return arn;
  }

  putKeyPolicy(arn: string, policy: PolicyDocument = this.defaultPolicy()): void {
    this.records.set(arn, policy);
  }

  deleteKey(arn: string): void {
    this.records.delete(arn);
  }

  /** The ARN of the key that an id or an ARN names. */
  arnOf(keyId: string): string {
    if (/(^|:)alias\//.test(keyId)) {
      throw new ServiceError('NotFoundException', `Alias ${keyId} is not modelled: name the key by its id or its ARN`);
    }
    const { partition, region, accountId } = this.environment;
    return keyId.startsWith('arn:') ? keyId : `arn:${partition}:kms:${region}:${accountId}:key/${keyId}`;
  }

  /**
   * Lets another service decrypt for the caller, if the key's policy and the caller's allow it.
   *
   * @throws ServiceError AccessDeniedException
   * @see https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service
   */
  async decrypt(caller: Session, keyArn: string, service: string): Promise<void> {
    await authorize(caller, 'kms:Decrypt', [keyArn], {
      context: {
        'kms:ViaService': `${service}.${this.environment.region}.amazonaws.com`,
        'kms:CallerAccount': this.environment.accountId,
      },
      resourcePolicy: this.records.get(keyArn) ?? this.defaultPolicy(),
    });
  }

  /** @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html it leaves access to IAM */
  private defaultPolicy(): PolicyDocument {
    const { partition, accountId } = this.environment;
    const Principal = { AWS: `arn:${partition}:iam::${accountId}:root` };
    return { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal, Action: 'kms:*', Resource: '*' }] };
  }
}
