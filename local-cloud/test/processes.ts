import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';

/** Waits for a condition; fails when it doesn't come true. */
export async function until(condition: () => boolean, timeoutMs = 30_000): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!condition()) {
    if (Date.now() > deadline) {
      throw new Error(`not true within ${timeoutMs} ms: ${condition.toString()}`);
    }
    await setTimeout(20);
  }
}

const ps = (...args: string[]) => spawnSync('ps', args, { encoding: 'utf8' }).stdout.trim();

/** Whether a process runs; one that has ended but wasn't waited for by its parent doesn't. */
export const isRunning = (pid: number) => /^[^Z]/.test(ps('-o', 'stat=', '-p', String(pid)));

export function parentOf(pid: number): number {
  const parent = Number(ps('-o', 'ppid=', '-p', String(pid)));
  // Never 0: to send it a signal is to send it to one's own process group.
  if (!(parent > 1)) {
    throw new Error(`process ${pid} has no parent`);
  }
  return parent;
}

/** The command lines of all processes. */
export const commandLines = () => ps('-A', '-ww', '-o', 'args=');

/** The processes whose command lines contain these texts. */
export const pidsOf = (...texts: string[]) =>
  ps('-A', '-ww', '-o', 'pid=,args=')
    .split('\n')
    .filter((line) => texts.every((text) => line.includes(text)))
    .map((line) => parseInt(line, 10));

export interface Script {
  readonly process: ChildProcess;
  readonly pid: number;
  readonly nextLine: () => Promise<string>;
  readonly ended: Promise<unknown>;
}

const scripts: ChildProcess[] = [];

// What a failed test leaves would keep Jest waiting.
afterEach(() => scripts.splice(0).forEach((script) => script.kill('SIGKILL')));

/** Runs the body of an async function, as TypeScript, in a process and a process group of its own. */
export function runScript(temporaryFolder: string, imports: string, body: string): Script {
  const file = path.join(temporaryFolder, 'script.ts');
  writeFileSync(file, `${imports}\nvoid (async () => {\n${body}\n})();\n`);
  const child = spawn(process.execPath, ['--import', pathToFileURL(require.resolve('tsx')).href, file], {
    env: { PATH: process.env.PATH, TMPDIR: temporaryFolder },
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  scripts.push(child);
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const nextLine = async () => {
    const line = await lines.next();
    if (line.done) {
      throw new Error('the script ended without a further line');
    }
    return line.value;
  };
  return { process: child, pid: Number(child.pid), nextLine, ended: once(child, 'exit') };
}
