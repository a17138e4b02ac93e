import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

const ROOT = path.join(__dirname, '../../..');

export interface StartedKit {
  readonly child: ChildProcess;
  readonly ended: Promise<{ exitCode: number | null; output: string }>;
}

/**
 * `npm run verify:aws`, in front of an emulator.
 *
 * @param folder for what it writes
 * @param variables where the emulator is
 */
export function startKit(
  folder: string,
  variables: Readonly<Record<string, string>>,
  args: readonly string[],
): StartedKit {
  const child = spawn(process.execPath, ['--import', 'tsx', 'tools/verify-aws/main.ts', '--output', folder, ...args], {
    cwd: ROOT,
    env: {
      // Not the folder of the tests: the path of tsx's socket in it would be longer than Linux allows.
      ...{ PATH: process.env.PATH, HOME: folder, TMPDIR: '/tmp' },
      ...variables,
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
  }
  const ended = once(child, 'close').then(([exitCode]: unknown[]) => ({ exitCode: exitCode as number | null, output }));
  return { child, ended };
}
