import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { SecretValueReference } from '../contract';
import { notAMember, notJson, notText, secretFailure } from './secret-failure';
import type { Failure } from '../failures/failure';
import type { Redactor } from '../base/redaction/redactor';

/** A value that was read, or why it could not be. */
export type SecretValue = { readonly value: string } | { readonly failure: Failure };

/** A secret, and its members where it is a JSON object. */
interface SecretText {
  readonly text: string;
  readonly members: Readonly<Record<string, unknown>> | undefined;
}

/**
 * Reads values of secrets, each secret once: a test that is tried again reads only what it could not read before.
 *
 * What it has read is masked from then on.
 */
export class SecretReader {
  private readonly secrets = new Map<string, Promise<SecretText | undefined>>();

  constructor(
    private readonly client: Pick<SecretsManagerClient, 'send'>,
    private readonly redactor: Redactor,
  ) {}

  /** @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html */
  async read(reference: SecretValueReference, abortSignal: AbortSignal): Promise<SecretValue> {
    const key = JSON.stringify([reference.SecretId, reference.VersionStage ?? 'AWSCURRENT']);
    const secret = this.secrets.get(key) ?? this.fetch(reference, abortSignal);
    this.secrets.set(key, secret);
    try {
      return this.select(await secret, reference);
    } catch (error) {
      this.secrets.delete(key);
      return { failure: secretFailure(error, reference, this.redactor.redact) };
    }
  }

  private async fetch(
    { SecretId, VersionStage }: SecretValueReference,
    abortSignal: AbortSignal,
  ): Promise<SecretText | undefined> {
    const command = new GetSecretValueCommand({ SecretId, VersionStage });
    const { SecretString } = await this.client.send(command, { abortSignal });
    return SecretString === undefined ? undefined : { text: SecretString, members: parse(SecretString) };
  }

  private select(secret: SecretText | undefined, reference: SecretValueReference): SecretValue {
    if (secret === undefined) {
      return { failure: notText(reference) };
    }
    const { text, members } = secret;
    if (reference.JsonKey === undefined) {
      // Where a field was meant, its value can come back alone.
      this.redactor.learn(text, ...Object.values(members ?? {}).flatMap((member) => textOf(member) ?? []));
      return { value: text };
    }
    if (members === undefined) {
      return { failure: notJson(reference) };
    }
    const hasIt = Object.hasOwn(members, reference.JsonKey);
    const value = textOf(hasIt ? members[reference.JsonKey] : undefined);
    if (value === undefined) {
      return { failure: notAMember(reference, Object.keys(members), hasIt) };
    }
    this.redactor.learn(value);
    return { value };
  }
}

/** The members of a JSON object; undefined for anything else. */
function parse(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    // What the parser says quotes the secret.
    return undefined;
  }
}

/**
 * A member as the text that it stands for: a port may be a number. One that JSON can't hold exactly would be another
 * number than the one in the secret.
 */
function textOf(member: unknown): string | undefined {
  if (typeof member === 'number' && Math.abs(member) > Number.MAX_SAFE_INTEGER) {
    return undefined;
  }
  return typeof member === 'string' || typeof member === 'number' || typeof member === 'boolean'
    ? String(member)
    : undefined;
}
