import {
  CloudFormationClient,
  DeleteStackCommand,
  DescribeStacksCommand,
  type Stack,
} from '@aws-sdk/client-cloudformation';
import { cleanUp } from '../../../tools/verify-aws/clean-up';
import { VERIFY_TAG } from '../../integ/verify-stack';

jest.setTimeout(30_000);

/** A CloudFormation whose stacks are deleted at once, or not at all. */
class FakeCloudFormation extends CloudFormationClient {
  readonly deleted: string[] = [];

  constructor(private stacks: Stack[]) {
    super({ region: 'eu-west-1' });
  }

  override send = ((command: unknown) => {
    if (command instanceof DescribeStacksCommand) {
      return Promise.resolve({ Stacks: this.stacks });
    }
    const name = (command as DeleteStackCommand).input.StackName ?? '';
    this.deleted.push(name);
    this.stacks = this.stacks.flatMap((stack) =>
      stack.StackId !== name ? [stack] : name.includes('Stuck') ? [{ ...stack, StackStatus: 'DELETE_FAILED' }] : [],
    );
    return Promise.resolve({});
  }) as CloudFormationClient['send'];
}

function stack(name: string, minute: number, tags: Stack['Tags'] = [{ Key: VERIFY_TAG, Value: 'true' }]): Stack {
  return {
    ...{ StackName: name, StackId: name, StackStatus: 'CREATE_COMPLETE', StackStatusReason: 'made up', Tags: tags },
    CreationTime: new Date(2026, 0, 31, 12, minute),
  };
}

test('deletes what carries the tag, the newest first, and nothing else', async () => {
  const stacks = [stack('Older', 1), stack('Newer', 2), stack('GlueVerifyOfOthers', 3, [{ Key: 'team', Value: 'x' }])];
  const client = new FakeCloudFormation(stacks);
  const lines: string[] = [];

  expect(await cleanUp(client, (line) => lines.push(line))).toBe(true);
  expect(client.deleted).toEqual(['Newer', 'Older']);
  expect(lines.at(-1)).toBe('No stack of the kit is left.');
});

test('tries four times, goes on with the others, and says what is left', async () => {
  const client = new FakeCloudFormation([stack('Other', 1), stack('Stuck', 2)]);
  const lines: string[] = [];

  expect(await cleanUp(client, (line) => lines.push(line))).toBe(false);
  expect(client.deleted).toEqual(['Stuck', 'Stuck', 'Stuck', 'Stuck', 'Other']);
  expect(lines.slice(-2)).toEqual([
    'left: Stuck, DELETE_FAILED: made up',
    "Delete them by hand, or run '--cleanup' again later.",
  ]);
});
