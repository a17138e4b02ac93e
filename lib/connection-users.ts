import { CfnResource } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { ConnectionTest } from './connection-test';
import { isSurelyOnePlace } from './environment';
import { connectionsNamedBy, isSameName, keyOf, ownName, startedBy, type GlueName } from './names-in-glue';
import type { TestedConnections } from './tested-connections';

/** Whether a construct is a resource that could use a connection, or start what does. */
export function mayUseConnection(construct: IConstruct): construct is CfnResource {
  return (
    CfnResource.isCfnResource(construct) &&
    /^AWS::(Glue|DataBrew)::/.test(construct.cfnResourceType) &&
    construct.cfnResourceType !== 'AWS::Glue::Connection'
  );
}

/** Who uses the connection of a test: those that name it, and triggers, which may start them as soon as they are there. */
export function usersOf(connections: TestedConnections, dependents: readonly CfnResource[]) {
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
      .filter((one) => isSameName(one.name, name) && isSurelyOnePlace(one.resource.stack, name.stack))
      .map(({ resource }) => resource);
  }
}
