import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { listeningSockets, processesOf, socketsOf, type RunningProcess } from './linux';

/** One of the repository's programs, run in a session and with a temporary folder of its own, by which to know what is its. */
export class StartedProgram {
  readonly folder = mkdtempSync(path.join(tmpdir(), 'stops-test-'));
  /** All that it has written. */
  output = '';
  /** Resolves to code and signal. */
  readonly ended: Promise<unknown>;
  private readonly child: ChildProcess;
  private readonly listened = new Map<string, string>();

  constructor(program: string) {
    // For the account that a database runs as when this is root.
    chmodSync(this.folder, 0o755);
    this.child = spawn(process.execPath, ['--import', 'tsx', program], {
      cwd: path.resolve(__dirname, '..', '..'),
      // Without the cache, which tsx keeps in the temporary folder for later runs.
      env: { ...process.env, TMPDIR: this.folder, TSX_DISABLE_CACHE: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
    }
    this.ended = once(this.child, 'exit');
  }

  get pid(): number {
    return Number(this.child.pid);
  }

  get processes(): RunningProcess[] {
    return processesOf(this.folder, this.pid);
  }

  /** Keeps in mind the ports where it listens now. */
  noteSockets(): void {
    const listening = listeningSockets();
    for (const inode of this.processes.flatMap(socketsOf)) {
      const address = listening.get(inode);
      if (address !== undefined) {
        this.listened.set(inode, address);
      }
    }
  }

  /** Waits until it has written a text. */
  async written(text: string, timeoutMs = 60_000): Promise<void> {
    const deadline = Date.now() + timeoutMs;
    while (!this.output.includes(text)) {
      if (Date.now() > deadline) {
        throw new Error(`'${text}' is not in:\n${this.output}`);
      }
      await setTimeout(20);
    }
  }

  /** What is left of it when some seconds are over: processes, ports, files. */
  async leftovers(withinMs = 10_000): Promise<string[]> {
    const deadline = Date.now() + withinMs;
    let left = this.presentLeftovers();
    while (left.length > 0 && Date.now() < deadline) {
      await setTimeout(100);
      left = this.presentLeftovers();
    }
    return left;
  }

  /** Ends what a failed test has left. */
  dispose(): void {
    for (const { pid } of this.processes) {
      process.kill(pid, 'SIGKILL');
    }
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }

  private presentLeftovers(): string[] {
    const listening = listeningSockets();
    return [
      ...this.processes.map(({ pid, commandLine }) => `process ${pid}: ${commandLine}`),
      ...[...this.listened].flatMap(([inode, address]) => (listening.has(inode) ? `port: ${address}` : [])),
      ...readdirSync(this.folder).map((name) => `in the temporary folder: ${name}`),
    ];
  }
}

/** Waits until a condition holds. */
export async function until(condition: () => boolean, timeoutMs = 30_000): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!condition()) {
    if (Date.now() > deadline) {
      throw new Error(`not true within ${timeoutMs} ms: ${condition.toString()}`);
    }
    await setTimeout(20);
  }
}
