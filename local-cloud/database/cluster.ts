import { spawn } from 'node:child_process';
import { chownSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { runnableBinaries, spawnAs, unprivilegedAccount } from './binaries';

export const SUPERUSER = 'local_cloud';

const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  ssl: 'off',
  // The data is thrown away at the end, so nothing is done to keep it.
  fsync: 'off',
  full_page_writes: 'off',
  synchronous_commit: 'off',
  autovacuum: 'off',
  // Small, for quick starts beside other work.
  shared_buffers: '16MB',
  io_method: 'sync',
};

/** One PostgreSQL in a folder of its own. Its programs end when `released` is aborted. */
export class Cluster {
  private readonly account = unprivilegedAccount();
  private readonly binaries: string;
  private readonly data: string;

  constructor(
    private readonly folder: string,
    private readonly released: AbortSignal,
  ) {
    this.own(folder);
    this.binaries = runnableBinaries(folder, this.account);
    this.data = path.join(folder, 'data');
  }

  /** @see https://www.postgresql.org/docs/current/app-initdb.html */
  async initialize(superuserPassword: string): Promise<void> {
    // A file, because every user of the machine can read a command line.
    const passwordFile = path.join(this.folder, 'password');
    writeFileSync(passwordFile, superuserPassword, { mode: 0o600 });
    this.own(passwordFile);
    mkdirSync(this.data, { mode: 0o700 });
    this.own(this.data);
    const { code, output } = await this.run('initdb', [
      `--pgdata=${this.data}`,
      `--username=${SUPERUSER}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--no-locale',
      '--no-sync',
      '--no-instructions',
    ]).ended;
    rmSync(passwordFile);
    if (code !== 0) {
      throw new Error(`initdb failed: ${output}`);
    }
  }

  /** Resolves once the server accepts connections, to the promise of its end. */
  async serve(port: number): Promise<{ readonly ended: Promise<unknown> }> {
    const settings = Object.entries(SETTINGS).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    const { ended, printed } = this.run('postgres', ['-D', this.data, '-p', String(port), ...settings]);
    const failed = ended.then(({ output }) => {
      throw new Error(`postgres did not start: ${output}`);
    });
    await Promise.race([printed('ready to accept connections'), failed]);
    return { ended };
  }

  private own(file: string): void {
    if (this.account) {
      chownSync(file, this.account.uid, this.account.gid);
    }
  }

  private run(program: 'initdb' | 'postgres', args: string[]) {
    const child = spawn(path.join(this.binaries, program), args, {
      ...spawnAs(this.account),
      cwd: this.folder,
      // Nothing more: PostgreSQL would obey PGDATA, PGPORT and the like. Locale C keeps its messages English.
      env: { PATH: process.env.PATH, LC_ALL: 'C' },
      stdio: ['ignore', 'ignore', 'pipe'],
      signal: this.released,
      // Stop at once, without waiting for clients.
      killSignal: 'SIGQUIT',
    });
    let output = '';
    child.stderr.on('data', (chunk: Buffer) => (output = (output + chunk.toString()).slice(-8192)));
    const ended = new Promise<{ code: number | null; output: string }>((resolve) => {
      child.on('error', (error) => (output += error.message));
      child.on('close', (code) => resolve({ code, output: output.trim() }));
    });
    const printed = (text: string) =>
      new Promise<void>((resolve) => child.stderr.on('data', () => output.includes(text) && resolve()));
    return { ended, printed };
  }
}
