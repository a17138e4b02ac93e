import type { Stack } from 'aws-cdk-lib';
import { compareEnvironments, type Environment } from '../cdk/environment';
import { outermostStack } from '../cdk/nested-stacks';
import type { GlueName } from './names-in-glue';

/** The place of something that a name may refer to. */
export interface Located {
  readonly stacks: readonly Stack[];
  readonly place: Environment;
}

export interface Meant<T> {
  readonly meant: readonly T[];
  /** The stacks that the name may refer to, if that can't be decided. */
  readonly ambiguous: readonly Stack[];
}

/** Whether something is in the stack that uses the name, or in a stack that is nested with it. */
export function isNear({ stack, place }: GlueName, { stacks }: Located): boolean {
  const outermost = outermostStack(stack);
  return stacks.some((one) => outermostStack(one) === outermost) && compareEnvironments(place, stack) !== 'different';
}

/**
 * What a name in another stack refers to: whatever is known to be in the same environment; otherwise whatever may be
 * there, if all of it is in one stack.
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
