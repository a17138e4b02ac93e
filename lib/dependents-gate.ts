import { Annotations, AspectPriority, Aspects, type CfnResource, type IAspect } from 'aws-cdk-lib';
import { Dependable, type IConstruct, type IDependable } from 'constructs';
import type { ConnectionTest } from './connection-test';
import { findUsers, mayUseConnection } from './connection-users';
import { TestedConnections } from './tested-connections';
import { assemblyOf } from './tests-of-app';
import { Waiting } from './waiting';

const GATES = new WeakMap<IConstruct, DependentsGate>();

/**
 * Makes whatever names a tested connection wait for the test, in one app or stage.
 *
 * Who waits for whom is found out when the dependencies are read, which is after all aspects: then everything is there.
 */
export class DependentsGate implements IAspect {
  /** The gate of the app or stage that a construct belongs to. */
  static of(construct: IConstruct): DependentsGate {
    const assembly = assemblyOf(construct);
    const gate = GATES.get(assembly) ?? new DependentsGate(assembly);
    GATES.set(assembly, gate);
    return gate;
  }

  private readonly tests = new Set<ConnectionTest>();
  private readonly dependents = new Set<CfnResource>();
  private plan?: Plan;

  private constructor(private readonly assembly: IConstruct) {
    // As late as any, so that it may be added while aspects are at work.
    Aspects.of(assembly).add(this, { priority: AspectPriority.READONLY });
  }

  /** From now on, those who use the test's connection wait for it. */
  add(test: ConnectionTest): void {
    this.tests.add(test);
    this.plan = undefined;
  }

  visit(node: IConstruct): void {
    // There may be more to come.
    this.plan = undefined;
    if (mayUseConnection(node) && !this.dependents.has(node)) {
      this.dependents.add(node);
      node.node.addDependency(lazily(() => this.awaitedBy(node)));
    }
  }

  private awaitedBy(dependent: CfnResource): readonly CfnResource[] {
    if (this.plan === undefined) {
      // Whoever asks while it is made, is to see what there is without it.
      this.plan = new Map();
      this.plan = makePlan(this.assembly, [...this.tests], [...this.dependents]);
    }
    return this.plan.get(dependent) ?? [];
  }
}

/** What each dependent waits for. */
type Plan = ReadonlyMap<CfnResource, readonly CfnResource[]>;

function makePlan(assembly: IConstruct, tests: readonly ConnectionTest[], dependents: readonly CfnResource[]): Plan {
  const { users } = findUsers(new TestedConnections(assembly, tests), dependents);
  const waiting = new Waiting(assembly);
  const plan = new Map<CfnResource, CfnResource[]>();
  for (const test of tests) {
    for (const dependent of users.get(test) ?? []) {
      if (waiting.tryToWait(dependent, test._resource)) {
        plan.set(dependent, [...(plan.get(dependent) ?? []), test._resource]);
      } else {
        warnOfCycle(dependent, test);
      }
    }
  }
  return plan;
}

function warnOfCycle(dependent: CfnResource, test: ConnectionTest): void {
  Annotations.of(dependent).addWarningV2(
    'cdk-glue-connection-test:doesNotWait',
    `${dependent.node.path} uses the connection that ${test.node.path} tests, but does not wait for the test, since the ` +
      `test waits for it; take away what makes ${test.node.path} wait, or acknowledge this warning`,
  );
}

/** Constructs that are only known when the dependencies are read. */
function lazily(roots: () => readonly IConstruct[]): IDependable {
  const dependable = {};
  Dependable.implement(dependable, {
    get dependencyRoots() {
      return [...roots()];
    },
  });
  return dependable;
}
