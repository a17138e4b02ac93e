import { Stack, type CfnResource } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { ConnectionTest } from './connection-test';
import { isKnown, isSameEnvironment, outermostStack } from './environment';
import { connectionNamed, isSameName, keyOf, ownName, type GlueName } from './names-in-glue';
import { isCfnConnection } from './target-facts';
import { constructsOf } from './tests-of-app';

interface Tested {
  readonly test: ConnectionTest;
  /** The connection, where it is of this app. */
  readonly resource?: CfnResource;
  readonly names: readonly GlueName[];
}

const TESTED = new WeakMap<ConnectionTest, Tested>();

/** The tests of a connection of this app. */
export function testsOfConnection(connection: CfnResource, tests: readonly ConnectionTest[]): ConnectionTest[] {
  return matching(connection, tests.map(testedBy));
}

/** Which tests are of the connections that are named somewhere. */
export class TestedConnections {
  private readonly tested: readonly Tested[];
  private readonly byName = new Map<string, Tested[]>();
  /** Literal names of all connections, tested or not, by the stack around them all. */
  private readonly namesInUse = new Map<Stack, Set<string>>();

  constructor(assembly: IConstruct, tests: readonly ConnectionTest[]) {
    // Names may have changed since a test was looked at.
    this.tested = tests.map(read);
    for (const one of this.tested) {
      for (const name of one.names.map(keyOf)) {
        this.byName.set(name, [...(this.byName.get(name) ?? []), one]);
      }
    }
    for (const connection of [...constructsOf(assembly)].filter(isCfnConnection)) {
      const name = ownName(connection);
      if (name !== undefined && 'literal' in name) {
        const outermost = outermostStack(connection.stack);
        this.namesInUse.set(outermost, (this.namesInUse.get(outermost) ?? new Set()).add(keyOf(name)));
      }
    }
  }

  /** The tests of the connection that a name means. */
  testsOf(name: GlueName): ConnectionTest[] {
    if ('resource' in name) {
      return matching(name.resource, this.tested);
    }
    const same = this.byName.get(keyOf(name))?.filter(({ names }) => names.some((one) => isSameName(one, name))) ?? [];
    const [own, others] = [same.filter((one) => isIn(one, name.stack)), same.filter((one) => !isIn(one, name.stack))];
    if (own.length > 0 || this.namesInUse.get(outermostStack(name.stack))?.has(keyOf(name))) {
      return own.map(({ test }) => test);
    }
    const near = others.filter(({ test }) => isSamePlace(test, name.stack));
    // Where several stacks could be meant, none can be told to be.
    const isAmbiguous =
      !isKnown(name.stack) && new Set(near.map(({ test }) => outermostStack(Stack.of(test)))).size > 1;
    return isAmbiguous ? [] : near.map(({ test }) => test);
  }
}

function matching(connection: CfnResource, all: readonly Tested[]): ConnectionTest[] {
  const name = ownName(connection);
  return all.filter((tested) => isTestOf(tested, connection, name)).map(({ test }) => test);
}

function isTestOf({ test, resource, names }: Tested, connection: CfnResource, name: GlueName | undefined): boolean {
  return resource === undefined
    ? name !== undefined && names.some((tested) => isExactly(tested, name)) && isSurelySamePlace(test, connection)
    : resource === connection;
}

/** In upper and lower case too. */
function isExactly(one: GlueName, other: GlueName): boolean {
  return isSameName(one, other) && (!('literal' in one && 'literal' in other) || one.literal === other.literal);
}

function testedBy(test: ConnectionTest): Tested {
  const known = TESTED.get(test) ?? read(test);
  TESTED.set(test, known);
  return known;
}

function read(test: ConnectionTest): Tested {
  const { connectionName, resource } = test._facts;
  const named = connectionNamed(test, connectionName);
  const [referenced] = named.flatMap((name) => ('resource' in name ? [name.resource] : []));
  const connection = resource ?? referenced;
  const own = connection && ownName(connection);
  return { test, resource: connection, names: [...named, ...(own ? [own] : [])] };
}

function isIn({ test, resource }: Tested, stack: Stack): boolean {
  const outermost = outermostStack(stack);
  return [test, resource].some((one) => one !== undefined && outermostStack(Stack.of(one)) === outermost);
}

function isSamePlace(test: ConnectionTest, stack: Stack): boolean {
  return isSameEnvironment(placeOf(test), stack);
}

function isSurelySamePlace(test: ConnectionTest, { stack }: CfnResource): boolean {
  return outermostStack(Stack.of(test)) === outermostStack(stack) || (isKnown(stack) && isSamePlace(test, stack));
}

function placeOf(test: ConnectionTest) {
  const { account, catalogId } = test._facts;
  const own = Stack.of(test);
  return { account: catalogId ?? account ?? own.account, region: own.region };
}
