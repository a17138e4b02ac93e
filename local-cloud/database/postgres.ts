import { fork, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { Client, escapeIdentifier, escapeLiteral } from 'pg';
import { SUPERUSER } from './cluster';
import type { Startup } from './server-process';

export interface PostgresOptions {
  /** An ordinary role, which owns `database`. */
  readonly user: string;
  readonly password: string;
  readonly database: string;
  /** Tried first. @default - a free port */
  readonly port?: number;
}

/**
 * A real PostgreSQL on this machine: password authentication (SCRAM), no TLS, nothing kept.
 *
 * It runs beside a process of its own, so that it ends with this process however this process ends; it doesn't keep
 * this process alive.
 */
export class PostgresServer {
  static async start(options: PostgresOptions): Promise<PostgresServer> {
    // Made by the process beside it: who is killed in between leaves nothing.
    const folder = path.join(tmpdir(), `cdk-glue-connection-test-postgres-${randomUUID()}`);
    const supervisor = fork(path.join(__dirname, 'server-process.ts'), [folder, String(options.port ?? '')], {
      execArgv: ['--import', pathToFileURL(require.resolve('tsx')).href],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      // A process group of its own, which Ctrl-C in a terminal doesn't reach: the database serves until the end.
      detached: true,
    });
    const ended = cleanedUp(supervisor, folder);
    const { port, superuserPassword } = await startup(supervisor).catch(async (error: unknown) => {
      await ended;
      throw error;
    });
    supervisor.unref();
    supervisor.channel?.unref();

    const server = new PostgresServer(port, options.database, superuserPassword, supervisor, ended);
    try {
      const [user, database] = [escapeIdentifier(options.user), escapeIdentifier(options.database)];
      await server.run('postgres', `CREATE ROLE ${user} LOGIN PASSWORD ${escapeLiteral(options.password)}`);
      await server.run('postgres', `CREATE DATABASE ${database} OWNER ${user}`);
    } catch (error) {
      await server.stop();
      throw error;
    }
    return server;
  }

  readonly host = '127.0.0.1';

  private constructor(
    readonly port: number,
    private readonly database: string,
    private readonly superuserPassword: string,
    private readonly supervisor: ChildProcess,
    private readonly ended: Promise<void>,
  ) {}

  async setPassword(user: string, password: string): Promise<void> {
    await this.query(`ALTER ROLE ${escapeIdentifier(user)} PASSWORD ${escapeLiteral(password)}`);
  }

  /** Runs SQL in the database as superuser. */
  query(sql: string, values: readonly unknown[] = []): Promise<Record<string, unknown>[]> {
    return this.run(this.database, sql, values);
  }

  /** Ends the server and removes its data. */
  async stop(): Promise<void> {
    this.supervisor.ref();
    if (this.supervisor.connected) {
      this.supervisor.disconnect();
    }
    await this.ended;
  }

  private async run(database: string, sql: string, values: readonly unknown[] = []) {
    const { host, port, superuserPassword: password } = this;
    const client = new Client({ host, port, database, user: SUPERUSER, password, ssl: false });
    // Else a lost connection would be an uncaught exception; the pending call rejects with it as well.
    client.on('error', () => undefined);
    await client.connect();
    try {
      const { rows } = await client.query<Record<string, unknown>>(sql, [...values]);
      return rows;
    } finally {
      await client.end();
    }
  }
}

function startup(supervisor: ChildProcess): Promise<Exclude<Startup, { error: string }>> {
  return new Promise((resolve, reject) => {
    supervisor.once('message', (message: Startup) => {
      if ('error' in message) {
        reject(new Error(message.error));
      } else {
        resolve(message);
      }
    });
    supervisor.once('exit', () => reject(new Error('the process that starts PostgreSQL ended before it had started')));
    supervisor.once('error', reject);
  });
}

/** Resolves when the supervisor has ended; what it then left behind, because it was killed, is removed here. */
function cleanedUp(supervisor: ChildProcess, folder: string): Promise<void> {
  return new Promise((resolve, reject) => {
    supervisor.once('exit', (code) => {
      if (code !== 0) {
        stopGroup(supervisor.pid);
      }
      rm(folder, { recursive: true, force: true, maxRetries: 20 }).then(resolve, reject);
    });
  });
}

/** @see https://www.postgresql.org/docs/current/server-shutdown.html SIGQUIT is the immediate shutdown */
function stopGroup(group: number | undefined): void {
  try {
    if (group) {
      process.kill(-group, 'SIGQUIT');
    }
  } catch {
    // Nothing is left of the group.
  }
}
