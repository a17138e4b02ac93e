import type { Stack } from '../stack/stack';
import { isInProgress, type ResourceStatus, type StackStatus } from '../stack/status';

const REASON = 'The operation was interrupted: local-cloud ended.';

/**
 * Brings a stack whose operation nobody performs anymore into a state from which it can be rolled back, updated or
 * deleted. AWS knows no such thing: there, an operation goes on.
 */
export function interrupt(stack: Stack): void {
  if (!isInProgress(stack.status)) {
    return;
  }
  for (const resource of stack.resources.values()) {
    if (resource.status.endsWith('_IN_PROGRESS')) {
      stack.put(resource, resource.status.replace('_IN_PROGRESS', '_FAILED') as ResourceStatus, REASON);
    }
  }
  stack.transition(ended(stack.status), REASON);
}

function ended(status: StackStatus): StackStatus {
  const cleanUp = '_COMPLETE_CLEANUP_IN_PROGRESS';
  return (
    status.endsWith(cleanUp) ? status.replace(cleanUp, '_COMPLETE') : status.replace('_IN_PROGRESS', '_FAILED')
  ) as StackStatus;
}
