import { messageOf } from '../errors';
import { walk } from '../graph';
import type { Stack, StackResource } from '../stack/stack';
import type { ResourceStatus } from '../stack/status';
import type { DeletionPolicy } from '../template/template';
import { NEVER_ABORTED, requestFor, type OperationContext } from './context';

export interface Deletion {
  readonly resource: StackResource;
  /** Whether it leaves the stack without being deleted. */
  readonly retain: boolean;
}

/**
 * What keeps a resource when the operation that has created it is rolled back; `RetainExceptOnCreate` does not.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html
 */
export function policiesRetainingNew({ root }: Stack): DeletionPolicy[] {
  return root.rollbackOptions.retainExceptOnCreate ? [] : ['Retain'];
}

/**
 * Deletes dependents first, independent resources side by side. What a resource depends on stays when it cannot be
 * deleted. Resolves to the logical ids of those that could not.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cfn-console-delete-stack.html
 */
export async function deleteResources(context: OperationContext, deletions: readonly Deletion[]): Promise<string[]> {
  const failed: string[] = [];
  await walk(deletions, dependentsAmong(deletions), async (deletion) => {
    const deleted = await deleteResource(context, deletion);
    if (!deleted) {
      failed.push(deletion.resource.definition.logicalId);
    }
    return deleted;
  });
  return failed;
}

/**
 * Deletes the same way, except that what cannot be deleted in three attempts leaves the stack and goes on existing.
 * Resolves to whether everything could be deleted.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/troubleshooting.html#troubleshooting-errors-resource-removed-not-deleted
 */
export async function deleteWithRetries(context: OperationContext, deletions: readonly Deletion[]): Promise<boolean> {
  let complete = true;
  await walk(deletions, dependentsAmong(deletions), async (deletion) => {
    const deleted =
      (await deleteResource(context, deletion)) ||
      (await deleteResource(context, deletion)) ||
      (await deleteResource(context, deletion));
    complete &&= deleted;
    return true;
  });
  return complete;
}

function dependentsAmong(deletions: readonly Deletion[]): (deletion: Deletion) => Deletion[] {
  return ({ resource }) =>
    deletions.filter((other) => other.resource.definition.dependencies.includes(resource.definition.logicalId));
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html */
async function deleteResource(context: OperationContext, { resource, retain }: Deletion): Promise<boolean> {
  const { definition, physicalId, properties } = resource;
  const report = (status: ResourceStatus, reason?: string): void => {
    const reported = context.stack.report(resource, status, reason);
    const onRecord = context.stack.resources.get(definition.logicalId);
    if (onRecord?.physicalId === physicalId) {
      context.stack.record(reported);
    }
  };

  if (physicalId === undefined || retain) {
    report(physicalId === undefined ? 'DELETE_COMPLETE' : 'DELETE_SKIPPED');
    context.stack.forget(resource);
    return true;
  }
  report('DELETE_IN_PROGRESS');
  try {
    const handler = context.handlerFor(definition.resourceType);
    await handler.delete({ ...requestFor(context, definition, NEVER_ABORTED), properties, physicalId });
  } catch (error) {
    report('DELETE_FAILED', messageOf(error));
    return false;
  }
  report('DELETE_COMPLETE');
  context.stack.forget(resource);
  return true;
}
