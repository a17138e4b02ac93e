import { inspect } from 'node:util';
import type { Diagnosis, Signature } from './diagnosis';
import { diagnose, TIMED_OUT } from './exceptions';
import type { Redact } from '../base/redaction/redactor';
import { SIGNATURES } from './signatures';
import { firstCharacters } from '../base/text';

/** Why one attempt failed. */
export interface Failure extends Diagnosis {
  /** The exception's name, as Glue or the SDK gives it. */
  readonly exception: string;
  /** What the exception said, without secrets and wrappers. */
  readonly message: string;
  /** Who said it. */
  readonly saidBy: 'Glue' | 'Secrets Manager' | 'STS';
}

/** The sentence with which Glue's JDBC test introduces the driver's message. */
const WRAPPER =
  /^Check that your connection definition references your JDBC database with correct URL syntax, username, and password\.\s*/i;

/** The beginning of the hint that the SDK adds for debugging. */
const SDK_HINT = 'Deserialization error: to see the raw response';

/** How much of a message is examined. Far less is passed on. */
const MAX_MESSAGE = 16_000;

/** Gives a category to everything that a call can throw. */
export function classify(error: unknown, redact: Redact): Failure {
  const { name, message, statusCode, isNetwork } = factsOf(error);
  // Mask secrets first, so that none is cut in half.
  const redacted = withoutHint(redact(message).slice(0, MAX_MESSAGE));
  const unwrapped = redacted.replace(WRAPPER, '') || redacted || 'no message';
  const byKind = diagnose(name, statusCode, isNetwork);
  // A network or throttling error is not about the data store, whatever its message sounds like.
  const isAboutStore = byKind.category !== 'NETWORK' && byKind.category !== 'THROTTLED';
  // Signatures match the unmasked message, because a secret can be one of the words that they look for.
  const signature = isAboutStore
    ? findSignature(withoutHint(message.slice(0, MAX_MESSAGE)).replace(WRAPPER, ''))
    : undefined;
  const { category, cause, nextStep, link, network } = signature ?? byKind;
  return {
    category,
    cause,
    nextStep,
    link,
    network,
    exception: firstCharacters(redact(name), 100),
    message: unwrapped,
    saidBy: 'Glue',
  };
}

/** The test's time ran out before Glue answered. */
export function timedOut(milliseconds: number): Failure {
  const message = `Glue did not answer within ${inSeconds(milliseconds)}`;
  return { ...TIMED_OUT, exception: 'Timeout', saidBy: 'Glue', message };
}

/** Whether nobody has said anything: the test's own time is over, or a call was ended with it. */
export function isSilence({ exception }: Failure): boolean {
  return exception === 'Timeout' || exception === 'AbortError';
}

/**
 * The time ran out in an attempt that followed others. The message tells both the earlier failure and the silence
 * since. The cause is the silence if it took most of the time, and the earlier failure otherwise.
 *
 * @param silence the failure of the service that did not answer
 */
export function timedOutAfter(before: Failure, silence: Failure, silentMs: number, allMs: number): Failure {
  const seconds = inSeconds(silentMs);
  if (silentMs > allMs / 2) {
    const said = before.saidBy === silence.saidBy ? '' : ` ${before.saidBy} said`;
    const message = `${silence.saidBy} did not answer within ${seconds}; before that${said}: ${before.message}`;
    return { ...silence, message };
  }
  const from = before.saidBy === silence.saidBy ? '' : ` from ${silence.saidBy}`;
  return { ...before, message: `${before.message}; then no answer${from} for ${seconds}` };
}

function inSeconds(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 100) / 10;
  return `${seconds} ${seconds === 1 ? 'second' : 'seconds'}`;
}

function withoutHint(message: string): string {
  const at = message.indexOf(SDK_HINT);
  return at === -1 ? message : message.slice(0, at).trimEnd();
}

export interface Facts {
  readonly name: string;
  readonly message: string;
  readonly statusCode: number | undefined;
  readonly isNetwork: boolean;
}

/** What the SDK attaches to its various errors. */
interface SdkError {
  readonly name?: unknown;
  readonly message?: unknown;
  readonly code?: unknown;
  readonly $metadata?: { readonly httpStatusCode?: number };
  readonly $response?: { readonly statusCode?: number };
  readonly FederationSourceErrorCode?: unknown;
}

/** Returns what an error says about itself, whatever was thrown. */
export function factsOf(error: unknown): Facts {
  if (typeof error !== 'object' || error === null) {
    return { name: 'Error', message: textOf(error), statusCode: undefined, isNetwork: false };
  }
  const { code, $metadata, $response, FederationSourceErrorCode }: SdkError = error;
  // If a service answers with something other than text, these are not strings.
  const name = textOf((error as SdkError).name ?? 'Error');
  const message = textOf((error as SdkError).message ?? '');
  const statusCode = $metadata?.httpStatusCode ?? $response?.statusCode;
  if (error instanceof SyntaxError) {
    // The parser's message quotes part of the body, and not even half of a secret may show.
    return { name, message: `the answer is not JSON (HTTP ${statusCode})`, statusCode, isNetwork: false };
  }
  return {
    name: typeof code === 'string' && name === 'Error' ? code : name,
    message: typeof FederationSourceErrorCode === 'string' ? `${message} (${FederationSourceErrorCode})` : message,
    statusCode,
    isNetwork: typeof code === 'string' || name === 'TimeoutError',
  };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : inspect(value, { depth: 3, breakLength: Infinity });
}

function findSignature(message: string): Signature | undefined {
  // Secrets Manager writes "can’t" as well as "can't".
  const text = message.slice(0, 4_000).replace(/\s+/g, ' ').replaceAll('’', "'").toLowerCase();
  return SIGNATURES.find(({ anyOf }) =>
    anyOf.some((pattern) => (typeof pattern === 'string' ? text.includes(pattern) : pattern.test(text))),
  );
}
