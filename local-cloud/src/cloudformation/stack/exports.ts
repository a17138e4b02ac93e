import type { Stack, StackOutput } from './stack';

export function exportedValue(name: string, stacks: Iterable<Stack>): string | undefined {
  return owner(name, stacks)?.outputs.find(({ exportName }) => exportName === name)?.value;
}

/**
 * Fails when a new export has a name that is taken, or when an export that another stack uses would change or go.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-stack-exports.html
 */
export function assertExports(stack: Stack, next: readonly StackOutput[], stacks: Iterable<Stack>): void {
  for (const { exportName } of next) {
    const other = exportName === undefined ? undefined : owner(exportName, stacks);
    if (other && other !== stack) {
      throw new Error(`Export with name ${String(exportName)} is already exported by stack ${other.name}.`);
    }
  }
  for (const { exportName, value } of stack.outputs) {
    if (exportName === undefined) {
      continue;
    }
    const successor = next.find((output) => output.exportName === exportName);
    if (successor?.value === value) {
      continue;
    }
    const users = [...stacks].filter((user) => user.imports.has(exportName)).map(({ name }) => name);
    if (users.length > 0) {
      const change = successor ? 'updated' : 'deleted';
      throw new Error(`Export ${exportName} cannot be ${change} as it is in use by ${users.join(', ')}`);
    }
  }
}

function owner(name: string, stacks: Iterable<Stack>): Stack | undefined {
  return [...stacks].find(({ outputs }) => outputs.some(({ exportName }) => exportName === name));
}
