import { CfnResource, Stack } from 'aws-cdk-lib';
import { Dependable, type IConstruct } from 'constructs';
import type { AppReferences } from '../cdk/app-references';
import { pathOf, sideBySide } from '../cdk/deployment-paths';
import { outermostStack } from '../cdk/nested-stacks';
import { DeploymentNodes, isOutermostBeginning, isSameNode, type DeploymentNode } from './deployment-nodes';

/**
 * What waits for what while an app is deployed: by references, by `DependsOn`, and by dependencies between constructs
 * and between stacks. It is read from the constructs, so that a new dependency can be checked for a cycle first.
 *
 * What a resource refers to is read once its node is asked for, since most of an app has nothing to do with connections.
 */
export class DeploymentGraph {
  private readonly nodes: DeploymentNodes;
  private areConstructsRead = false;
  private readonly awaited = new Map<DeploymentNode, Set<DeploymentNode>>();
  private readonly expanded = new Set<DeploymentNode>();
  /** The node that was asked for last, with all that it waits for. */
  private closure?: { readonly of: DeploymentNode; readonly isWithin: boolean; readonly nodes: Set<DeploymentNode> };

  /**
   * @param assembly the app or stage
   * @param constructs it, and all that is below it
   */
  constructor(
    private readonly assembly: IConstruct,
    private readonly constructs: readonly IConstruct[],
    private readonly references: AppReferences,
  ) {
    this.nodes = new DeploymentNodes(constructs);
  }

  /** What a node waits for directly. */
  awaitedBy(node: DeploymentNode): ReadonlySet<DeploymentNode> {
    if (!this.expanded.has(node)) {
      this.expanded.add(node);
      this.expand(node);
    }
    return this.known(node);
  }

  /** Whether one resource waits for another, directly or not. */
  waits(resource: CfnResource, target: CfnResource): boolean {
    return this.leads(...this.nodes.between(resource, target));
  }

  /**
   * Makes one resource wait for another.
   *
   * @returns `there` where the template says so already, and `cycle` where that would close one: it does nothing then
   */
  tryToWait(resource: CfnResource, target: CfnResource): 'made' | 'there' | 'cycle' {
    const [waiting, awaited] = this.nodes.between(resource, target);
    if (this.awaitedBy(waiting).has(awaited)) {
      return 'there';
    }
    if (waiting === awaited || this.leads(awaited, waiting)) {
      return 'cycle';
    }
    // The awaited node waits for nothing new, so its closure stays valid.
    this.known(waiting).add(awaited);
    return 'made';
  }

  /** What constructs and stacks were told to wait for. */
  private readConstructs(): void {
    this.areConstructsRead = true;
    // Nothing can be told to an app or stage as a whole.
    for (const construct of this.constructs.filter((one) => one !== this.assembly)) {
      if (Stack.isStack(construct)) {
        const { beginning } = this.nodes.ofStack(construct);
        construct.dependencies.forEach((dependency) => this.add(beginning, this.nodes.ofStack(dependency).end));
      }
      for (const target of construct.node.dependencies.flatMap((one) => Dependable.of(one).dependencyRoots)) {
        this.addDependency(construct, target);
      }
    }
  }

  /** As in the CDK: within a stack, all resources wait for all others; across stacks, the stacks wait. */
  private addDependency(source: IConstruct, target: IConstruct): void {
    const [from, to] = sideBySide(pathOf(source), pathOf(target));
    if (from !== undefined && to !== undefined) {
      for (const waiting of this.nodes.beginningsOf(from)) {
        this.nodes.endsOf(to).forEach((awaited) => this.add(waiting, awaited));
      }
    }
  }

  private expand(node: DeploymentNode): void {
    if (!this.areConstructsRead) {
      this.readConstructs();
    }
    if (CfnResource.isCfnResource(node)) {
      this.read(node);
      return;
    }
    const resources = this.nodes.resourcesIn(node.stack);
    if (node.is === 'end') {
      this.known(node).add(this.nodes.ofStack(node.stack).beginning);
      resources.forEach((resource) => this.add(node, this.nodes.endOf(resource)));
      return;
    }
    // For what any of its resources refers to outside, the whole stack waits; also for what those of a nested stack do.
    resources.forEach((resource) => this.awaitedBy(this.nodes.beginningOf(resource)));
    if (node.stack.nestedStackResource !== undefined) {
      this.read(node.stack.nestedStackResource);
    }
  }

  private read(resource: CfnResource): void {
    this.add(this.nodes.beginningOf(resource), this.nodes.ofStack(resource.stack).beginning);
    for (const target of [...this.references.awaitedBy(resource), ...resource.obtainDependencies()]) {
      if (CfnResource.isCfnResource(target)) {
        this.add(...this.nodes.between(resource, target));
      }
    }
  }

  private add(waiting: DeploymentNode, awaited: DeploymentNode): void {
    if (!isSameNode(waiting, awaited)) {
      this.known(waiting).add(awaited);
    }
  }

  private known(node: DeploymentNode): Set<DeploymentNode> {
    const awaited = this.awaited.get(node) ?? new Set();
    this.awaited.set(node, awaited);
    return awaited;
  }

  /** Whether a node waits for another one, directly or not. */
  private leads(node: DeploymentNode, awaited: DeploymentNode): boolean {
    // What leads out of a stack never leads back: stacks that wait for each other can't be deployed.
    const isWithin = outermostStack(node.stack) === outermostStack(awaited.stack);
    if (this.closure?.of !== node || this.closure.isWithin !== isWithin) {
      const nodes = new Set([node]);
      // A set goes on with what is added to it on the way.
      for (const next of nodes) {
        if (!isWithin || !isOutermostBeginning(next)) {
          this.awaitedBy(next).forEach((one) => nodes.add(one));
        }
      }
      this.closure = { of: node, isWithin, nodes };
    }
    return this.closure.nodes.has(awaited);
  }
}
