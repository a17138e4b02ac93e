import { CfnElement, CfnResource, type Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { constructsOf } from './assembly';
import { resolveResource } from './references';

/** The stack around a nested stack, at the top; a stack that is not nested is its own. */
export function outermostStack(stack: Stack): Stack {
  return stack.nestedStackParent === undefined ? stack : outermostStack(stack.nestedStackParent);
}

/** The element of a stack that has a logical id. */
export function elementOf(stack: Stack, logicalId: string): CfnElement | undefined {
  return [...constructsOf(stack)].find(
    (construct): construct is CfnElement =>
      CfnElement.isCfnElement(construct) &&
      construct.stack === stack &&
      stack.resolve(construct.logicalId) === logicalId,
  );
}

/** The value that the parent of a nested stack passes for a parameter. */
export function givenByParent(construct: IConstruct) {
  if (!CfnElement.isCfnElement(construct)) {
    return undefined;
  }
  const { stack, logicalId } = construct;
  const { nestedStackParent: scope, nestedStackResource } = stack;
  if (scope === undefined || !CfnResource.isCfnResource(nestedStackResource)) {
    return undefined;
  }
  const { entry, references } = resolveResource(nestedStackResource);
  const given = entry.Properties?.Parameters as Record<string, unknown> | undefined;
  const value = given?.[stack.resolve(logicalId) as string];
  return value === undefined ? undefined : { scope, value, references };
}
