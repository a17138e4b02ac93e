import { Token, type Duration } from 'aws-cdk-lib';
import { checkNoSecretInUrl } from './secrecy';
import { checkNoReferenceIn, SecretReference } from './secret-reference';

/** Glue's pattern of a name: no line breaks, no control characters. */
const ONE_LINE = /^[\u0020-\uFFFD\u{10000}-\u{10FFFF}\t]*$/u;

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
  if (lengthOf(value) > 255) {
    throw new Error(`'${property}' must be at most 255 characters, got: ${lengthOf(value)} ('${value.slice(0, 40)}…')`);
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

/** Checks how often a data store is tried, as far as it is known at synthesis. */
export function checkMaxAttempts(maxAttempts: number | undefined): void {
  if (maxAttempts === undefined || Token.isUnresolved(maxAttempts)) {
    return;
  }
  if (!Number.isInteger(maxAttempts) || maxAttempts < 1 || maxAttempts > 10) {
    throw new Error(`'maxAttempts' must be a whole number from 1 to 10, got: ${maxAttempts}`);
  }
}

/** Checks a map of texts, as far as it is known at synthesis. */
export function checkTriggers(triggers: Readonly<Record<string, string>> = {}): void {
  for (const value of Object.values(triggers)) {
    checkNoReferenceIn(value);
  }
}

/** Checks the memory of a function, as far as it is known at synthesis. */
export function checkMemorySize(memorySize: number | undefined): void {
  if (memorySize === undefined || Token.isUnresolved(memorySize)) {
    return;
  }
  if (!Number.isInteger(memorySize) || memorySize < 128 || memorySize > 10_240) {
    throw new Error(`'memorySize' must be a whole number of megabytes from 128 to 10240, got: ${memorySize}`);
  }
}

/** Checks how many tests run at the same time, as far as it is known at synthesis. */
export function checkMaxConcurrency(maxConcurrency: number | undefined): void {
  if (maxConcurrency === undefined || Token.isUnresolved(maxConcurrency)) {
    return;
  }
  if (!Number.isInteger(maxConcurrency) || maxConcurrency < 1) {
    throw new Error(`'maxConcurrency' must be a whole number of at least 1, got: ${maxConcurrency}`);
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
  const length = lengthOf(value);
  if (length < min || length > max) {
    throw new Error(`'${property}' must be ${min} to ${max} characters, got: ${length}`);
  }
}

/** Checks an http or https URL, as far as it is known at synthesis. */
export function checkUrl(property: string, value: string | undefined, maxLength: number): void {
  checkText(property, value, { min: 1, max: maxLength });
  if (value !== undefined && !Token.isUnresolved(value) && !/^https?:\/\/\S+$/.test(value)) {
    throw new Error(`'${property}' must be a URL of http or https, got: another text of ${lengthOf(value)} characters`);
  }
  checkNoSecretInUrl(property, value);
}

/**
 * How many characters a text has by AWS's count: an emoji is one, though two of JavaScript's units.
 *
 * @see https://smithy.io/2.0/spec/constraint-traits.html#length-trait
 */
function lengthOf(text: string): number {
  return Array.from(text).length;
}
