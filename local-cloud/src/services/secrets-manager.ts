import { randomBytes } from 'node:crypto';
import type { Environment } from '../environment';
import { authorize } from '../iam/authorization';
import type { Session } from '../iam/access-keys';
import { ServiceError } from '../service-error';
import type { Operations } from './protocols/protocol';
import { Kms } from './kms';
import { CURRENT, Secret, type SecretValue } from './secret';

export interface PutOptions {
  /** Staging labels that move to the new version. @default - `AWSCURRENT` */
  readonly versionStages?: readonly string[];
  /** @default - a random one */
  readonly versionId?: string;
}

/** @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/Welcome.html */
export class SecretsManager {
  /** All that is kept here, for whoever saves it. */
  readonly records = new Map<string, Secret>();

  constructor(
    private readonly environment: Environment,
    private readonly kms = new Kms(environment),
  ) {}

  get operations(): Operations {
    return {
      'secretsmanager.GetSecretValue': (caller, input) => this.getSecretValue(caller, input),
      'secretsmanager.DescribeSecret': (caller, input) => this.describeSecret(caller, input),
    };
  }

  /** @returns the ARN; without a value, the secret has no version yet */
  create(name: string, value?: SecretValue, kmsKeyId?: string): string {
    const namesake = [...this.records.values()].find((secret) => secret.name === name);
    if (namesake !== undefined) {
      throw namesake.deletedDate === undefined
        ? new ServiceError('ResourceExistsException', `The operation failed because the secret ${name} already exists.`)
        : new ServiceError(
            'InvalidRequestException',
            "You can't create this secret because a secret with this name is already scheduled for deletion.",
          );
    }
    // So that a policy for one secret doesn't hold for a later one of the same name.
    const suffix = randomBytes(8).toString('base64url').replace(/[-_]/g, 'x').slice(0, 6);
    const secret = new Secret(this.arnOf(`${name}-${suffix}`), name);
    this.records.set(secret.arn, secret);
    this.encrypt(secret.arn, kmsKeyId);
    if (value !== undefined) {
      this.put(secret.arn, value);
    }
    return secret.arn;
  }

  /** Stores another version, as PutSecretValue does. @returns its id */
  put(secretId: string, value: SecretValue, { versionStages = [CURRENT], versionId }: PutOptions = {}): string {
    return this.usable(secretId).put(value, versionStages, versionId);
  }

  /** What it holds now. */
  current(secretId: string): { readonly arn: string; readonly value: SecretValue } {
    const secret = this.usable(secretId);
    return { arn: secret.arn, value: secret.find(undefined, CURRENT).value };
  }

  /** Names the key that encrypts the secret. @default - the key that AWS manages */
  encrypt(secretId: string, kmsKeyId?: string): void {
    const isManaged = kmsKeyId === undefined || kmsKeyId.endsWith('alias/aws/secretsmanager');
    this.existing(secretId).kmsKeyArn = isManaged ? undefined : this.kms.arnOf(kmsKeyId);
  }

  /** As DeleteSecret does without ForceDeleteWithoutRecovery. */
  scheduleDeletion(secretId: string): void {
    this.existing(secretId).deletedDate = new Date();
  }

  restore(secretId: string): void {
    this.existing(secretId).deletedDate = undefined;
  }

  /** Deletes it at once. */
  delete(arn: string): void {
    this.records.delete(arn);
  }

  /** @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html */
  async getSecretValue(
    caller: Session,
    input: Readonly<Record<string, unknown>>,
  ): Promise<{ readonly SecretString?: string; readonly SecretBinary?: string }> {
    const text = (member: string) => (typeof input[member] === 'string' ? input[member] : undefined);
    const [versionId, versionStage] = [text('VersionId'), text('VersionStage')];
    const secretId = String(input.SecretId);
    await this.authorize(caller, 'secretsmanager:GetSecretValue', secretId, {
      ...(versionId !== undefined && { 'secretsmanager:VersionId': versionId }),
      // The label that is asked for by default doesn't count: https://github.com/aws/aws-cli/issues/5031
      ...(versionStage !== undefined && { 'secretsmanager:VersionStage': versionStage }),
    });
    const secret = this.usable(secretId);
    const { id, value, stages, created } = secret.find(versionId, versionStage);
    await this.decrypt(caller, secret);
    return {
      ...{ ARN: secret.arn, Name: secret.name, VersionId: id },
      ...{ VersionStages: [...stages], CreatedDate: created.getTime() / 1000 },
      ...(typeof value === 'string'
        ? { SecretString: value }
        : { SecretBinary: Buffer.from(value).toString('base64') }),
    };
  }

  /** @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DescribeSecret.html */
  private async describeSecret(caller: Session, input: Readonly<Record<string, unknown>>): Promise<object> {
    const secretId = String(input.SecretId);
    await this.authorize(caller, 'secretsmanager:DescribeSecret', secretId);
    const { arn, name, kmsKeyArn, deletedDate, versions } = this.existing(secretId);
    return {
      ...{ ARN: arn, Name: name, KmsKeyId: kmsKeyArn },
      DeletedDate: deletedDate && deletedDate.getTime() / 1000,
      VersionIdsToStages: Object.fromEntries(versions.map(({ id, stages }) => [id, [...stages]])),
    };
  }

  private async authorize(caller: Session, action: string, secretId: string, context: Record<string, string> = {}) {
    const asked = secretId.startsWith('arn:') ? secretId : this.arnOf(secretId);
    const arn = this.lookUp(secretId)?.arn ?? asked;
    await authorize(caller, action, [arn], { context: { ...context, 'secretsmanager:SecretId': arn } });
  }

  /** @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html */
  private async decrypt(caller: Session, { kmsKeyArn }: Secret): Promise<void> {
    if (kmsKeyArn !== undefined) {
      await this.kms.decrypt(caller, kmsKeyArn, 'secretsmanager').catch((error: unknown) => {
        throw error instanceof ServiceError
          ? new ServiceError('AccessDeniedException', 'Access to KMS is not allowed')
          : error;
      });
    }
  }

  private usable(secretId: string): Secret {
    const secret = this.existing(secretId);
    if (secret.deletedDate !== undefined) {
      throw new ServiceError(
        'InvalidRequestException',
        "You can't perform this operation on the secret because it was marked for deletion.",
      );
    }
    return secret;
  }

  private existing(secretId: string): Secret {
    const secret = this.lookUp(secretId);
    if (secret === undefined) {
      throw new ServiceError('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
    }
    return secret;
  }

  /**
   * By the name, the ARN, or the ARN without its last seven characters. What ends in a hyphen and six characters is
   * taken for a whole ARN.
   *
   * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/troubleshoot.html#ARN_secretnamehyphen
   */
  private lookUp(secretId: string): Secret | undefined {
    const isPartial = secretId.startsWith('arn:') && !/-[A-Za-z0-9]{6}$/.test(secretId);
    return [...this.records.values()].find(
      ({ arn, name }) => arn === secretId || name === secretId || (isPartial && arn.slice(0, -7) === secretId),
    );
  }

  private arnOf(resource: string): string {
    const { partition, region, accountId } = this.environment;
    return `arn:${partition}:secretsmanager:${region}:${accountId}:secret:${resource}`;
  }
}
