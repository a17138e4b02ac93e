import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import type { Clock } from './clock';
import { orElseAfter, withDeadline } from './deadline';
import type { Log } from './log';

const MAX_PATIENCE_MS = 10_000;

/**
 * Whether a stack is rolling back. Then nothing is tested: an update that fails once more would leave the stack in
 * UPDATE_ROLLBACK_FAILED, for a connection that is what it was before.
 *
 * @returns false where it can't be told: then the test runs
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html#cfn-console-view-stack-data-resources-status-codes
 */
export async function isRollingBack(stackId: string, remainingMs: number, clock: Clock, log: Log): Promise<boolean> {
  // A function with little time left spends a quarter of it on the question, for the test and the answer to come.
  const patience = Math.min(MAX_PATIENCE_MS, remainingMs / 4);
  try {
    const status = await stackStatus(stackId, patience, clock);
    return status.includes('ROLLBACK');
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    log({ level: 'WARN', message: "can't tell whether the stack is rolling back", exception: name, cause: message });
    return false;
  }
}

async function stackStatus(stackId: string, patience: number, clock: Clock): Promise<string> {
  const client = new CloudFormationClient({ maxAttempts: 3 });
  try {
    const answer = withDeadline(patience, clock, ({ signal }) =>
      client.send(new DescribeStacksCommand({ StackName: stackId }), { abortSignal: signal }),
    );
    const [stack] = await orElseAfter(
      patience + 100,
      answer.then(({ Stacks = [] }) => Stacks),
      () => [],
    );
    if (stack?.StackStatus === undefined) {
      throw new Error('no answer in time, or none that tells');
    }
    return stack.StackStatus;
  } finally {
    client.destroy();
  }
}
