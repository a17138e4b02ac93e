import { backoff, type Clock } from '../base/clock';
import { quote } from '../base/json-text';
import type { SweepReport } from './contract';
import { put } from './s3';
import { failureOf, outcomeOf, type Finished } from './summary';

const ATTEMPTS = 5;
const FIRST_DELAY_MS = 500;
const MAX_DELAY_MS = 5_000;

/** The bucket does not take the report. Nobody would miss it before it is needed, so the execution fails. */
class ReportNotWrittenError extends Error {
  override readonly name = 'ReportNotWritten';
  // Step Functions repeats the stack in the history, where it helps nobody.
  override readonly stack = '';
}

/**
 * Writes the final results of a page, each as one line of JSON. A page that is folded again, because the machine tries
 * again, has the same key.
 *
 * @throws ReportNotWrittenError
 */
export async function writeReport(
  { Bucket, Domain, Prefix = '' }: SweepReport,
  executionName: string,
  page: number,
  finished: readonly Finished[],
  clock: Clock,
): Promise<void> {
  if (finished.length === 0) {
    return;
  }
  const key = `${folderOf(Prefix, executionName)}page-${String(page).padStart(4, '0')}.jsonl`;
  const body = finished.map((one) => `${JSON.stringify(lineOf(one))}\n`).join('');
  for (let attempt = 1; ; attempt++) {
    const refusal = await put(Bucket, Domain, key, body);
    if (refusal === undefined) {
      return;
    }
    if (attempt === ATTEMPTS || !refusal.isPassing) {
      throw new ReportNotWrittenError(`s3://${Bucket}/${key} could not be written: ${quote(refusal.message, 500)}`);
    }
    await clock.sleep(backoff(attempt, FIRST_DELAY_MS, MAX_DELAY_MS, clock));
  }
}

/** Where the objects of an execution's report are. */
export function addressOf({ Bucket, Prefix = '' }: SweepReport, executionName: string): string {
  return `s3://${Bucket}/${folderOf(Prefix, executionName)}`;
}

function folderOf(prefix: string, executionName: string): string {
  return `${prefix}${executionName}/`;
}

function lineOf(one: Finished) {
  const { result } = one;
  const outcome = outcomeOf(result);
  const tried = 'Outcome' in result ? { attempts: result.Attempts, milliseconds: result.Milliseconds } : {};
  const { name, type, category, message } = failureOf(one);
  return outcome === 'PASSED'
    ? { name, type, outcome, ...tried }
    : { name, type, outcome, category, message, ...tried };
}
