import { CfnResource, type Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { pathsOfConnections, pathsOfStarted } from './connection-uses';
import { placeIn } from '../cdk/environment';
import { isNear, meantFrom, type Located } from './meant';
import { connectionsNamedBy, isSameName, lookupKey, ownName, startedBy, type GlueName } from './names-in-glue';
import type { TestedConnections } from './tested-connections';
import type { RegisteredTest } from './tests-of-app';

/** Whether a construct is a resource that could use a connection, or start a resource that does. */
export function mayUseConnection(construct: IConstruct): construct is CfnResource {
  return (
    CfnResource.isCfnResource(construct) &&
    (pathsOfConnections(construct.cfnResourceType).length > 0 || isStarter(construct))
  );
}

function isStarter({ cfnResourceType }: CfnResource): boolean {
  return pathsOfStarted(cfnResourceType) !== undefined;
}

export interface ConnectionUsers {
  readonly users: ReadonlyMap<RegisteredTest, ReadonlySet<CfnResource>>;
  /** Resources that name a connection that several stacks have, where it can't be decided which one is meant. */
  readonly undecided: readonly {
    readonly user: CfnResource;
    readonly name: GlueName;
    readonly stacks: readonly Stack[];
  }[];
}

/**
 * Finds who uses which connection: the resources that name it, and triggers, which may start those resources as soon as
 * they are created.
 */
export function findUsers(connections: TestedConnections, dependents: readonly CfnResource[]): ConnectionUsers {
  const users = new Map<RegisteredTest, Set<CfnResource>>();
  const undecided: ConnectionUsers['undecided'][number][] = [];
  const testsOf = new Map<CfnResource, RegisteredTest[]>();
  const add = (dependent: CfnResource, tests: readonly RegisteredTest[]) => {
    testsOf.set(dependent, [...(testsOf.get(dependent) ?? []), ...tests]);
    tests.forEach((test) => users.set(test, (users.get(test) ?? new Set()).add(dependent)));
  };
  for (const user of dependents) {
    for (const name of connectionsNamedBy(user)) {
      const { meant, ambiguous } = connections.meantBy(name);
      add(
        user,
        meant.map(({ test }) => test),
      );
      if (ambiguous.length > 0) {
        undecided.push({ user, name, stacks: ambiguous });
      }
    }
  }
  const startable = new Startable([...testsOf.keys()].filter((dependent) => testsOf.get(dependent)?.length));
  for (const starter of dependents.filter(isStarter)) {
    const started = startedBy(starter).flatMap((name) => startable.meantBy(name));
    add(
      starter,
      started.flatMap((resource) => testsOf.get(resource) ?? []),
    );
  }
  return { users, undecided };
}

interface Named extends Located {
  readonly name: GlueName;
  readonly resource: CfnResource;
}

/** Jobs and crawlers, by the names that a trigger may use for them. */
class Startable {
  private readonly byName = new Map<string, Named[]>();

  private readonly resources: ReadonlySet<CfnResource>;

  constructor(resources: readonly CfnResource[]) {
    this.resources = new Set(resources);
    for (const resource of resources) {
      const name = ownName(resource);
      if (name !== undefined) {
        const named = { name, resource, stacks: [resource.stack], place: placeIn(resource.stack) };
        this.byName.set(lookupKey(name), [...(this.byName.get(lookupKey(name)) ?? []), named]);
      }
    }
  }

  meantBy(name: GlueName): CfnResource[] {
    if ('resource' in name) {
      return this.resources.has(name.resource) ? [name.resource] : [];
    }
    const same = (this.byName.get(lookupKey(name)) ?? []).filter((one) => isSameName(one.name, name));
    const near = same.filter((one) => isNear(name, one));
    return (near.length > 0 ? near : meantFrom(name, same).meant).map(({ resource }) => resource);
  }
}
