import { spawn } from 'node:child_process';
import { chownSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { spawnAs, unprivilegedAccount } from './account';

/** What a program did: the end of what it wrote to its standard error, and the code that it ended with. */
export interface Ended {
  readonly code: number | null;
  readonly output: string;
}

/** The programs of one database server and their files, in a folder that is theirs. They end with `released`. */
export class Programs {
  readonly account = unprivilegedAccount();

  constructor(
    readonly folder: string,
    private readonly released: AbortSignal,
    private readonly killSignal: NodeJS.Signals,
  ) {
    this.own(folder);
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

  /** Resolves once the server has printed that it is ready, to the promise of its end. */
  async serve(program: string, args: string[], ready: string): Promise<{ readonly ended: Promise<unknown> }> {
    const { ended, printed } = this.run(program, args);
    const failed = ended.then(({ output }) => {
      throw new Error(`${path.basename(program)} did not start: ${output}`);
    });
    await Promise.race([printed(ready), failed]);
    return { ended };
  }

  private own(file: string): void {
    if (this.account) {
      chownSync(file, this.account.uid, this.account.gid);
    }
  }

  private run(program: string, args: string[]) {
    const child = spawn(program, args, {
      ...spawnAs(this.account),
      cwd: this.folder,
      // Nothing more: PostgreSQL would obey PGDATA, PGPORT and the like. Locale C keeps messages English.
      env: { PATH: process.env.PATH, LC_ALL: 'C' },
      stdio: ['ignore', 'ignore', 'pipe'],
      signal: this.released,
      killSignal: this.killSignal,
    });
    let output = '';
    child.stderr.on('data', (chunk: Buffer) => (output = (output + chunk.toString()).slice(-8192)));
    const ended = new Promise<Ended>((resolve) => {
      child.on('error', (error) => (output += error.message));
      child.on('close', (code) => resolve({ code, output: output.trim() }));
    });
    const printed = (text: string) =>
      new Promise<void>((resolve) => child.stderr.on('data', () => output.includes(text) && resolve()));
    return { ended, printed };
  }
}
