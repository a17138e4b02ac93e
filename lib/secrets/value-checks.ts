import { Token, type Duration } from 'aws-cdk-lib';
import { isSecretName } from '../../lambda/base/redaction/secret-names';
import { checkNoSecretInUrl } from './plain-secrets';
import { checkNoReferenceIn, SecretReference } from './secret-reference';

/** Glue's pattern of a name: no line breaks, no control characters. */
const ONE_LINE = /^[\u0020-\uFFFD\u{10000}-\u{10FFFF}\t]*$/u;

/** A version, or where a secret is. */
const NO_SECRET = /^v?\d{1,4}$|^arn:/i;

const MAX_TIMEOUT_SECONDS = 840;

/** Checks a name that Glue takes, as far as it is known at synthesis. */
export function checkName(property: string, value: string): void {
  checkNoReferenceIn(value);
  if (Token.isUnresolved(value)) {
    return;
  }
  if (value.length === 0) {
    throw new Error(`'${property}' must not be empty, expected 1 to 255 characters on one line`);
  }
  if (characterCount(value) > 255) {
    throw new Error(
      `'${property}' must be at most 255 characters, got: ${characterCount(value)} ('${value.slice(0, 40)}…')`,
    );
  }
  if (!ONE_LINE.test(value)) {
    throw new Error(
      `'${property}' must be one line without control characters, got: ${JSON.stringify(value.slice(0, 80))}`,
    );
  }
}

/** The whole seconds of a test's timeout, as far as they are known at synthesis. */
export function timeoutSeconds(timeout: Duration): number {
  if (timeout.isUnresolved()) {
    return timeout.toSeconds();
  }
  const seconds = timeout.toSeconds({ integral: false });
  if (!Number.isInteger(seconds) || seconds < 1 || seconds > MAX_TIMEOUT_SECONDS) {
    throw new Error(
      `'timeout' must be whole seconds from 1 second to 14 minutes (${MAX_TIMEOUT_SECONDS} seconds), since the ` +
        `function that waits for Glue ends after 15 minutes, got: ${seconds} seconds`,
    );
  }
  return seconds;
}

/** Checks the name of a connection, as far as it is known at synthesis. */
export function checkConnectionName(name: string): void {
  const [, nameInArn] = /^arn:[^:]*:glue:[^:]*:[^:]*:connection\/(.+)$/s.exec(name) ?? [];
  if (nameInArn !== undefined) {
    throw new Error(
      `'connectionName' must be a name, got: the ARN '${name}'; use what follows 'connection/' in it: '${nameInArn}'`,
    );
  }
  checkName('connectionName', name);
}

/** Checks a map of texts, as far as it is known at synthesis. */
export function checkTriggers(triggers: Readonly<Record<string, string>> = {}): void {
  for (const [name, value] of Object.entries(triggers)) {
    checkNoReferenceIn(value);
    // A token may be the ARN of a secret.
    if (isSecretName(name) && !Token.isUnresolved(value) && !NO_SECRET.test(value)) {
      throw new Error(
        `'triggers.${name}' must not hold a secret, since it would be in the template, got: a string of ` +
          `${characterCount(value)} characters; raise a version with it instead, such as { ${name}Version: '2' }`,
      );
    }
  }
}

/** Checks a text that Glue takes, as far as it is known at synthesis; it is shown by its length only. */
export function checkText(
  property: string,
  value: string | SecretReference | undefined,
  { min, max }: { readonly min: number; readonly max: number },
): void {
  if (value === undefined || value instanceof SecretReference) {
    return;
  }
  if (typeof value !== 'string') {
    throw new Error(`'${property}' must be a string or a SecretReference, got: ${typeof value}`);
  }
  checkNoReferenceIn(value);
  if (Token.isUnresolved(value)) {
    return;
  }
  const length = characterCount(value);
  if (length < min || length > max) {
    throw new Error(`'${property}' must be ${min} to ${max} characters, got: ${length}`);
  }
}

/** Checks an http or https URL, as far as it is known at synthesis. */
export function checkUrl(property: string, value: string | undefined, maxLength: number): void {
  checkText(property, value, { min: 1, max: maxLength });
  if (value !== undefined && !Token.isUnresolved(value) && !/^https?:\/\/\S+$/.test(value)) {
    throw new Error(`'${property}' must be an http or https URL, got: a text of ${characterCount(value)} characters`);
  }
  checkNoSecretInUrl(property, value);
}

/**
 * How many characters a text has by AWS's count: an emoji is one, though two of JavaScript's units.
 *
 * @see https://smithy.io/2.0/spec/constraint-traits.html#length-trait
 */
function characterCount(text: string): number {
  return Array.from(text).length;
}
