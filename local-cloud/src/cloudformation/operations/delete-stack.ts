import { messageOf } from '../errors';
import { assertExports } from '../stack/exports';
import type { OperationContext } from './context';
import { deleteResources } from './delete-resources';
import { failedTo } from './failures';

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DeleteStack.html */
export async function deleteStack(context: OperationContext): Promise<void> {
  const { stack, stacks } = context;
  stack.transition('DELETE_IN_PROGRESS', 'User Initiated');
  try {
    assertExports(stack, [], stacks);
  } catch (error) {
    stack.transition('DELETE_FAILED', messageOf(error));
    return;
  }

  const failed = await deleteResources(
    context,
    [...stack.present, ...stack.superseded].map((resource) => ({
      resource,
      retain: ['Retain', 'RetainExceptOnCreate'].includes(resource.definition.deletionPolicy),
    })),
  );
  const reason = failedTo('delete', failed);
  if (reason !== undefined) {
    stack.transition('DELETE_FAILED', reason);
    return;
  }
  stack.outputs = [];
  stack.imports = new Set();
  stack.deletionTime = new Date();
  stack.transition('DELETE_COMPLETE');
}
