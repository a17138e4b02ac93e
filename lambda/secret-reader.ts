import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { SecretValueReference } from './contract';
import { notAMember, notJson, notText, secretFailure } from './secret-failure';
import type { Failure } from './failure';
import type { Redactor } from './redaction';

/** A value that was read, or why it could not be. */
export type SecretValue = { readonly value: string } | { readonly failure: Failure };

/**
 * Reads values of secrets, each secret once: a test that is tried again reads only what it could not read before.
 *
 * What it has read is masked from then on.
 */
export class SecretReader {
  private readonly secrets = new Map<string, Promise<string | undefined>>();

  constructor(
    private readonly client: SecretsManagerClient,
    private readonly redactor: Redactor,
  ) {}

  /** @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html */
  async read(reference: SecretValueReference, abortSignal: AbortSignal): Promise<SecretValue> {
    const key = JSON.stringify([reference.SecretId, reference.VersionStage]);
    const secret = this.secrets.get(key) ?? this.fetch(reference, abortSignal);
    this.secrets.set(key, secret);
    try {
      return this.select(await secret, reference);
    } catch (error) {
      this.secrets.delete(key);
      return { failure: secretFailure(error, reference, this.redactor.redact) };
    }
  }

  close(): void {
    this.client.destroy();
  }

  private async fetch(
    { SecretId, VersionStage }: SecretValueReference,
    abortSignal: AbortSignal,
  ): Promise<string | undefined> {
    const command = new GetSecretValueCommand({ SecretId, VersionStage });
    const { SecretString } = await this.client.send(command, { abortSignal });
    return SecretString;
  }

  private select(secret: string | undefined, reference: SecretValueReference): SecretValue {
    if (secret === undefined) {
      return { failure: notText(reference) };
    }
    if (reference.JsonKey === undefined) {
      this.redactor.learn(secret);
      return { value: secret };
    }
    const members = parse(secret);
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

/** A member as the text that it stands for: a port may be a number. */
function textOf(member: unknown): string | undefined {
  return typeof member === 'string' || typeof member === 'number' || typeof member === 'boolean'
    ? String(member)
    : undefined;
}
