import { CfnResource, Stack } from 'aws-cdk-lib';
import { Dependable, type IConstruct } from 'constructs';
import type { AppReferences } from '../cdk/app-references';
import { constructsOf } from '../cdk/assembly';
import { pathOf, resourcesOf, sideBySide } from '../cdk/deployment-paths';

/**
 * A node of the deployment: a resource, or the beginning or end of a stack. The beginning of a stack waits for what the
 * whole stack waits for, each of its resources waits for the beginning, and the end waits for each of its resources.
 */
type DeploymentNode = CfnResource | { readonly stack: Stack; readonly is: 'beginning' | 'end' };

/**
 * What waits for what while an app is deployed: by references, by `DependsOn`, and by dependencies between constructs
 * and between stacks. It is read from the constructs, so that a new dependency can be checked for a cycle first.
 */
export class DeploymentGraph {
  private readonly awaited = new Map<DeploymentNode, Set<DeploymentNode>>();
  private readonly nodes = new Map<Stack, { readonly beginning: DeploymentNode; readonly end: DeploymentNode }>();
  private readonly nestedStacks = new Map<IConstruct, Stack>();
  /** The node that was asked for last, with all that it waits for. */
  private closure?: { readonly of: DeploymentNode; readonly nodes: ReadonlySet<DeploymentNode> };

  /**
   * @param assembly the app or stage
   */
  constructor(
    assembly: IConstruct,
    private readonly references: AppReferences,
  ) {
    const constructs = [...constructsOf(assembly)];
    for (const construct of constructs.filter((candidate) => Stack.isStack(candidate))) {
      this.addStack(construct);
    }
    for (const construct of constructs) {
      if (CfnResource.isCfnResource(construct)) {
        this.addResource(construct);
      }
      for (const target of construct.node.dependencies.flatMap((one) => Dependable.of(one).dependencyRoots)) {
        this.addDependency(construct, target);
      }
    }
  }

  /** Whether one resource waits for another, directly or not. */
  waits(resource: CfnResource, target: CfnResource): boolean {
    const [waiting, awaited] = this.between(resource, target);
    return this.closureOf(waiting).has(awaited);
  }

  /**
   * Makes one resource wait for another.
   *
   * @returns `there` where the template says so already, and `cycle` where that would close one: it does nothing then
   */
  tryToWait(resource: CfnResource, target: CfnResource): 'made' | 'there' | 'cycle' {
    const [waiting, awaited] = this.between(resource, target);
    if (this.awaited.get(waiting)?.has(awaited)) {
      return 'there';
    }
    if (waiting === awaited || this.closureOf(awaited).has(waiting)) {
      return 'cycle';
    }
    // The awaited node waits for nothing new, so its closure stays valid.
    this.add(waiting, awaited);
    return 'made';
  }

  private addStack(stack: Stack): void {
    const { beginning, end } = this.nodesOf(stack);
    this.add(end, beginning);
    if (stack.nestedStackResource !== undefined) {
      this.nestedStacks.set(stack.nestedStackResource, stack);
    }
    for (const dependency of stack.dependencies) {
      this.add(beginning, this.nodesOf(dependency).end);
    }
  }

  private addResource(resource: CfnResource): void {
    const { beginning, end } = this.nodesOf(resource.stack);
    this.add(this.beginningOf(resource), beginning);
    this.add(end, this.endOf(resource));
    for (const target of [...this.references.awaitedBy(resource), ...resource.obtainDependencies()]) {
      if (CfnResource.isCfnResource(target)) {
        this.wait(resource, target);
      }
    }
  }

  /** As in the CDK: within a stack, all resources wait for all others; across stacks, the stacks wait. */
  private addDependency(source: IConstruct, target: IConstruct): void {
    const [from, to] = sideBySide(pathOf(source), pathOf(target));
    if (from === undefined || to === undefined) {
      return;
    }
    for (const waiting of this.beginningsOf(from)) {
      for (const awaited of this.endsOf(to)) {
        if (waiting !== awaited) {
          this.add(waiting, awaited);
        }
      }
    }
  }

  private beginningsOf(scope: IConstruct): DeploymentNode[] {
    return Stack.isStack(scope)
      ? [this.nodesOf(scope).beginning]
      : resourcesOf(scope).map((resource) => this.beginningOf(resource));
  }

  private endsOf(scope: IConstruct): DeploymentNode[] {
    return Stack.isStack(scope)
      ? [this.nodesOf(scope).end]
      : resourcesOf(scope).map((resource) => this.endOf(resource));
  }

  private wait(resource: CfnResource, target: CfnResource): void {
    if (resource !== target) {
      this.add(...this.between(resource, target));
    }
  }

  /** Resources of different stacks wait by their stacks, up to the stack that contains both. */
  private between(resource: CfnResource, target: CfnResource): [waiting: DeploymentNode, awaited: DeploymentNode] {
    const [from, to] = sideBySide(pathOf(resource), pathOf(target));
    return [
      Stack.isStack(from) ? this.nodesOf(from).beginning : this.beginningOf(resource),
      Stack.isStack(to) ? this.nodesOf(to).end : this.endOf(target),
    ];
  }

  private beginningOf(resource: CfnResource): DeploymentNode {
    const nested = this.nestedStacks.get(resource);
    return nested === undefined ? resource : this.nodesOf(nested).beginning;
  }

  private endOf(resource: CfnResource): DeploymentNode {
    const nested = this.nestedStacks.get(resource);
    return nested === undefined ? resource : this.nodesOf(nested).end;
  }

  private nodesOf(stack: Stack) {
    const nodes = this.nodes.get(stack) ?? {
      beginning: { stack, is: 'beginning' as const },
      end: { stack, is: 'end' as const },
    };
    this.nodes.set(stack, nodes);
    return nodes;
  }

  private add(waiting: DeploymentNode, awaited: DeploymentNode): void {
    const all = this.awaited.get(waiting) ?? new Set();
    this.awaited.set(waiting, all.add(awaited));
  }

  private closureOf(node: DeploymentNode): ReadonlySet<DeploymentNode> {
    if (this.closure?.of !== node) {
      const nodes = new Set([node]);
      // A set goes on with what is added to it on the way.
      for (const next of nodes) {
        this.awaited.get(next)?.forEach((one) => nodes.add(one));
      }
      this.closure = { of: node, nodes };
    }
    return this.closure.nodes;
  }
}
