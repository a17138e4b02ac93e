import { chmodSync, chownSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Workspace } from '../workspace';
import { spawnAs, unprivilegedAccount } from './account';

/** What a program did: the end of what it wrote to its standard error, and the code that it ended with. */
export interface Ended {
  readonly code: number | null;
  readonly output: string;
}

/** The programs of one database server and their files. */
export class Programs {
  readonly account = unprivilegedAccount();

  private readonly temporaryFolder: string;

  constructor(private readonly workspace: Workspace) {
    if (this.account) {
      // It reaches its own files in there; the folder itself isn't its own.
      chmodSync(this.folder, 0o711);
    }
    this.temporaryFolder = this.makeFolder('tmp');
  }

  get folder(): string {
    return this.workspace.folder;
  }

  makeFolder(name: string): string {
    const made = path.join(this.folder, name);
    mkdirSync(made, { mode: 0o700 });
    this.own(made);
    return made;
  }

  /** Hands programs a secret in a file, because every user of the machine can read a command line. */
  writeSecret(name: string, content: string): string {
    const file = path.join(this.folder, name);
    writeFileSync(file, content, { mode: 0o600 });
    this.own(file);
    return file;
  }

  /** Runs a program to its end. */
  async complete(program: string, args: string[]): Promise<void> {
    const { code, output } = await this.run(program, args).ended;
    if (code !== 0) {
      throw new Error(`${path.basename(program)} failed: ${output}`);
    }
  }

  /** Resolves once the server has printed that it is ready. From then on it doesn't keep this process alive. */
  async serve(program: string, args: string[], ready: string): Promise<void> {
    const { ended, printed, unref } = this.run(program, args);
    const failed = ended.then(({ output }) => {
      throw new Error(`${path.basename(program)} did not start: ${output}`);
    });
    await Promise.race([printed(ready), failed]);
    failed.catch(() => undefined);
    unref();
  }

  private own(file: string): void {
    if (this.account) {
      chownSync(file, this.account.uid, this.account.gid);
    }
  }

  private run(program: string, args: string[]) {
    const child = this.workspace.spawn(program, args, {
      ...spawnAs(this.account),
      cwd: this.folder,
      // Nothing more: PostgreSQL would obey PGDATA, PGPORT and the like. Locale C keeps messages English.
      env: { PATH: process.env.PATH, LC_ALL: 'C', TMPDIR: this.temporaryFolder },
    });
    child.stdout.resume();
    let output = '';
    child.stderr.on('data', (chunk: Buffer) => (output = (output + chunk.toString()).slice(-8192)));
    const ended = new Promise<Ended>((resolve) => {
      child.on('error', (error) => (output += error.message));
      child.on('close', (code) => resolve({ code, output: output.trim() }));
    });
    const printed = (text: string) =>
      new Promise<void>((resolve) => child.stderr.on('data', () => output.includes(text) && resolve()));
    const unref = () => [child, child.stdout, child.stderr].forEach((handle) => (handle as { unref(): void }).unref());
    return { ended, printed, unref };
  }
}
