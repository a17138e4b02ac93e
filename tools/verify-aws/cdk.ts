import { spawn, type ChildProcess } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import path from 'node:path';
import { step, type StepId } from './steps';

const ROOT = path.resolve(__dirname, '../..');

export interface CdkOptions {
  /** Where assemblies and logs go. */
  readonly folder: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly context: Readonly<Record<string, string>>;
}

/** The `cdk` command of npm, as it is. */
export class Cdk {
  private readonly running = new Map<ChildProcess, Promise<unknown>>();

  constructor(private readonly options: CdkOptions) {}

  /** Where the command's output of a step is. */
  logOf(id: StepId): string {
    return path.join(this.options.folder, `${id}.log`);
  }

  /** @returns its exit code; null when it was ended */
  run(id: StepId): Promise<number | null> {
    const { app, stack, command = ['deploy'], context } = step(id);
    const values = Object.entries({ ...this.options.context, ...context }).flatMap(([key, value]) => [
      ...['-c', `${key}=${value}`],
    ]);
    const options = command.includes('deploy')
      ? ['--exclusively', '--require-approval', 'never', '--progress', 'events']
      : ['--force'];
    return this.start(id, [
      ...[...command, stack, ...options, ...values],
      ...['--app', `node --import tsx test/integ/integ.${app}.ts`],
      ...['--output', path.join(this.options.folder, `cdk.out.${id}`), '--no-notices'],
    ]);
  }

  /** Ends what is running. CloudFormation goes on with what it has begun. */
  async stop(): Promise<void> {
    const ends = [...this.running].map(([child, end]) => {
      child.kill('SIGTERM');
      return end;
    });
    await Promise.all(ends);
  }

  private start(id: StepId, args: readonly string[]): Promise<number | null> {
    const program = path.join(ROOT, 'node_modules', 'aws-cdk', 'bin', 'cdk');
    const child = spawn(process.execPath, [program, ...args], {
      cwd: ROOT,
      env: { CDK_DISABLE_CLI_TELEMETRY: 'true', CDK_VALIDATION: 'false', ...this.options.environment },
      stdio: ['ignore', 'pipe', 'pipe'],
      // Ctrl-C in a terminal reaches the kit alone, which then ends this.
      detached: true,
    });
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => appendFileSync(this.logOf(id), chunk));
    }
    const end = new Promise<number | null>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (exitCode) => {
        this.running.delete(child);
        resolve(exitCode);
      });
    });
    this.running.set(child, end);
    return end;
  }
}
