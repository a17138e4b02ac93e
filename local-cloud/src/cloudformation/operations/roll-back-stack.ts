import { settle } from './clean-up';
import type { OperationContext } from './context';
import { deleteCreated } from './create-stack';
import { StackUpdate } from './update-stack';

/**
 * Goes back to the last known stable state: before the first of the updates that have failed without a rollback. What
 * a rollback that got stuck has already brought back stays as it is. A stack that has never been stable loses all its
 * resources.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_RollbackStack.html
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ContinueUpdateRollback.html
 */
export async function rollBackStack(context: OperationContext): Promise<void> {
  const { stack } = context;
  if (!stack.lastStable) {
    stack.transition('ROLLBACK_IN_PROGRESS', 'User Initiated');
    await deleteCreated(context);
    return;
  }
  const update = new StackUpdate(context);
  await update.rollBack('User Initiated');
  await update.cleanUp();
  settle(context);
}
