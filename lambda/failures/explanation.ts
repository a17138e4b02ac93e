import type { Failure } from './failure';

/** Of what Glue says, this many characters are passed on. */
const MAX_WORDS = 1_000;

/**
 * Room for the whole text, in bytes of JSON. The answer may have 4096, and its ids, up to 255 characters of any script
 * each, take the rest.
 */
const MAX_BYTES = 3_000;

/** What a failed test has to tell. */
export interface FailureReport {
  /** What was tested. */
  readonly subject: string;
  readonly failure: Failure;
  readonly attempts: number;
  readonly milliseconds: number;
  readonly details: readonly string[];
  readonly log: { readonly group: string; readonly stream: string };
}

/** What the reader of a failed event needs to repair the connection, the most important first. */
export function explain(report: FailureReport): string {
  const { subject, failure, attempts, milliseconds, details, log } = report;
  const head = `${subject} failed its test: ${failure.category}.\n${failure.saidBy}: `;
  const tail = [
    ` (${failure.exception})`,
    `Cause: ${failure.cause}`,
    `Next: ${failure.nextStep}`,
    `See: ${failure.link}`,
    ...(details.length > 0 ? [`Connection: ${details.join('; ')}`] : []),
    `${tried(attempts, milliseconds).replace(/^t/, 'T')}. Log: ${log.group}, stream ${log.stream}`,
  ].join('\n');
  const room = MAX_BYTES - jsonBytes(head) - jsonBytes(tail);
  return `${head}${quote(failure.message, room)}${tail}`;
}

/** How often, and for how long. */
export function tried(attempts: number, milliseconds: number): string {
  return `tried ${attempts === 1 ? 'once' : `${attempts} times`} in ${Math.round(milliseconds / 100) / 10} s`;
}

/** The first words of a message, as many as one may pass on. */
export function quote(message: string, maxBytes = MAX_BYTES): string {
  const characters = Array.from(message.slice(0, 2 * (MAX_WORDS + 1)));
  const short = characters.length > MAX_WORDS ? `${characters.slice(0, MAX_WORDS - 1).join('')}…` : message;
  return cut(short, maxBytes);
}

/** Cuts a text so that its JSON form has at most so many bytes, between two characters. */
export function cut(text: string, maxBytes: number): string {
  if (jsonBytes(text) <= maxBytes) {
    return text;
  }
  let left = maxBytes - jsonBytes('…');
  let kept = '';
  for (const character of text) {
    left -= jsonBytes(character);
    if (left < 0) {
      break;
    }
    kept += character;
  }
  return `${kept}…`;
}

function jsonBytes(text: string): number {
  return Buffer.byteLength(JSON.stringify(text)) - 2;
}
