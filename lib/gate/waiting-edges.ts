import { CfnResource, Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { AppReferences } from '../cdk/app-references';
import { constructsOf } from '../cdk/assembly';
import { findUsers, type ConnectionUsers } from './connection-users';
import { pathOf, sideBySide } from '../cdk/deployment-paths';
import { warnOnce } from '../cdk/warn-once';
import { findTurns } from './lanes';
import { StoreFollowers } from './store-followers';
import { connectionsOf, TestedConnections } from './tested-connections';
import { testsOf, type RegisteredTest } from './tests-of-app';
import { DeploymentGraph } from './deployment-graph';
import { AppNetwork } from '../network/app-network';
import { AwaitedNetwork } from '../network/awaited-network';
import { ImportedSubnets } from '../network/imported-subnets';

export interface ConditionalEdge {
  /** The logical id of the condition under which there is a target to wait for. */
  readonly condition: string;
  readonly target: CfnResource;
}

/** What each resource is made to wait for, by how the template expresses it. */
export class WaitingEdges {
  readonly byDependsOn = new Map<CfnResource, CfnResource[]>();
  readonly byReference = new Map<CfnResource, ConditionalEdge[]>();

  constructor(private readonly references: AppReferences) {}

  add(resource: CfnResource, target: CfnResource): void {
    const [from, to] = sideBySide(pathOf(resource), pathOf(target)).map(resourceFor);
    const [condition, own] = [to, from].map((one) => one && this.references.resolve(one).entry.Condition);
    if (from === undefined || to === undefined || condition === undefined || condition === own) {
      this.byDependsOn.set(resource, [...(this.byDependsOn.get(resource) ?? []), target]);
    } else {
      this.byReference.set(from, [...(this.byReference.get(from) ?? []), { condition, target: to }]);
    }
  }
}

/** The resource of a construct, or of a nested stack in its parent. A stack that is not nested has none. */
function resourceFor(construct: IConstruct | undefined): CfnResource | undefined {
  const standing = Stack.isStack(construct) ? construct.nestedStackResource : construct;
  return standing !== undefined && CfnResource.isCfnResource(standing) ? standing : undefined;
}

/**
 * Finds who has to wait for whom: first tests for what makes their data stores and networks work, then dependents for
 * tests. Last come tests that wait for their turn, since the order of the turns follows from all that.
 */
export function findEdges(
  assembly: IConstruct,
  gatedTests: readonly RegisteredTest[],
  dependents: readonly CfnResource[],
): WaitingEdges {
  const references = new AppReferences();
  const constructs = [...constructsOf(assembly)];
  const graph = new DeploymentGraph(assembly, constructs, references);
  const edges = new WaitingEdges(references);
  const resources = constructs.filter((construct) => CfnResource.isCfnResource(construct));
  const followers = new StoreFollowers(resources, references);
  const network = new AwaitedNetwork(
    new AppNetwork(resources, references),
    new ImportedSubnets(constructs, references),
  );
  for (const { test, connections } of connectionsOf(testsOf(assembly), resources)) {
    const ways = connections.flatMap((connection) => network.of(connection));
    for (const awaited of [...followers.of(() => storesOf(test, references)), ...ways]) {
      if (!graph.waits(test._resource, awaited) && graph.tryToWait(test._resource, awaited) === 'made') {
        edges.add(test._resource, awaited);
      }
    }
  }
  const { users, undecided } = findUsers(new TestedConnections(assembly, gatedTests), dependents);
  for (const test of gatedTests) {
    for (const dependent of users.get(test) ?? []) {
      const attempt = graph.tryToWait(dependent, test._resource);
      if (attempt === 'made') {
        edges.add(dependent, test._resource);
      } else if (attempt === 'cycle') {
        warnOfCycle(dependent, test);
      }
    }
  }
  undecided.forEach(warnOfAmbiguity);
  for (const { test, after } of findTurns(testsOf(assembly), graph, references)) {
    edges.add(test._resource, after._resource);
  }
  return edges;
}

/** The resources that the test and its connection refer to. */
function storesOf(test: RegisteredTest, references: AppReferences): CfnResource[] {
  // The function is left out, since it may lead to other stores.
  const properties = { ...references.resolve(test._resource).entry.Properties, ServiceToken: undefined };
  const { resource } = test._facts;
  return [...(resource ? [resource] : []), ...references.namedIn(test._resource, properties)];
}

function warnOfCycle(dependent: CfnResource, test: RegisteredTest): void {
  warnOnce(
    dependent,
    'doesNotWait',
    `${dependent.node.path} uses the connection that ${test.node.path} tests, but does not wait for the test, since the ` +
      `test waits for it; remove what makes ${test.node.path} wait, or acknowledge this warning`,
  );
}

function warnOfAmbiguity({ user, name, stacks }: ConnectionUsers['undecided'][number]): void {
  const text = 'literal' in name ? name.literal : 'expression' in name ? name.expression : name.resource.node.path;
  warnOnce(
    user,
    'ambiguousConnection',
    `${user.node.path} names the connection '${text}', but does not wait for a test of it, since the name may belong to any of ` +
      `these stacks: ${stacks.map(({ node }) => node.path).join(', ')}; set 'env' with account and Region for the stacks, call ` +
      'executeBefore, or acknowledge this warning',
  );
}
