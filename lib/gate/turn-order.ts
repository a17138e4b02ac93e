import { CfnResource } from 'aws-cdk-lib';
import type { Moment, Waiting } from './deployment-graph';
import { SLOW_TYPES } from './slow-resources';
import type { RegisteredTest } from './tests-of-app';

export interface TurnOrder {
  /** Tests that can begin early, in the order of their creation. None of them waits for another test. */
  readonly early: readonly RegisteredTest[];
  /** Tests that wait for a slow data store or for another test, each behind those that it waits for. */
  readonly late: readonly RegisteredTest[];
}

/** An order of tests in which each may wait for any before it without closing a cycle. */
export function turnOrder(tests: readonly RegisteredTest[], waiting: Waiting): TurnOrder {
  const testOf = new Map<Moment, RegisteredTest>(tests.map((test) => [test._resource, test]));
  const late = new Set<Moment>();
  const order: { readonly early: RegisteredTest[]; readonly late: RegisteredTest[] } = { early: [], late: [] };
  for (const moment of behindWhatTheyAwait(tests, waiting)) {
    const isLate = awaitedInStack(moment, waiting).some((one) => late.has(one) || testOf.has(one) || isSlow(one));
    if (isLate) {
      late.add(moment);
    }
    const test = testOf.get(moment);
    if (test !== undefined) {
      order[isLate ? 'late' : 'early'].push(test);
    }
  }
  return order;
}

/** Tests and all that they wait for, each behind what it waits for; else in the order of the tests. */
function behindWhatTheyAwait(tests: readonly RegisteredTest[], waiting: Waiting): Moment[] {
  const ordered: Moment[] = [];
  const entered = new Set<Moment>();
  // Not by recursion: in a large app, what waits for what is deeper than the call stack.
  const open: { readonly moment: Moment; readonly left: Moment[] }[] = [];
  const enter = (moment: Moment) => {
    if (!entered.has(moment)) {
      entered.add(moment);
      open.push({ moment, left: awaitedInStack(moment, waiting) });
    }
  };
  for (const test of tests) {
    enter(test._resource);
    for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
      const next = top.left.pop();
      if (next === undefined) {
        ordered.push(top.moment);
        open.pop();
      } else {
        enter(next);
      }
    }
  }
  return ordered;
}

/** What a whole stack waits for, all of its tests wait for alike: it tells nothing of their order. */
function awaitedInStack(moment: Moment, waiting: Waiting): Moment[] {
  const isBeginning = 'is' in moment && moment.is === 'beginning' && moment.stack.nestedStackParent === undefined;
  return isBeginning ? [] : [...waiting.awaitedBy(moment)];
}

function isSlow(moment: Moment): boolean {
  return CfnResource.isCfnResource(moment) && SLOW_TYPES.has(moment.cfnResourceType);
}
