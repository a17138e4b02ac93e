import { diagnose, TIMED_OUT } from './exceptions';
import type { Redact } from './redaction';
import { firstCharacters } from './text';
import { SIGNATURES, type Diagnosis, type Signature } from './signatures';

/** Why one attempt did not pass. */
export interface Failure extends Diagnosis {
  /** The exception's name, as Glue or the SDK gives it. */
  readonly exception: string;
  /** What it said, without secrets and without wrappers. */
  readonly message: string;
}

/** How Glue's JDBC test introduces the words of the driver. */
const WRAPPER =
  /^Check that your connection definition references your JDBC database with correct URL syntax, username, and password\.\s*/i;

/** What the SDK adds for whoever debugs with it. */
const SDK_HINT = /\s*Deserialization error: to see the raw response, [^]*$/;

/** Everything that a call can throw ends in a category. */
export function classify(error: unknown, redact: Redact): Failure {
  const { name, message, statusCode, isNetwork } = inspect(error);
  const redacted = redact(message).replace(SDK_HINT, '');
  const unwrapped = redacted.replace(WRAPPER, '') || redacted || 'no message';
  const { category, cause, nextStep, link } = findSignature(unwrapped) ?? diagnose(name, statusCode, isNetwork);
  return { category, cause, nextStep, link, exception: firstCharacters(redact(name), 100), message: unwrapped };
}

/** The test's time ran out before Glue answered at all. */
export function timedOut(milliseconds: number): Failure {
  return {
    ...TIMED_OUT,
    exception: 'Timeout',
    message: `Glue did not answer within ${Math.round(milliseconds / 100) / 10} seconds`,
  };
}

interface Inspected {
  readonly name: string;
  readonly message: string;
  readonly statusCode: number | undefined;
  readonly isNetwork: boolean;
}

/** What the SDK attaches to its errors, whichever of them it is. */
interface SdkError extends Error {
  readonly code?: unknown;
  readonly $metadata?: { readonly httpStatusCode?: number };
  readonly $response?: { readonly statusCode?: number };
  readonly FederationSourceErrorCode?: unknown;
}

function inspect(error: unknown): Inspected {
  if (!(error instanceof Error)) {
    return { name: 'Error', message: String(error), statusCode: undefined, isNetwork: false };
  }
  const { name, message, code, $metadata, $response, FederationSourceErrorCode }: SdkError = error;
  const statusCode = $metadata?.httpStatusCode ?? $response?.statusCode;
  if (error instanceof SyntaxError) {
    // The parser's message quotes the body, cut somewhere: even half of a secret must not show.
    return { name, message: `the answer is not JSON (HTTP ${statusCode})`, statusCode, isNetwork: false };
  }
  return {
    name: typeof code === 'string' && name === 'Error' ? code : name,
    message: typeof FederationSourceErrorCode === 'string' ? `${message} (${FederationSourceErrorCode})` : message,
    statusCode,
    isNetwork: typeof code === 'string' || name === 'TimeoutError',
  };
}

function findSignature(message: string): Signature | undefined {
  const text = message.slice(0, 4_000).replace(/\s+/g, ' ').toLowerCase();
  return SIGNATURES.find(({ anyOf }) =>
    anyOf.some((pattern) => (typeof pattern === 'string' ? text.includes(pattern) : pattern.test(text))),
  );
}
