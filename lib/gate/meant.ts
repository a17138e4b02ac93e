import type { Stack } from 'aws-cdk-lib';
import { compareEnvironments, outermostStack, type Environment } from '../cdk/environment';
import type { GlueName } from './names-in-glue';

/** Where something is that a name may mean. */
export interface Located {
  readonly stacks: readonly Stack[];
  readonly place: Environment;
}

export interface Meant<T> {
  readonly meant: readonly T[];
  /** Stacks of which any could be meant, so that none can be told to be. */
  readonly ambiguous: readonly Stack[];
}

/** Whether something is of the stack in which the name stands, or of one nested with it. */
export function isNear({ stack, place }: GlueName, { stacks }: Located): boolean {
  const outermost = outermostStack(stack);
  return stacks.some((one) => outermostStack(one) === outermost) && compareEnvironments(place, stack) !== 'different';
}

/**
 * What a name means that stands in another stack: what is in the same environment for sure; else what may be, where it
 * is all of one stack.
 */
export function meantFrom<T extends Located>({ place }: GlueName, candidates: readonly T[]): Meant<T> {
  const as = (comparison: 'same' | 'unknown') =>
    candidates.filter((candidate) => compareEnvironments(candidate.place, place) === comparison);
  const [same, possible] = [as('same'), as('unknown')];
  if (same.length > 0) {
    return { meant: same, ambiguous: [] };
  }
  const stacks = [...new Set(possible.flatMap((candidate) => candidate.stacks.slice(0, 1).map(outermostStack)))];
  return stacks.length > 1 ? { meant: [], ambiguous: stacks } : { meant: possible, ambiguous: [] };
}
