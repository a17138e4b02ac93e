import type { CloudFormationClient, Stack } from '@aws-sdk/client-cloudformation';
import { setTimeout } from 'node:timers/promises';
import { deleteStack, taggedStacks } from './aws/stacks';

/** Glue gives its network interfaces back some time after a test; until then, their subnets can't be deleted. */
const ATTEMPTS = 4;

/** Between two looks at a stack that is being deleted: soon at first, and then not so often. */
const PAUSES_MS = [500, 1_000, 2_000, 5_000];

type Say = (line: string) => void;

/**
 * Deletes every stack that carries the kit's tag, the newest first, since stacks only use what older ones export.
 *
 * @returns whether nothing is left
 */
export async function cleanUp(client: CloudFormationClient, say: Say): Promise<boolean> {
  const attempts = new Map<string, number>();
  for (;;) {
    const stacks = await taggedStacks(client);
    const next = stacks.find((stack) => (attempts.get(idOf(stack)) ?? 0) < ATTEMPTS);
    if (next === undefined) {
      stacks.forEach((stack) =>
        say(`left: ${stack.StackName}, ${stack.StackStatus}: ${stack.StackStatusReason ?? ''}`),
      );
      say(
        stacks.length === 0 ? 'No stack of the kit is left.' : "Delete them by hand, or run '--cleanup' again later.",
      );
      return stacks.length === 0;
    }
    const id = idOf(next);
    if (isDeletable(next)) {
      attempts.set(id, (attempts.get(id) ?? 0) + 1);
      say(`deleting ${next.StackName} (${next.StackStatus})`);
      await deleteStack(client, id);
    }
    await settled(client, id);
  }
}

/** What can be deleted at once: also what is being created, or is nothing but a change set. The rest has to end first. */
function isDeletable({ StackStatus }: Stack): boolean {
  const status: string = StackStatus ?? '';
  return ['CREATE_IN_PROGRESS', 'REVIEW_IN_PROGRESS'].includes(status) || !status.endsWith('_IN_PROGRESS');
}

async function settled(client: CloudFormationClient, id: string): Promise<void> {
  for (let look = 0; ; look += 1) {
    await setTimeout(PAUSES_MS[look] ?? PAUSES_MS.at(-1));
    const stack = (await taggedStacks(client)).find((one) => idOf(one) === id);
    const status = stack?.StackStatus ?? 'DELETE_COMPLETE';
    if (!status.endsWith('_IN_PROGRESS')) {
      return;
    }
  }
}

function idOf({ StackId = '' }: Stack): string {
  return StackId;
}
