import { change, withResult } from './attempt';
import { NEVER_ABORTED, type OperationContext } from './context';
import { converge } from './converge';
import type { ResourceOperations } from './resource-operations';

/**
 * What was replaced is put back; what was changed, or failed to, is sent another update with old and new properties
 * swapped; what was created is for the clean-up.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-continueupdaterollback.html
 */
export async function rollBackUpdate(context: OperationContext, operations: ResourceOperations): Promise<void> {
  const { stack } = context;
  await operations.finished();
  stack.model = stack.lastStable ?? stack.model;
  putBackReplaced(context);

  const failure = await converge(context, operations, { cancelOnFailure: false });
  if (failure !== undefined) {
    stack.transition('UPDATE_ROLLBACK_FAILED', failure);
    return;
  }
  stack.transition('UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS');
}

function putBackReplaced({ stack }: OperationContext): void {
  for (const [logicalId, previous] of stack.replaced) {
    const replacement = stack.resources.get(logicalId);
    if (replacement) {
      stack.abandoned.add(replacement);
    }
    stack.put(previous, 'UPDATE_COMPLETE');
  }
  stack.replaced.clear();
}

/**
 * Without a rollback of the stack, resources whose update failed still go back to their last known stable state. They
 * go on being `UPDATE_FAILED`.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stack-failure-options.html
 */
export async function revertFailed(context: OperationContext): Promise<void> {
  const failed = context.stack.present.filter(({ status }) => status === 'UPDATE_FAILED');
  await Promise.all(
    failed.map(async (resource) => {
      const { definition, lastStable, status, statusReason, timestamp } = resource;
      const handler = context.handlerFor(definition.resourceType);
      // A nested stack has done so itself.
      if (!lastStable || !handler.update || handler.nested) {
        return;
      }
      const { result } = await change(context, resource, lastStable, handler.update.bind(handler), NEVER_ABORTED);
      if (result) {
        context.stack.record({ ...withResult(lastStable, result), status, statusReason, timestamp });
      }
    }),
  );
}
