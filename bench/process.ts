import { execFile } from 'node:child_process';
import * as path from 'node:path';

/** Runs a program of this folder in a process of its own, and reads the figures that it writes. */
export function figuresOf<Figures>(
  program: string,
  args: readonly string[],
  { input = '', flags = [], env }: { input?: string; flags?: readonly string[]; env?: NodeJS.ProcessEnv } = {},
): Promise<Figures> {
  return new Promise((resolve, reject) => {
    const file = path.join(__dirname, program);
    const child = execFile(process.execPath, [...flags, file, ...args], { env }, (error, figures) =>
      error ? reject(error) : resolve(JSON.parse(figures) as Figures),
    );
    child.stdin?.end(input);
  });
}
