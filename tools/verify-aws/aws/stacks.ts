import {
  DeleteStackCommand,
  DescribeStackResourcesCommand,
  paginateDescribeStackEvents,
  paginateDescribeStacks,
  type CloudFormationClient,
  type Stack,
} from '@aws-sdk/client-cloudformation';
import { VERIFY_TAG } from '../../../test/integ/verify-stack';
import type { StackEvent } from '../evidence';

/** Why an operation on a stack that is gone is no problem. */
const GONE = 'does not exist';

/** The stacks of this account and Region that carry the kit's tag, the newest first. */
export async function taggedStacks(client: CloudFormationClient): Promise<Stack[]> {
  const stacks: Stack[] = [];
  for await (const { Stacks = [] } of paginateDescribeStacks({ client }, {})) {
    stacks.push(...Stacks.filter(({ Tags = [] }) => Tags.some(({ Key }) => Key === VERIFY_TAG)));
  }
  return stacks.sort((one, other) => Number(other.CreationTime) - Number(one.CreationTime));
}

export async function findStack(client: CloudFormationClient, StackName: string): Promise<Stack | undefined> {
  try {
    for await (const { Stacks = [] } of paginateDescribeStacks({ client }, { StackName })) {
      return Stacks[0];
    }
    return undefined;
  } catch (error) {
    throwUnlessGone(error);
    return undefined;
  }
}

/** What happened to a stack since then, the oldest first. It may be deleted if it is named by its ARN. */
export async function eventsSince(client: CloudFormationClient, StackName: string, since: Date): Promise<StackEvent[]> {
  const events: StackEvent[] = [];
  try {
    for await (const { StackEvents = [] } of paginateDescribeStackEvents({ client }, { StackName })) {
      const recent = StackEvents.filter(({ Timestamp }) => Timestamp !== undefined && Timestamp >= since);
      events.push(
        ...recent.map((event) => ({
          at: event.Timestamp?.toISOString() ?? '',
          logicalId: event.LogicalResourceId ?? '',
          resourceType: event.ResourceType ?? '',
          status: event.ResourceStatus ?? '',
          reason: event.ResourceStatusReason,
        })),
      );
      if (recent.length < StackEvents.length) {
        break;
      }
    }
  } catch (error) {
    throwUnlessGone(error);
  }
  return events.reverse();
}

/** The physical ids of a stack's resources of one type. */
export async function physicalIds(client: CloudFormationClient, StackName: string, type: string): Promise<string[]> {
  try {
    const { StackResources = [] } = await client.send(new DescribeStackResourcesCommand({ StackName }));
    return StackResources.flatMap(({ ResourceType, PhysicalResourceId }) =>
      ResourceType === type && PhysicalResourceId !== undefined ? [PhysicalResourceId] : [],
    );
  } catch (error) {
    throwUnlessGone(error);
    return [];
  }
}

export async function deleteStack(client: CloudFormationClient, StackName: string): Promise<void> {
  await client.send(new DeleteStackCommand({ StackName }));
}

function throwUnlessGone(error: unknown): void {
  if (!(error instanceof Error && error.message.includes(GONE))) {
    throw error;
  }
}
