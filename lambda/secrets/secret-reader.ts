import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { SecretValueReference } from '../contract';
import { notAMember, notJson, notText, secretFailure } from './secret-failure';
import type { Failure } from '../failures/failure';
import type { Redactor } from '../base/redaction/redactor';

/** The value of a secret, or why it could not be read. */
export type SecretValue = { readonly value: string } | { readonly failure: Failure };

/** The text of a secret, and its members if it is a JSON object. */
interface SecretText {
  readonly text: string;
  readonly members: Readonly<Record<string, unknown>> | undefined;
}

/**
 * Reads the values of secrets, each secret once: another attempt reads only what could not be read before.
 *
 * Every value that it has read is masked from then on.
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
      // If a field was meant, its value can come back alone, so mask each field as well.
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

/** Returns the members of a JSON object, or undefined for anything else. */
function parse(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    // The parser's message quotes the secret, so drop it.
    return undefined;
  }
}

/**
 * Returns a member as a string, because a port may be a number. Refuses a number too large to be exact: it would differ
 * from the one in the secret.
 */
function textOf(member: unknown): string | undefined {
  if (typeof member === 'number' && Math.abs(member) > Number.MAX_SAFE_INTEGER) {
    return undefined;
  }
  return typeof member === 'string' || typeof member === 'number' || typeof member === 'boolean'
    ? String(member)
    : undefined;
}
