import { fork, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { ENGINES, type EngineName } from './engines';
import type { Startup } from './server-process';

/**
 * The process beside this one that runs a database server, so that the server ends with this process however this
 * process ends. It doesn't keep this process alive.
 */
export class Supervisor {
  /** Tries the port first, if there is one, then free ones. */
  static async start(engine: EngineName, port: number | undefined): Promise<Supervisor> {
    // Made by the process beside it: who is killed in between leaves nothing.
    const folder = path.join(tmpdir(), `cdk-glue-connection-test-${engine}-${randomUUID()}`);
    const supervisor = fork(path.join(__dirname, 'server-process.ts'), [engine, folder, String(port ?? '')], {
      execArgv: ['--import', pathToFileURL(require.resolve('tsx')).href],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      // A process group of its own, which Ctrl-C in a terminal doesn't reach: the database serves until the end.
      detached: true,
    });
    const ended = cleanedUp(supervisor, folder, ENGINES[engine].killSignal);
    const started = await startup(supervisor, engine).catch(async (error: unknown) => {
      await ended;
      throw error;
    });
    supervisor.unref();
    supervisor.channel?.unref();
    return new Supervisor(started.port, started.superuserPassword, supervisor, ended);
  }

  private constructor(
    readonly port: number,
    readonly superuserPassword: string,
    private readonly supervisor: ChildProcess,
    private readonly ended: Promise<void>,
  ) {}

  /** Ends the server and removes its data. */
  async stop(): Promise<void> {
    this.supervisor.ref();
    if (this.supervisor.connected) {
      this.supervisor.disconnect();
    }
    await this.ended;
  }
}

function startup(supervisor: ChildProcess, engine: EngineName): Promise<Exclude<Startup, { error: string }>> {
  return new Promise((resolve, reject) => {
    supervisor.once('message', (message: Startup) => {
      if ('error' in message) {
        reject(new Error(message.error));
      } else {
        resolve(message);
      }
    });
    supervisor.once('exit', () => reject(new Error(`the process that starts ${engine} ended before it had started`)));
    supervisor.once('error', reject);
  });
}

/** Resolves when the supervisor has ended; what it then left behind, because it was killed, is removed here. */
function cleanedUp(supervisor: ChildProcess, folder: string, killSignal: NodeJS.Signals): Promise<void> {
  return new Promise((resolve, reject) => {
    supervisor.once('exit', (code) => {
      if (code !== 0) {
        stopGroup(supervisor.pid, killSignal);
      }
      rm(folder, { recursive: true, force: true, maxRetries: 20 }).then(resolve, reject);
    });
  });
}

function stopGroup(group: number | undefined, killSignal: NodeJS.Signals): void {
  try {
    if (group) {
      process.kill(-group, killSignal);
    }
  } catch {
    // Nothing is left of the group.
  }
}
