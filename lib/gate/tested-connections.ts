import { Stack, type CfnResource } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { constructsOf } from '../cdk/assembly';
import { compareEnvironments, placeIn } from '../cdk/environment';
import { outermostStack } from '../cdk/nested-stacks';
import { isNear, meantFrom, type Located, type Meant } from './meant';
import { connectionNamed, isSameName, lookupKey, ownName, type GlueName } from './names-in-glue';
import { isCfnConnection } from '../target/connection-definition';
import type { RegisteredTest } from './tests-of-app';

export interface Tested extends Located {
  readonly test: RegisteredTest;
  /** The connection, where it is of this app. */
  readonly resource?: CfnResource;
  readonly names: readonly GlueName[];
}

const TESTED = new WeakMap<RegisteredTest, Tested>();

/** The tests of a connection of this app. */
export function testsOfConnection(connection: CfnResource, tests: readonly RegisteredTest[]): RegisteredTest[] {
  return matching(connection, tests.map(testedBy)).map(({ test }) => test);
}

/** The connections of this app that each test is of: one, or those that have the name which it was given. */
export function connectionsOf(tests: readonly RegisteredTest[], resources: readonly CfnResource[]) {
  const connections = resources.filter(isCfnConnection);
  return tests.map((test) => {
    const { resource } = test._facts;
    const named = () => {
      const tested = read(test);
      return connections.filter((connection) => isTestOf(tested, connection, ownName(connection)));
    };
    return { test, connections: resource === undefined ? named() : [resource] };
  });
}

/** Finds the tests of a connection by how the connection is named. */
export class TestedConnections {
  private readonly tested: readonly Tested[];
  private readonly byName = new Map<string, Tested[]>();
  /** The literal names of all connections, tested or not, by their outermost stack. */
  private namesInUse?: ReadonlyMap<Stack, ReadonlySet<string>>;

  constructor(
    private readonly assembly: IConstruct,
    tests: readonly RegisteredTest[],
  ) {
    // Names may have changed since a test was looked at.
    this.tested = tests.map(read);
    for (const one of this.tested) {
      for (const name of one.names.map(lookupKey)) {
        this.byName.set(name, [...(this.byName.get(name) ?? []), one]);
      }
    }
  }

  /** What is tested of what a name means. */
  meantBy(name: GlueName): Meant<Tested> {
    if ('resource' in name) {
      return { meant: matching(name.resource, this.tested), ambiguous: [] };
    }
    const same =
      this.byName.get(lookupKey(name))?.filter(({ names }) => names.some((one) => isSameName(one, name))) ?? [];
    const near = same.filter((one) => isNear(name, one));
    if (near.length > 0 || this.isInUse(name)) {
      return { meant: near, ambiguous: [] };
    }
    return meantFrom(name, same);
  }

  private isInUse(name: GlueName): boolean {
    this.namesInUse ??= namesInUse(this.assembly);
    return this.namesInUse.get(outermostStack(name.stack))?.has(lookupKey(name)) === true;
  }
}

function namesInUse(assembly: IConstruct): Map<Stack, Set<string>> {
  const names = new Map<Stack, Set<string>>();
  for (const connection of [...constructsOf(assembly)].filter(isCfnConnection)) {
    const name = ownName(connection);
    if (name !== undefined && 'literal' in name) {
      const outermost = outermostStack(connection.stack);
      names.set(outermost, (names.get(outermost) ?? new Set()).add(lookupKey(name)));
    }
  }
  return names;
}

function matching(connection: CfnResource, all: readonly Tested[]): Tested[] {
  const name = ownName(connection);
  return all.filter((tested) => isTestOf(tested, connection, name));
}

function isTestOf(tested: Tested, connection: CfnResource, name: GlueName | undefined): boolean {
  const { resource, names } = tested;
  return resource === undefined
    ? name !== undefined && names.some((one) => isExactly(one, name)) && isSurelyWith(tested, connection)
    : resource === connection;
}

/** Whether a test by name is in the same place as a connection. */
function isSurelyWith({ test, place }: Tested, { stack }: CfnResource): boolean {
  return (
    outermostStack(Stack.of(test)) === outermostStack(stack) || compareEnvironments(place, placeIn(stack)) === 'same'
  );
}

/** The same, including case. */
function isExactly(one: GlueName, other: GlueName): boolean {
  return isSameName(one, other) && (!('literal' in one && 'literal' in other) || one.literal === other.literal);
}

function testedBy(test: RegisteredTest): Tested {
  const known = TESTED.get(test) ?? read(test);
  TESTED.set(test, known);
  return known;
}

function read(test: RegisteredTest): Tested {
  const { connectionName, resource } = test._facts;
  const named = connectionNamed(test, connectionName);
  const [referenced] = named.flatMap((name) => ('resource' in name ? [name.resource] : []));
  const connection = resource ?? referenced;
  const own = connection && ownName(connection);
  const stacks = [test, ...(connection ? [connection] : [])].map((construct) => Stack.of(construct));
  return { test, resource: connection, names: [...named, ...(own ? [own] : [])], stacks, place: placeOf(test) };
}

function placeOf(test: RegisteredTest) {
  const { account, catalogId, resource } = test._facts;
  const { region } = Stack.of(test);
  return placeIn(Stack.of(resource ?? test), { account: catalogId ?? account, region });
}
