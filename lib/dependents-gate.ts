import { Annotations, AspectPriority, Aspects, CfnResource, type IAspect, type Stack } from 'aws-cdk-lib';
import { Dependable, type IConstruct, type IDependable } from 'constructs';
import type { ConnectionTest } from './connection-test';
import { connectionsNamedBy, isSameName, keyOf, ownName, startedBy, type GlueName } from './names-in-glue';
import { isAgnostic, outermostStack, TestedConnections } from './tested-connections';
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
  const users = usersOf(new TestedConnections(assembly, tests), dependents);
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

/** Who uses the connection of a test: those that name it, and triggers, which may start them as soon as they are there. */
function usersOf(connections: TestedConnections, dependents: readonly CfnResource[]) {
  const users = new Map<ConnectionTest, Set<CfnResource>>();
  const testsOf = new Map<CfnResource, ConnectionTest[]>();
  const add = (dependent: CfnResource, tests: readonly ConnectionTest[]) => {
    testsOf.set(dependent, [...(testsOf.get(dependent) ?? []), ...tests]);
    tests.forEach((test) => users.set(test, (users.get(test) ?? new Set()).add(dependent)));
  };
  for (const dependent of dependents) {
    add(
      dependent,
      connectionsNamedBy(dependent).flatMap((name) => connections.testsOf(name)),
    );
  }
  const startable = new Startable([...testsOf.keys()].filter((dependent) => testsOf.get(dependent)?.length));
  for (const trigger of dependents.filter(({ cfnResourceType }) => cfnResourceType === 'AWS::Glue::Trigger')) {
    const started = startedBy(trigger).flatMap((name) => startable.meantBy(name));
    add(
      trigger,
      started.flatMap((resource) => testsOf.get(resource) ?? []),
    );
  }
  return users;
}

/** Jobs and crawlers, by what triggers may call them. */
class Startable {
  private readonly byName = new Map<string, { readonly name: GlueName; readonly resource: CfnResource }[]>();

  private readonly resources: ReadonlySet<CfnResource>;

  constructor(resources: readonly CfnResource[]) {
    this.resources = new Set(resources);
    for (const resource of resources) {
      const name = ownName(resource);
      if (name !== undefined) {
        this.byName.set(keyOf(name), [...(this.byName.get(keyOf(name)) ?? []), { name, resource }]);
      }
    }
  }

  meantBy(name: GlueName): CfnResource[] {
    if ('resource' in name) {
      return this.resources.has(name.resource) ? [name.resource] : [];
    }
    return (this.byName.get(keyOf(name)) ?? [])
      .filter((one) => isSameName(one.name, name) && isNear(one.resource.stack, name.stack))
      .map(({ resource }) => resource);
  }
}

/** Where two names alike surely mean one thing. */
function isNear(one: Stack, other: Stack): boolean {
  return (
    outermostStack(one) === outermostStack(other) ||
    (!isAgnostic(one) && one.account === other.account && one.region === other.region)
  );
}

function warnOfCycle(dependent: CfnResource, test: ConnectionTest): void {
  Annotations.of(dependent).addWarningV2(
    'cdk-glue-connection-test:doesNotWait',
    `${dependent.node.path} uses the connection that ${test.node.path} tests, but does not wait for the test, since the ` +
      `test waits for it; take away what makes ${test.node.path} wait, or acknowledge this warning`,
  );
}

function mayUseConnection(construct: IConstruct): construct is CfnResource {
  return (
    CfnResource.isCfnResource(construct) &&
    /^AWS::(Glue|DataBrew)::/.test(construct.cfnResourceType) &&
    construct.cfnResourceType !== 'AWS::Glue::Connection'
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
