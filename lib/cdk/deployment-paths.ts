import { CfnResource, Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** The resources below a scope, without those in nested stacks. */
export function resourcesOf(scope: IConstruct): CfnResource[] {
  return CfnResource.isCfnResource(scope)
    ? [scope]
    : scope.node.children.filter((child) => !Stack.isStack(child)).flatMap(resourcesOf);
}

/** The stacks around a construct, the outermost first, and then the construct itself. */
export function pathOf(construct: IConstruct): IConstruct[] {
  const path = Stack.isStack(construct) ? [] : [construct];
  for (let stack: Stack | undefined = Stack.of(construct); stack !== undefined; stack = stack.nestedStackParent) {
    path.unshift(stack);
  }
  return path;
}

export function sideBySide(
  from: readonly IConstruct[],
  to: readonly IConstruct[],
): [IConstruct | undefined, IConstruct | undefined] {
  const index = from.findIndex((construct, position) => construct !== to[position]);
  return index === -1 ? [undefined, undefined] : [from[index], to[index]];
}
