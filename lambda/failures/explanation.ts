import { jsonBytes, quote } from '../base/json-text';
import type { NetworkDiagnosis } from '../network/diagnosis';
import { advise } from './advice';
import type { Failure } from './failure';

/**
 * The limit of the whole text, in bytes of JSON. The answer may have 4096 bytes. Its IDs take the rest, with up to 255
 * characters of any script each.
 */
const MAX_BYTES = 3_000;

/** What there is to say about a failed test. */
export interface FailureReport {
  /** What was tested. */
  readonly subject: string;
  readonly failure: Failure;
  readonly attempts: number;
  readonly milliseconds: number;
  readonly details: readonly string[];
  readonly network: NetworkDiagnosis | undefined;
  /** Where the log is; undefined if there is none but this text. */
  readonly log?: { readonly group: string; readonly stream: string };
}

/** Tells the reader of a failed event what they need to repair the connection, the most important first. */
export function explain(report: FailureReport): string {
  const { subject, failure, attempts, milliseconds, details, network, log } = report;
  const { lines, nextStep, link } = advise(failure, network);
  const head = `${subject} failed its test: ${failure.category}.\n${failure.saidBy}: `;
  const tail = [
    ` (${failure.exception})`,
    `Cause: ${failure.cause}`,
    ...lines,
    `Next: ${nextStep}`,
    `See: ${link}`,
    ...(details.length > 0 ? [`Connection: ${details.join('; ')}`] : []),
    `${tried(attempts, milliseconds).replace(/^t/, 'T')}.${log === undefined ? '' : ` Log: ${log.group}, stream ${log.stream}`}`,
  ].join('\n');
  const room = MAX_BYTES - jsonBytes(head) - jsonBytes(tail);
  return `${head}${quote(failure.message, room)}${tail}`;
}

/** Says how often the test was tried, and for how long. */
export function tried(attempts: number, milliseconds: number): string {
  return `tried ${attempts === 1 ? 'once' : `${attempts} times`} in ${Math.round(milliseconds / 100) / 10} s`;
}
