import { ValidationError } from '../errors';

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html#cfn-console-view-stack-data-resources-status-codes */
export type StackStatus =
  | 'REVIEW_IN_PROGRESS'
  | 'CREATE_IN_PROGRESS'
  | 'CREATE_COMPLETE'
  | 'CREATE_FAILED'
  | 'ROLLBACK_IN_PROGRESS'
  | 'ROLLBACK_COMPLETE'
  | 'ROLLBACK_FAILED'
  | 'UPDATE_IN_PROGRESS'
  | 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS'
  | 'UPDATE_COMPLETE'
  | 'UPDATE_FAILED'
  | 'UPDATE_ROLLBACK_IN_PROGRESS'
  | 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS'
  | 'UPDATE_ROLLBACK_COMPLETE'
  | 'UPDATE_ROLLBACK_FAILED'
  | 'DELETE_IN_PROGRESS'
  | 'DELETE_COMPLETE'
  | 'DELETE_FAILED';

export type ResourceStatus =
  | 'CREATE_IN_PROGRESS'
  | 'CREATE_COMPLETE'
  | 'CREATE_FAILED'
  | 'UPDATE_IN_PROGRESS'
  | 'UPDATE_COMPLETE'
  | 'UPDATE_FAILED'
  | 'DELETE_IN_PROGRESS'
  | 'DELETE_COMPLETE'
  | 'DELETE_FAILED'
  | 'DELETE_SKIPPED';

/** Whether an operation is under way. A stack that is but under review waits for one. */
export function isInProgress(status: StackStatus): boolean {
  return status.endsWith('_IN_PROGRESS') && status !== 'REVIEW_IN_PROGRESS';
}

/**
 * The last known stable state of a stack is the one that it had in a status like these.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_RollbackStack.html
 */
export function isStable(status: StackStatus): boolean {
  return ['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE'].includes(status);
}

/**
 * Fails when a stack in this state cannot be updated.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stack-failure-options.html
 */
export function assertUpdatable(stackId: string, status: StackStatus, disableRollback: boolean): void {
  if (isStable(status)) {
    return;
  }
  if (!['CREATE_FAILED', 'UPDATE_FAILED'].includes(status)) {
    throw new ValidationError(`Stack:${stackId} is in ${status} state and can not be updated.`);
  }
  if (!disableRollback) {
    throw new ValidationError(
      `This stack is currently in a non-terminal [${status}] state. To update the stack from this state, please use the disable-rollback parameter with update-stack API. To rollback to the last known good state, use the rollback-stack API`,
    );
  }
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-protect-stacks.html */
export function assertProtectable(stackId: string, status: StackStatus): void {
  if (['DELETE_IN_PROGRESS', 'DELETE_COMPLETE'].includes(status)) {
    throw new ValidationError(
      `Stack:${stackId} is in ${status} state and its termination protection can not be updated.`,
    );
  }
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ContinueUpdateRollback.html */
export function assertStuck(stackId: string, status: StackStatus): void {
  if (status !== 'UPDATE_ROLLBACK_FAILED') {
    throw new ValidationError(`Stack:${stackId} is in ${status} state and can not continue its rollback.`);
  }
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_RollbackStack.html */
export function assertRollbackPossible(stackId: string, status: StackStatus): void {
  if (!['CREATE_FAILED', 'UPDATE_FAILED'].includes(status)) {
    throw new ValidationError(`Stack:${stackId} is in ${status} state and can not be rolled back.`);
  }
}
