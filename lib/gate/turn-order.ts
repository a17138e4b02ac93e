import { CfnResource } from 'aws-cdk-lib';
import type { DeploymentGraph } from './deployment-graph';
import { isOutermostBeginning, type DeploymentNode } from './deployment-nodes';
import { SLOW_TYPES } from './slow-resources';
import type { RegisteredTest } from './tests-of-app';

export interface TurnOrder {
  /** Tests that can begin early, in the order of their creation. None of them waits for another test. */
  readonly early: readonly RegisteredTest[];
  /** Tests that wait for a slow data store or for another test, each behind those that it waits for. */
  readonly late: readonly RegisteredTest[];
}

/** An order of tests in which each may wait for any before it without closing a cycle. */
export function turnOrder(tests: readonly RegisteredTest[], graph: DeploymentGraph): TurnOrder {
  const testOf = new Map<DeploymentNode, RegisteredTest>(tests.map((test) => [test._resource, test]));
  const late = new Set<DeploymentNode>();
  const order: { readonly early: RegisteredTest[]; readonly late: RegisteredTest[] } = { early: [], late: [] };
  for (const node of behindWhatTheyAwait(tests, graph)) {
    const isLate = awaitedInStack(node, graph).some((one) => late.has(one) || testOf.has(one) || isSlow(one));
    if (isLate) {
      late.add(node);
    }
    const test = testOf.get(node);
    if (test !== undefined) {
      order[isLate ? 'late' : 'early'].push(test);
    }
  }
  return order;
}

/** Tests and all that they wait for, each behind what it waits for; else in the order of the tests. */
function behindWhatTheyAwait(tests: readonly RegisteredTest[], graph: DeploymentGraph): DeploymentNode[] {
  const ordered: DeploymentNode[] = [];
  const entered = new Set<DeploymentNode>();
  // Not by recursion: in a large app, what waits for what is deeper than the call stack.
  const open: { readonly node: DeploymentNode; readonly left: DeploymentNode[] }[] = [];
  const enter = (node: DeploymentNode) => {
    if (!entered.has(node)) {
      entered.add(node);
      open.push({ node, left: awaitedInStack(node, graph) });
    }
  };
  for (const test of tests) {
    enter(test._resource);
    for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
      const next = top.left.pop();
      if (next === undefined) {
        ordered.push(top.node);
        open.pop();
      } else {
        enter(next);
      }
    }
  }
  return ordered;
}

/** What a whole stack waits for, all of its tests wait for alike: it tells nothing of their order. */
function awaitedInStack(node: DeploymentNode, graph: DeploymentGraph): DeploymentNode[] {
  return isOutermostBeginning(node) ? [] : [...graph.awaitedBy(node)];
}

function isSlow(node: DeploymentNode): boolean {
  return CfnResource.isCfnResource(node) && SLOW_TYPES.has(node.cfnResourceType);
}
