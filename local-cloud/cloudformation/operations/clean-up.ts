import type { StackResource } from '../stack/stack';
import type { OperationContext } from './context';
import { deleteWithRetries } from './delete-resources';
import type { ResourceOperations } from './resource-operations';

/**
 * Deletes what an update has left over: resources that are no longer in the stack, and physical resources that others
 * have taken the place of. Resolves to whether everything could be deleted.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-updatereplacepolicy.html
 */
export async function cleanUp(
  context: OperationContext,
  operations: ResourceOperations,
  isRetained: (resource: StackResource) => boolean,
): Promise<boolean> {
  const { stack } = context;
  await cleanUpNested(context);
  const gone = stack.present.filter(({ definition }) => !stack.model.resources.has(definition.logicalId));
  stack.abandoned.push(...operations.replaced.values());
  const complete = await deleteWithRetries(context, [
    ...gone.map((resource) => ({ resource, retain: isRetained(resource) })),
    ...stack.superseded.map((resource) => ({ resource, retain: resource.definition.updateReplacePolicy === 'Retain' })),
  ]);
  for (const { definition } of gone) {
    stack.resources.delete(definition.logicalId);
  }
  stack.abandoned.length = 0;
  return complete;
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
