import { randomUUID } from 'node:crypto';
import { ServiceError } from '../service-error';

export type SecretValue = string | Uint8Array;

export interface SecretVersion {
  readonly id: string;
  readonly value: SecretValue;
  readonly created: Date;
  /** Its staging labels. */
  readonly stages: Set<string>;
}

export const CURRENT = 'AWSCURRENT';
const PREVIOUS = 'AWSPREVIOUS';

/**
 * A secret and its versions.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/whats-in-a-secret.html#term_version
 */
export class Secret {
  /** The ARN of the key that encrypts it. @default - the one that AWS manages, which everyone in the account may use */
  kmsKeyArn?: string;
  /** When it was scheduled for deletion. */
  deletedDate?: Date;
  readonly versions: SecretVersion[] = [];

  constructor(
    readonly arn: string,
    readonly name: string,
  ) {}

  /**
   * Adds a version and moves the labels to it. With `AWSCURRENT`, `AWSPREVIOUS` moves to the version that had it.
   *
   * @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_PutSecretValue.html
   */
  put(value: SecretValue, stages: readonly string[], id: string = randomUUID()): string {
    const isFirst = this.versions.length === 0;
    const version = { id, value, created: new Date(), stages: new Set<string>() };
    this.versions.push(version);
    for (const stage of new Set(isFirst ? [...stages, CURRENT] : stages)) {
      const holder = this.move(stage, version);
      if (stage === CURRENT && holder !== undefined) {
        this.move(PREVIOUS, holder);
      }
    }
    return id;
  }

  /** The version that carries the label or has the id; both must fit where both are given. */
  find(id: string | undefined, stage: string | undefined): SecretVersion {
    if (id === undefined) {
      const wanted = stage ?? CURRENT;
      return this.holderOf(wanted) ?? missing(`staging label: ${wanted}`);
    }
    const version = this.versions.find((candidate) => candidate.id === id) ?? missing(`VersionId: ${id}`);
    if (stage !== undefined && !version.stages.has(stage)) {
      throw new ServiceError(
        'InvalidRequestException',
        'You provided a VersionStage that is not associated to the provided VersionId.',
      );
    }
    return version;
  }

  /** @returns the version that had the label before */
  private move(stage: string, to: SecretVersion): SecretVersion | undefined {
    const holder = this.holderOf(stage);
    holder?.stages.delete(stage);
    to.stages.add(stage);
    return holder;
  }

  private holderOf(stage: string): SecretVersion | undefined {
    return this.versions.find(({ stages }) => stages.has(stage));
  }
}

function missing(what: string): never {
  throw new ServiceError(
    'ResourceNotFoundException',
    `Secrets Manager can't find the specified secret value for ${what}`,
  );
}
