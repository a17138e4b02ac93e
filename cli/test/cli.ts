import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { setTimeout } from 'node:timers/promises';

export const MAIN = path.resolve(__dirname, '../dist/main.js');

export const SECRET_KEY = 'wJalrXUtnFEMI-K7MDENG-bPxRfiCYEXAMPLEKEY';

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The environment of a machine that has keys, and nothing else that AWS's programs read. */
export function environment(url: string, changes: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  const home = mkdtempSync(path.join(tmpdir(), 'cli-home-'));
  return {
    PATH: process.env.PATH,
    TMPDIR: process.env.TMPDIR,
    HOME: home,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_ENDPOINT_URL: url,
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
    AWS_SECRET_ACCESS_KEY: SECRET_KEY,
    ...changes,
  };
}

/** A run of the command line as it is built. */
export class Run {
  stdout = '';
  stderr = '';
  private readonly child: ChildProcess;
  private readonly exit: Promise<unknown[]>;

  constructor(args: readonly string[], env: NodeJS.ProcessEnv, options: SpawnOptions = {}, program = process.execPath) {
    const command = program === process.execPath ? [MAIN, ...args] : args;
    this.child = spawn(program, command, { env, stdio: ['ignore', 'pipe', 'pipe'], ...options });
    this.child.stdout?.on('data', (chunk: Buffer) => (this.stdout += chunk.toString()));
    this.child.stderr?.on('data', (chunk: Buffer) => (this.stderr += chunk.toString()));
    this.exit = once(this.child, 'close');
  }

  get pid(): number {
    return Number(this.child.pid);
  }

  kill(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  /** Waits until it has printed a text. */
  async printed(text: string): Promise<void> {
    const deadline = Date.now() + 20_000;
    while (!`${this.stdout}${this.stderr}`.includes(text)) {
      if (Date.now() > deadline) {
        throw new Error(`'${text}' is not in:\n${this.stdout}\n${this.stderr}`);
      }
      await setTimeout(10);
    }
  }

  async ended(): Promise<Ended> {
    const [code] = (await this.exit) as [number | null];
    return { code, stdout: this.stdout, stderr: this.stderr };
  }
}

export function run(args: readonly string[], env: NodeJS.ProcessEnv): Promise<Ended> {
  return new Run(args, env).ended();
}
