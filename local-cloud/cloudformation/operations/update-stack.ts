import type { StackModel } from '../template/stack-model';
import { cleanUp } from './clean-up';
import type { OperationContext } from './context';
import { converge } from './converge';
import { ResourceOperations } from './resource-operations';
import { revertFailed, rollBackUpdate } from './roll-back-update';

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-monitor-stack.html */
export async function updateStack(
  context: OperationContext,
  model: StackModel,
  disableRollback: boolean,
): Promise<void> {
  const { stack } = context;
  const operations = new ResourceOperations(context);
  const before = { model: stack.model, resources: new Map(stack.resources) };
  stack.model = model;
  stack.lastUpdatedTime = new Date();
  stack.transition('UPDATE_IN_PROGRESS', 'User Initiated');

  const failure = await converge(context, operations, { cancelOnFailure: !disableRollback });
  if (failure === undefined) {
    await finish(context, operations);
  } else if (disableRollback) {
    await revertFailed(context, before);
    stack.abandoned.push(...operations.replaced.values());
    stack.transition('UPDATE_FAILED', failure);
  } else {
    stack.transition('UPDATE_ROLLBACK_IN_PROGRESS', failure);
    await rollBackUpdate(context, operations, before);
  }
}

async function finish(context: OperationContext, operations: ResourceOperations): Promise<void> {
  context.stack.transition('UPDATE_COMPLETE_CLEANUP_IN_PROGRESS');
  const complete = await cleanUp(context, operations, ({ definition }) =>
    ['Retain', 'RetainExceptOnCreate'].includes(definition.deletionPolicy),
  );
  context.stack.transition(
    'UPDATE_COMPLETE',
    complete ? undefined : 'Update successful. One or more resources could not be deleted.',
  );
}
