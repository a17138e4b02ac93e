import { spawn, type ChildProcess, type ChildProcessWithoutNullStreams, type SpawnOptions } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/**
 * Waits for the end of its input, then ends the process groups, with the signal `$2` first, and removes the folder `$1`.
 * A shell, because there is one for each workspace: it starts in a millisecond and takes a megabyte.
 */
const GUARDIAN = `
trap '' HUP INT TERM
while read -r _; do :; done
groups=$(ls "$1/groups")
for group in $groups; do kill -s "$2" -- "-$group"; done
waits=250
# Again, because programs that have just been stopped may still write.
until rm -rf "$1"; do
  [ $((waits -= 1)) -gt 0 ] || break
  sleep 0.02
done
for group in $groups; do
  while kill -s 0 -- "-$group" && [ $((waits -= 1)) -gt 0 ]; do sleep 0.02; done
  kill -s KILL -- "-$group"
done
rm -rf "$1"
`;

/** Becomes the program when told to; its end comes first if the process that started it has ended by then. */
const GATE = 'read -r _ && exec "$@" </dev/null';

/**
 * A temporary folder and the programs that are run with it. Both last as long as the workspace is open and this process
 * runs: a guardian beside it, which this process holds by a pipe, cleans up after it however it ends.
 *
 * Guardian and programs have process groups of their own: Ctrl-C in a terminal doesn't reach them. The guardian doesn't
 * keep this process alive.
 */
export class Workspace {
  readonly folder: string;
  private readonly groups: string;
  private readonly closed: Promise<void>;
  private guardian?: ChildProcess;
  private closing = false;

  /**
   * @param purpose what it is for, in the folder's name
   * @param endSignal what ends a program. One that doesn't end within five seconds is killed.
   */
  constructor(
    purpose: string,
    private readonly endSignal: NodeJS.Signals = 'SIGKILL',
  ) {
    this.folder = path.join(tmpdir(), `cdk-glue-connection-test-${purpose}-${randomUUID()}`);
    this.groups = path.join(this.folder, 'groups');
    this.closed = new Promise((resolve, reject) => this.guard(resolve, reject));
    this.closed.catch(() => undefined);
    // After the guardian: who is killed in between leaves nothing.
    mkdirSync(this.folder, { mode: 0o700 });
    mkdirSync(this.groups, { mode: 0o700 });
  }

  /** Runs a program, with nothing to read, in a process group that ends when the program does. */
  spawn(
    program: string,
    args: readonly string[],
    options: Pick<SpawnOptions, 'cwd' | 'env' | 'uid' | 'gid'>,
  ): ChildProcessWithoutNullStreams {
    if (this.closing) {
      throw new Error(`${this.folder} is closed`);
    }
    const child = spawn('/bin/sh', ['-c', GATE, 'sh', program, ...args], { ...options, detached: true });
    const group = path.join(this.groups, String(child.pid));
    if (child.pid !== undefined) {
      writeFileSync(group, '');
    }
    child.once('exit', () => {
      endGroup(child);
      rmSync(group, { force: true });
    });
    // Where it was killed before.
    child.stdin.on('error', () => undefined);
    // Only now that the guardian would find it.
    child.stdin.end('\n');
    return child;
  }

  /** Ends the programs and removes the folder. */
  close(): Promise<void> {
    this.closing = true;
    this.guardian?.ref();
    this.guardian?.stdin?.end();
    return this.closed;
  }

  private guard(resolve: () => void, reject: (reason: Error) => void): void {
    const guardian = spawn('/bin/sh', ['-c', GUARDIAN, 'sh', this.folder, this.endSignal.replace('SIG', '')], {
      stdio: ['pipe', 'ignore', 'ignore'],
      detached: true,
    });
    guardian.unref();
    guardian.once('error', reject);
    guardian.once('exit', (code, signal) => {
      if (signal) {
        this.guard(resolve, reject);
      } else if (code === 0) {
        resolve();
      } else {
        reject(new Error(`${this.folder} could not be removed`));
      }
    });
    this.guardian = guardian;
    if (this.closing) {
      void this.close();
    }
  }
}

/** Kills a program and what it has started. */
export function endGroup({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) {
      process.kill(-pid, 'SIGKILL');
    }
  } catch {
    // Nothing is left of the group.
  }
}
