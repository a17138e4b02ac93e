import type { Stack } from './stack';

/** The stacks of an account and Region, deleted ones included. */
export class StackRegistry implements Iterable<Stack> {
  /** All that is kept here, for whoever saves it. */
  readonly records = new Map<string, Stack>();

  [Symbol.iterator](): Iterator<Stack> {
    return this.records.values();
  }

  add(stack: Stack): void {
    this.records.set(stack.id, stack);
  }

  /**
   * A deleted stack is found by its id only; its name is free.
   *
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStacks.html
   */
  find(nameOrId: string): Stack | undefined {
    const named = [...this].find(({ name, status }) => name === nameOrId && status !== 'DELETE_COMPLETE');
    return this.records.get(nameOrId) ?? named;
  }
}
