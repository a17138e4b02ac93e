import { CfnResource, Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { pathOf, resourcesOf, sideBySide } from '../cdk/deployment-paths';

/**
 * A node of the deployment: a resource, or the beginning or end of a stack. The beginning of a stack waits for what the
 * whole stack waits for, each of its resources waits for the beginning, and the end waits for each of its resources.
 */
export type DeploymentNode = CfnResource | { readonly stack: Stack; readonly is: 'beginning' | 'end' };

/** The nodes of the resources and stacks of an app. */
export class DeploymentNodes {
  private readonly nodes = new Map<Stack, { readonly beginning: DeploymentNode; readonly end: DeploymentNode }>();
  private readonly resources = new Map<Stack, CfnResource[]>();
  private readonly nestedStacks = new Map<IConstruct, Stack>();

  /**
   * @param constructs all of the app
   */
  constructor(constructs: readonly IConstruct[]) {
    for (const construct of constructs) {
      if (CfnResource.isCfnResource(construct)) {
        const resources = this.resources.get(construct.stack) ?? [];
        this.resources.set(construct.stack, resources);
        resources.push(construct);
      } else if (Stack.isStack(construct) && construct.nestedStackResource !== undefined) {
        this.nestedStacks.set(construct.nestedStackResource, construct);
      }
    }
  }

  /** The resources of a stack, without those of stacks that are nested in it. */
  resourcesIn(stack: Stack): readonly CfnResource[] {
    return this.resources.get(stack) ?? [];
  }

  ofStack(stack: Stack) {
    const nodes = this.nodes.get(stack) ?? {
      beginning: { stack, is: 'beginning' as const },
      end: { stack, is: 'end' as const },
    };
    this.nodes.set(stack, nodes);
    return nodes;
  }

  beginningOf(resource: CfnResource): DeploymentNode {
    const nested = this.nestedStacks.get(resource);
    return nested === undefined ? resource : this.ofStack(nested).beginning;
  }

  endOf(resource: CfnResource): DeploymentNode {
    const nested = this.nestedStacks.get(resource);
    return nested === undefined ? resource : this.ofStack(nested).end;
  }

  beginningsOf(scope: IConstruct): DeploymentNode[] {
    return Stack.isStack(scope)
      ? [this.ofStack(scope).beginning]
      : resourcesOf(scope).map((resource) => this.beginningOf(resource));
  }

  endsOf(scope: IConstruct): DeploymentNode[] {
    return Stack.isStack(scope)
      ? [this.ofStack(scope).end]
      : resourcesOf(scope).map((resource) => this.endOf(resource));
  }

  /** Resources of different stacks wait by their stacks, up to the stack that contains both. */
  between(resource: CfnResource, target: CfnResource): [waiting: DeploymentNode, awaited: DeploymentNode] {
    const [from, to] = sideBySide(pathOf(resource), pathOf(target));
    return [
      Stack.isStack(from) ? this.ofStack(from).beginning : this.beginningOf(resource),
      Stack.isStack(to) ? this.ofStack(to).end : this.endOf(target),
    ];
  }
}

/** Whether a node is the beginning of a stack that is nested in no other. */
export function isOutermostBeginning(node: DeploymentNode): boolean {
  return 'is' in node && node.is === 'beginning' && node.stack.nestedStackParent === undefined;
}

/** A nested stack never waits for itself, and its beginning never for its end. */
export function isSameNode(one: DeploymentNode, other: DeploymentNode): boolean {
  return one === other || ('is' in one && 'is' in other && one.stack === other.stack);
}
