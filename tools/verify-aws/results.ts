import type { Evidence } from './evidence';
import type { Unknown } from './unknowns/unknown';

/** What a run has seen of one question. */
export interface Result {
  /** Null where the run did not show it. */
  readonly seen: string | null;
  /** Of the run: `2026-01-31`. */
  readonly date: string;
  readonly region: string;
}

/** By the question's id. A question that no run was about has none. */
export type Results = Readonly<Record<string, Result>>;

/** Reads the answers out of what was seen. */
export function answer(unknowns: readonly Unknown[], evidence: Evidence, date: string, region: string): Results {
  return Object.fromEntries(unknowns.map(({ id, read }) => [id, { seen: read(evidence) ?? null, date, region }]));
}

/** An answer is never lost because a later run did not show it. */
export function merge(before: Results, now: Results): Results {
  const known = Object.entries(before).filter(([id, { seen }]) => seen !== null && now[id]?.seen === null);
  return { ...before, ...now, ...Object.fromEntries(known) };
}
