import type { StackResource } from '../stack/stack';
import { isStable } from '../stack/status';
import type { StackModel } from '../template/stack-model';
import type { DeletionPolicy } from '../template/template';
import { cleanUp, cleanUpNested, settle } from './clean-up';
import type { OperationContext } from './context';
import { converge, type ConvergeOptions } from './converge';
import { policiesRetainingNew } from './delete-resources';
import { ResourceOperations } from './resource-operations';
import { revertFailed, rollBackUpdate } from './roll-back-update';

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-monitor-stack.html */
export async function updateStack(
  context: OperationContext,
  model: StackModel,
  disableRollback: boolean,
): Promise<void> {
  const update = new StackUpdate(context);
  const failure = await update.apply(model, { cancelOnFailure: !disableRollback });
  if (failure !== undefined && disableRollback) {
    await update.stop(failure);
    return;
  }
  if (failure !== undefined) {
    await update.rollBack(failure);
  }
  await update.cleanUp();
  settle(context);
}

/** An update step by step, for that of a nested stack waits between the steps for the stack around. */
export class StackUpdate {
  private readonly operations: ResourceOperations;

  constructor(private readonly context: OperationContext) {
    this.operations = new ResourceOperations(context);
  }

  /** @returns why it failed; then it has to be stopped or rolled back */
  async apply(model: StackModel, options: ConvergeOptions): Promise<string | undefined> {
    const { stack } = this.context;
    if (isStable(stack.status)) {
      stack.lastStable ??= stack.model;
    }
    stack.model = model;
    stack.lastUpdatedTime = new Date();
    stack.transition('UPDATE_IN_PROGRESS', 'User Initiated');
    const failure = await converge(this.context, this.operations, options);
    if (failure === undefined) {
      stack.transition('UPDATE_COMPLETE_CLEANUP_IN_PROGRESS');
    }
    return failure;
  }

  /** Leaves the stack as it is after a failure, with all that has succeeded. */
  async stop(failure: string): Promise<void> {
    await revertFailed(this.context);
    await cleanUpNested(this.context);
    this.context.stack.transition('UPDATE_FAILED', failure);
  }

  async rollBack(reason?: string): Promise<void> {
    this.context.stack.transition('UPDATE_ROLLBACK_IN_PROGRESS', reason);
    await this.context.beforeRollback();
    await rollBackUpdate(this.context, this.operations);
  }

  /** The last step, of an update that has succeeded or been rolled back. */
  async cleanUp(): Promise<void> {
    const { stack } = this.context;
    if (stack.status === 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS') {
      const complete = await this.deleteLeftovers('Retain', 'RetainExceptOnCreate');
      const reason = 'Update successful. One or more resources could not be deleted.';
      stack.transition('UPDATE_COMPLETE', complete ? undefined : reason);
    } else if (stack.status === 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS') {
      const complete = await this.deleteLeftovers(...policiesRetainingNew(stack));
      const reason = 'One or more resources could not be deleted.';
      stack.transition('UPDATE_ROLLBACK_COMPLETE', complete ? undefined : reason);
    }
  }

  private deleteLeftovers(...retaining: DeletionPolicy[]): Promise<boolean> {
    const isRetained = ({ definition }: StackResource) => retaining.includes(definition.deletionPolicy);
    return cleanUp(this.context, isRetained);
  }
}
