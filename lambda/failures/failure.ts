import { inspect } from 'node:util';
import type { Diagnosis, Signature } from './diagnosis';
import { diagnose, TIMED_OUT } from './exceptions';
import type { Redact } from '../base/redaction/redactor';
import { SIGNATURES } from './signatures';
import { firstCharacters } from '../base/text';

/** Why one attempt did not pass. */
export interface Failure extends Diagnosis {
  /** The exception's name, as Glue or the SDK gives it. */
  readonly exception: string;
  /** What it said, without secrets and without wrappers. */
  readonly message: string;
  /** Who said it. */
  readonly saidBy: 'Glue' | 'Secrets Manager' | 'STS';
}

/** How Glue's JDBC test introduces the words of the driver. */
const WRAPPER =
  /^Check that your connection definition references your JDBC database with correct URL syntax, username, and password\.\s*/i;

/** How the SDK's hint begins, for whoever debugs with it. */
const SDK_HINT = 'Deserialization error: to see the raw response';

/** Of a message, so much is looked at. What is passed on is far less. */
const MAX_MESSAGE = 16_000;

/** Everything that a call can throw ends in a category. */
export function classify(error: unknown, redact: Redact): Failure {
  const { name, message, statusCode, isNetwork } = factsOf(error);
  // Secrets go first, so that none is cut in half.
  const redacted = withoutHint(redact(message).slice(0, MAX_MESSAGE));
  const unwrapped = redacted.replace(WRAPPER, '') || redacted || 'no message';
  const byKind = diagnose(name, statusCode, isNetwork);
  // What the network or throttling says is not about the data store, whatever it sounds like.
  const isAboutStore = byKind.category !== 'NETWORK' && byKind.category !== 'THROTTLED';
  // What it means is read from the plain words: a secret can be one of them.
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

/**
 * The time ran out in an attempt that followed others: what they met and the silence since are both told. The cause is
 * the silence where it took most of the time, and else what was met before.
 *
 * @param silence who was silent
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

/** What the SDK attaches to its errors, whichever of them it is. */
interface SdkError {
  readonly name?: unknown;
  readonly message?: unknown;
  readonly code?: unknown;
  readonly $metadata?: { readonly httpStatusCode?: number };
  readonly $response?: { readonly statusCode?: number };
  readonly FederationSourceErrorCode?: unknown;
}

/** What an error says of itself, whatever was thrown. */
export function factsOf(error: unknown): Facts {
  if (typeof error !== 'object' || error === null) {
    return { name: 'Error', message: textOf(error), statusCode: undefined, isNetwork: false };
  }
  const { code, $metadata, $response, FederationSourceErrorCode }: SdkError = error;
  // Of a service that answers something else than text, something else than text comes.
  const name = textOf((error as SdkError).name ?? 'Error');
  const message = textOf((error as SdkError).message ?? '');
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
