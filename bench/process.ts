import { execFile } from 'node:child_process';
import * as path from 'node:path';
import { promisify } from 'node:util';

/** The Node.js that runs functions, as in local-cloud. */
export const FUNCTION_NODE = process.env.LAMBDA_NODE_PATH ?? process.execPath;

interface Options {
  readonly input?: string;
  readonly flags?: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  readonly node?: string;
}

/** Runs a program, of this folder where its path doesn't say more, in a process of its own, and reads the figures that it writes. */
export async function figuresOf<Figures>(
  program: string,
  args: readonly string[],
  { input = '', flags = [], env, node = process.execPath }: Options = {},
): Promise<Figures> {
  const running = promisify(execFile)(node, [...flags, path.resolve(__dirname, program), ...args], { env });
  running.child.stdin?.end(input);
  const { stdout } = await running;
  return JSON.parse(stdout) as Figures;
}
