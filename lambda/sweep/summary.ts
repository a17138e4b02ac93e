import { maskCredentials } from '../base/redaction/redactor';
import type { SweepFailure, SweepFault, SweepItem, SweepResult, SweepSummary } from './contract';
import { FAILURES_BYTES, fitting, shortMessage } from './limits';

/** A connection with its final result. */
export interface Finished {
  readonly item: SweepItem;
  readonly result: SweepResult | SweepFault;
}

/** Adds results to a summary. */
export function withResults(summary: SweepSummary, finished: readonly Finished[]): SweepSummary {
  const outcomes = finished.map(({ result }) => outcomeOf(result));
  const count = (outcome: SweepResult['Outcome']) => outcomes.filter((one) => one === outcome).length;
  const added = finished.filter((_, index) => outcomes[index] === 'FAILED').map(failureOf);
  const all = [...summary.failures, ...added].sort((one, other) => (one.name < other.name ? -1 : 1));
  const failures = fitting(all, FAILURES_BYTES);
  return {
    ...summary,
    tested: summary.tested + finished.length,
    passed: summary.passed + count('PASSED'),
    failed: summary.failed + count('FAILED'),
    unsupported: summary.unsupported + count('UNSUPPORTED'),
    failures,
    omitted: summary.omitted + all.length - failures.length,
  };
}

/** A function that fails says nothing about the connection, but nobody has seen it pass either. */
export function outcomeOf(result: SweepResult | SweepFault): SweepResult['Outcome'] {
  return 'Outcome' in result ? result.Outcome : 'FAILED';
}

export function failureOf({ item, result }: Finished): SweepFailure {
  const { Category: category = 'UNKNOWN', Message: message = '' } =
    'Outcome' in result ? result : { Category: 'FAULT' as const, Message: `The test itself failed: ${result.Error}` };
  // The name may hold a credential, by mistake; what fails is known without it.
  return { name: maskCredentials(item.Name), type: item.Type, category, message: shortMessage(message) };
}
