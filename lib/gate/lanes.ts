import { Stack } from 'aws-cdk-lib';
import type { AppReferences } from '../cdk/app-references';
import type { DeploymentGraph } from './deployment-graph';
import type { RegisteredTest } from './tests-of-app';
import { turnOrder, type TurnOrder } from './turn-order';

/** A test that waits for its turn. */
export interface Turn {
  readonly test: RegisteredTest;
  readonly after: RegisteredTest;
}

/**
 * Where a provider limits how many tests run at once, its tests in a stack form as many lanes, in each of which a test
 * waits for the one before it.
 *
 * @param tests in the order of their creation
 */
export function findTurns(tests: readonly RegisteredTest[], graph: DeploymentGraph, references: AppReferences): Turn[] {
  if (!tests.some(isLimited)) {
    return [];
  }
  const order = turnOrder(tests, graph);
  return groupsOf(tests).flatMap(({ members, atOnce }) => {
    const of = (all: readonly RegisteredTest[]) => all.filter((test) => members.has(test));
    return lanesOf({ early: of(order.early), late: of(order.late) }, atOnce).flatMap((lane) =>
      turnsIn(lane, references),
    );
  });
}

interface Group {
  readonly members: Set<RegisteredTest>;
  readonly atOnce: number;
}

/** Tests that share their lanes: of one provider in one stack. */
function groupsOf(tests: readonly RegisteredTest[]): Group[] {
  const groups = new Map<string, Group>();
  for (const test of tests.filter(isLimited)) {
    const key = `${test._provider.node.addr} ${Stack.of(test).node.addr}`;
    const group = groups.get(key) ?? { members: new Set(), atOnce: test._provider._maxConcurrency };
    groups.set(key, group);
    group.members.add(test);
  }
  return [...groups.values()];
}

type LimitedTest = RegisteredTest & { readonly _provider: { readonly _maxConcurrency: number } };

function isLimited(test: RegisteredTest): test is LimitedTest {
  return test._provider._maxConcurrency !== undefined;
}

/**
 * Lanes whose lengths differ by one at most. Early tests are dealt out from the first lane on, and late ones from the last
 * lane back, so that both together stay even.
 *
 * This settles for the order of creation, and not for a hash of the path, since no assignment has all three: lanes that
 * are even, no memory of the last synthesis, and no more than one other test that changes, wherever one is added. By a hash
 * alone one test changes at most, but of 240 tests in 32 lanes, 13 or 14 come to lie in one lane, in place of 8. Here, a
 * test that is created last changes one other at most, the first late one of its lane. One that is created between others
 * changes two for each lane at most, since those behind it change lanes as a whole.
 */
function lanesOf({ early, late }: TurnOrder, atOnce: number): RegisteredTest[][] {
  const count = Math.min(atOnce, early.length + late.length);
  const lanes = Array.from({ length: count }, (): RegisteredTest[] => []);
  early.forEach((test, index) => lanes[index % count]?.push(test));
  late.forEach((test, index) => lanes[count - 1 - (index % count)]?.push(test));
  return lanes;
}

/** Each waits for the one before it; where that may not be there, for the one before that as well. */
function turnsIn(lane: readonly RegisteredTest[], references: AppReferences): Turn[] {
  const conditions = lane.map(({ _resource }) => references.resolve(_resource).entry.Condition);
  return lane.flatMap((test, place) => {
    const isSure = (index: number) => conditions[index] === undefined || conditions[index] === conditions[place];
    let first = place - 1;
    while (first > 0 && !isSure(first)) {
      first--;
    }
    return lane.slice(Math.max(first, 0), place).map((after) => ({ test, after }));
  });
}
