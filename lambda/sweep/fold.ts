import type { Clock } from '../base/clock';
import type { FoldRequest, SweepFault, SweepItem, SweepResult, SweepStep } from './contract';
import { fingerprintOf } from './fingerprint';
import { MAX_PENDING } from './limits';
import { nextRound } from './list';
import { withResults, type Finished } from './summary';

/** The first wait before a round, and the longest. */
const FIRST_WAIT_SECONDS = 15;
const MAX_WAIT_SECONDS = 120;

export interface Folded {
  readonly step: SweepStep;
  /** The results of the page that are final. */
  readonly finished: readonly Finished[];
}

/**
 * Adds the results of a page to the summary. What may pass with time is tested again in the next round, as long as the
 * sweep is patient: so that a store that comes up late holds back no other test.
 */
export function fold({ StartTime, PatienceSeconds = 0, Page }: FoldRequest, clock: Clock): Folded {
  const { Items, Results, Progress } = Page;
  const left = Math.max(0, Date.parse(StartTime) + Number(PatienceSeconds) * 1_000 - clock.now());
  const results = new Map(Results.flatMap((result) => (result === null ? [] : [[idOf(result), result] as const])));
  const pending = new Set(Progress.Pending);
  const finished: Finished[] = [];
  for (const item of Items) {
    const id = fingerprintOf(item.Name);
    const result = results.get(id) ?? lost(item);
    pending.delete(id);
    if (left > 0 && 'Retry' in result && result.Retry === true && pending.size < MAX_PENDING) {
      pending.add(id);
    } else {
      finished.push({ item, result });
    }
  }
  const progress = {
    ...Progress,
    Pages: Progress.Pages + 1,
    Pending: [...pending],
    Summary: withResults(Progress.Summary, finished),
  };
  if (progress.HasMore) {
    return { finished, step: { Next: 'LIST', WaitSeconds: 0, Progress: { ...progress, After: Items.at(-1)?.Name } } };
  }
  if (pending.size === 0) {
    return { finished, step: { Next: 'END', WaitSeconds: 0, Progress: progress } };
  }
  const wait = Math.min(FIRST_WAIT_SECONDS * 2 ** (Progress.Round - 1), MAX_WAIT_SECONDS, Math.ceil(left / 1_000));
  return {
    finished,
    step: { Next: wait > 0 ? 'WAIT' : 'LIST', WaitSeconds: wait, Progress: nextRound(progress) },
  };
}

/** Step Functions describes a child that failed in its own way: its name, if any, is the name of the execution. */
function idOf(result: SweepResult | SweepFault): string {
  return 'Id' in result ? result.Id : fingerprintOf(result.Name ?? '');
}

function lost({ Name }: SweepItem): SweepFault {
  return { Name, Error: 'no result of its child execution' };
}
