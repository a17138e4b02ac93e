import type { StackResource } from '../stack/stack';
import { isStable } from '../stack/status';
import type { OperationContext } from './context';
import { deleteWithRetries } from './delete-resources';

/**
 * Deletes what an update has left over: resources that are no longer in the stack, and physical resources that others
 * have taken the place of. Resolves to whether everything could be deleted.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-updatereplacepolicy.html
 */
export async function cleanUp(
  context: OperationContext,
  isRetained: (resource: StackResource) => boolean,
): Promise<boolean> {
  const { stack } = context;
  await cleanUpNested(context);
  const gone = stack.present.filter(({ definition }) => !stack.model.resources.has(definition.logicalId));
  const complete = await deleteWithRetries(context, [
    ...gone.map((resource) => ({ resource, retain: isRetained(resource) })),
    ...stack.superseded.map((resource) => ({ resource, retain: resource.definition.updateReplacePolicy === 'Retain' })),
  ]);
  for (const { definition } of gone) {
    stack.resources.delete(definition.logicalId);
  }
  stack.abandoned.clear();
  stack.replaced.clear();
  return complete;
}

/** From here on, this is what the stack and those nested in it were before what comes next. */
export function settle({ stack, stacks }: OperationContext): void {
  if (!isStable(stack.status)) {
    return;
  }
  for (const each of stacks) {
    if (each.isIn(stack)) {
      each.lastStable = undefined;
    }
  }
}

/**
 * Nested stacks keep what an update has left over until then: a failure beside them may need it again.
 *
 * @see https://repost.aws/knowledge-center/cloudformation-stack-cleanup-stuck
 */
export async function cleanUpNested({ stack, handlerFor }: OperationContext): Promise<void> {
  const cleanUps = stack.present.map(async ({ definition, physicalId = '' }) => {
    await handlerFor(definition.resourceType).nested?.cleanUp(physicalId);
  });
  await Promise.all(cleanUps);
}
