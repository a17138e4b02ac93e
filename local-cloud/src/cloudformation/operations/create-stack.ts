import type { OperationContext } from './context';
import { converge, type ConvergeOptions } from './converge';
import { deleteResources, policiesRetainingNew } from './delete-resources';
import { failedTo } from './failures';
import { ResourceOperations } from './resource-operations';

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stack-failure-options.html */
export async function createStack(context: OperationContext, disableRollback: boolean): Promise<void> {
  const { stack } = context;
  const operations = new ResourceOperations(context);
  const failure = await createResources(context, operations, { cancelOnFailure: !disableRollback });
  if (failure === undefined) {
    return;
  }
  if (disableRollback) {
    stack.transition('CREATE_FAILED', failure);
    return;
  }

  stack.transition('ROLLBACK_IN_PROGRESS', `${failure.trimEnd()} Rollback requested by user.`);
  await Promise.all([operations.finished(), context.beforeRollback()]);
  await deleteCreated(context);
}

/** Leaves an empty stack of one that has never been stable. */
export async function deleteCreated(context: OperationContext): Promise<void> {
  const { stack } = context;
  const retaining = policiesRetainingNew(stack);
  const failed = await deleteResources(
    context,
    [...stack.present, ...stack.superseded].map((resource) => ({
      resource,
      retain: retaining.includes(resource.definition.deletionPolicy),
    })),
  );
  const reason = failedTo('delete', failed);
  stack.imports = new Set();
  stack.transition(reason === undefined ? 'ROLLBACK_COMPLETE' : 'ROLLBACK_FAILED', reason);
}

/** @returns why it failed; what is done about that is up to the caller */
export async function createResources(
  context: OperationContext,
  operations: ResourceOperations,
  options: ConvergeOptions,
): Promise<string | undefined> {
  const { stack } = context;
  stack.transition('CREATE_IN_PROGRESS', 'User Initiated');
  const failure = await converge(context, operations, options);
  if (failure === undefined) {
    stack.transition('CREATE_COMPLETE');
  }
  return failure;
}
