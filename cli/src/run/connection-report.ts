import type { Redact } from '../../../lambda/base/redaction/redactor';
import { onOneLine } from '../../../lambda/base/text';
import type { Verdict } from '../../../lambda/connection/verdict';
import { advise } from '../../../lambda/failures/advice';
import { explain } from '../../../lambda/failures/explanation';
import type { Subject } from '../selection/subject';
import type { ConnectionReport, FailureReport } from './report';
import { inWordsOfTerminal } from './words';

/** The longest message of Glue that a report shows. */
const MAX_MESSAGE = 1_000;

export function notTested({ name, region }: Subject): ConnectionReport {
  return { name, region, outcome: 'NOT_TESTED', attempts: 0, durationMs: 0, failure: null };
}

/** Reports a verdict, with nothing secret in it. */
export function reportOf(subject: Subject, verdict: Verdict, redact: Redact): ConnectionReport {
  const { name, region, isNamed } = subject;
  const failure = failureOf(subject, verdict, redact);
  const isUnsupported = failure?.category === 'UNSUPPORTED' && !isNamed;
  return {
    name,
    region,
    outcome: failure === null ? 'PASSED' : isUnsupported ? 'UNSUPPORTED' : 'FAILED',
    attempts: verdict.attempts,
    durationMs: Math.round(verdict.milliseconds),
    failure,
  };
}

function failureOf(subject: Subject, verdict: Verdict, redact: Redact): FailureReport | null {
  if (verdict.failure === undefined) {
    return null;
  }
  const worded = inWordsOfTerminal(verdict.failure);
  // On one line, a message can neither look like a line of this program nor be a command for a CI system.
  const failure = { ...worded, message: onOneLine(worded.message, MAX_MESSAGE) };
  const { attempts, milliseconds, network } = verdict;
  const details = verdict.details.map((line) => onOneLine(line, MAX_MESSAGE));
  const about = `Glue connection '${redact(subject.name)}'`;
  const { nextStep, link } = advise(failure, network);
  return {
    category: failure.category,
    saidBy: failure.saidBy,
    message: failure.message,
    exception: failure.exception,
    cause: failure.cause,
    found: network?.findings.map(({ sentence }) => sentence) ?? [],
    inOrder: network?.inOrder.map(({ looksAt }) => looksAt) ?? [],
    nextStep,
    link,
    details,
    text: explain({ subject: about, failure, attempts, milliseconds, details, network }),
  };
}
