import { matcher } from './pattern';

/** What all connections that are tested have in common. */
export interface Criteria {
  readonly type?: string;
  readonly filter?: string;
}

/** Whether a connection meets the criteria; one whose type is not known is of every type. */
export function isSelected(
  { name, type }: { readonly name: string; readonly type?: string },
  criteria: Criteria,
): boolean {
  const isOfType =
    criteria.type === undefined || type === undefined || type.toUpperCase() === criteria.type.toUpperCase();
  return isOfType && (criteria.filter === undefined || matcher(criteria.filter)(name));
}
