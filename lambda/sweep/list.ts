import { readConnections, type ListDependencies } from './connections';
import type { ListRequest, SweepItem, SweepPage, SweepProgress, SweepSummary } from './contract';
import { fingerprintOf } from './fingerprint';
import { fitting, pageLength, UNMATCHED_BYTES } from './limits';
import { Selection } from './selection';

const NOTHING_YET: SweepSummary = {
  ...{ listed: 0, tested: 0, passed: 0, failed: 0, unsupported: 0, deleted: 0 },
  ...{ unmatched: [], failures: [], omitted: 0 },
};

const BEGINNING: SweepProgress = { Round: 1, Pages: 0, HasMore: false, Pending: [], Summary: NOTHING_YET };

/**
 * Returns the next page of connections to test: those after the last page, in alphabetical order. All names are read
 * each time. A token of Glue's could expire while a page is tested, and a place in the list would move with each
 * connection that somebody deletes meanwhile.
 */
export async function list(request: ListRequest, dependencies: ListDependencies): Promise<SweepPage> {
  const { Selection: defined, Input, Progress } = request;
  const selection = new Selection(defined, Input);
  const connections = await readConnections(defined.CatalogId, dependencies);
  const begun = { ...BEGINNING, ...Progress };
  const selected = connections.filter((connection) => selection.has(connection));
  const progress =
    begun.After !== undefined
      ? begun
      : begun.Round === 1
        ? withUnmatched(begun, selection, connections)
        : withoutDeleted(begun, selected);
  const left = selected.filter(isLeft(progress));
  const items = left.slice(0, pageLength(left));
  if (items.length > 0) {
    return { Next: 'TEST', Items: items, Progress: { ...progress, HasMore: items.length < left.length } };
  }
  // The rest of a round may have been deleted meanwhile.
  return progress.Pending.length > 0
    ? { Next: 'LIST', Items: [], Progress: nextRound(progress) }
    : { Next: 'END', Items: [], Progress: { ...progress, HasMore: false } };
}

/** Begins at the first name again. */
export function nextRound(progress: SweepProgress): SweepProgress {
  return { ...progress, Round: progress.Round + 1, After: undefined, HasMore: false };
}

function isLeft({ Round, After, Pending }: SweepProgress): (item: SweepItem) => boolean {
  const pending = new Set(Pending);
  return ({ Name }) => (After === undefined || Name > After) && (Round === 1 || pending.has(fingerprintOf(Name)));
}

function withUnmatched(progress: SweepProgress, selection: Selection, connections: readonly SweepItem[]) {
  const unmatched = fitting(selection.unmatched(connections), UNMATCHED_BYTES);
  return { ...progress, Summary: { ...progress.Summary, listed: connections.length, unmatched } };
}

/** What was to be tested again and is not there any more has no result. */
function withoutDeleted(progress: SweepProgress, selected: readonly SweepItem[]) {
  const existing = new Set(selected.map(({ Name }) => fingerprintOf(Name)));
  const pending = progress.Pending.filter((id) => existing.has(id));
  const { Summary } = progress;
  const deleted = Summary.deleted + progress.Pending.length - pending.length;
  return { ...progress, Pending: pending, Summary: { ...Summary, deleted } };
}
