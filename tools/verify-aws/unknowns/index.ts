import { CLOUDFORMATION } from './cloudformation';
import { MONITORING } from './monitoring';
import { PERMISSIONS } from './permissions';
import { TESTING } from './testing';
import type { Unknown } from './unknown';

/** All that only AWS can tell, in the order of the table. */
export const UNKNOWNS: readonly Unknown[] = [...TESTING, ...PERMISSIONS, ...CLOUDFORMATION, ...MONITORING];

/** @throws an error for ids that there are not */
export function chosen(ids: readonly string[] | undefined): readonly Unknown[] {
  const strangers = (ids ?? []).filter((id) => !UNKNOWNS.some((unknown) => unknown.id === id));
  if (strangers.length > 0) {
    const known = UNKNOWNS.map(({ id }) => id).join(', ');
    throw new Error(`'--only' must be some of ${known}, got: ${strangers.join(', ')}`);
  }
  return UNKNOWNS.filter(({ id }) => ids === undefined || ids.includes(id));
}
