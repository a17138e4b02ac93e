import type { ResourceRequest } from '../resource-handler';
import type { ResourceTypes } from '../stack/changes';
import type { Stack } from '../stack/stack';
import type { ResourceDefinition } from '../template/stack-model';

/** What an operation works on and with. */
export interface OperationContext extends ResourceTypes {
  readonly stack: Stack;
  /** All stacks of the account and Region, for exports. */
  readonly stacks: Iterable<Stack>;
  /** Waits between a failure and its rollback. */
  readonly beforeRollback: () => Promise<void>;
}

export function requestFor(
  { stack }: OperationContext,
  { logicalId, resourceType }: ResourceDefinition,
  signal: AbortSignal,
): Omit<ResourceRequest, 'properties'> {
  const { stackId, stackName, region, accountId, partition } = stack.environment;
  return { stackId, stackName, region, accountId, partition, logicalId, resourceType, signal };
}

/** For work that nothing stops. */
export const NEVER_ABORTED: AbortSignal = new AbortController().signal;
