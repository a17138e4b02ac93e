import type { Stack } from './stack';

/** The stacks of an account and Region, deleted ones included. */
export class StackRegistry implements Iterable<Stack> {
  private readonly stacks = new Map<string, Stack>();

  [Symbol.iterator](): Iterator<Stack> {
    return this.stacks.values();
  }

  add(stack: Stack): void {
    this.stacks.set(stack.id, stack);
  }

  /**
   * A deleted stack is found by its id only; its name is free.
   *
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStacks.html
   */
  find(nameOrId: string): Stack | undefined {
    const named = [...this].find(({ name, status }) => name === nameOrId && status !== 'DELETE_COMPLETE');
    return this.stacks.get(nameOrId) ?? named;
  }
}
