import { spawnSync } from 'node:child_process';

/** A program that has failed, with all that it has printed. */
export class CommandFailure extends Error {}

/**
 * @returns what it has printed to its standard output
 * @throws CommandFailure
 */
export function run(cwd: string, command: string, ...args: string[]): string {
  const { status, error, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8', maxBuffer: Infinity });
  if (status !== 0) {
    const problem = error?.message ?? `exit code ${status}`;
    throw new CommandFailure(`${[command, ...args].join(' ')} failed: ${problem}\n${stdout}${stderr}`, {
      cause: error,
    });
  }
  return stdout;
}
