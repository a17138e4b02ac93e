import type { ChildProcess } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { transformSync } from 'esbuild';
import { endGroup, Workspace } from '../workspace';

export interface WorkerOptions {
  readonly nodePath: string;
  readonly memorySizeMb: number;
  readonly codeDirectory: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly onLine: (line: string) => void;
}

/** A Node.js process with the runtime and a copy of the function's code, in a workspace that goes with it. */
export class Worker {
  /** Resolves to the reason of the process's end, in Lambda's words. */
  readonly exited: Promise<string>;
  private readonly child: ChildProcess;

  constructor(options: WorkerOptions) {
    const workspace = new Workspace('lambda');
    const [taskRoot, runtimeDirectory] = [path.join(workspace.folder, 'task'), path.join(workspace.folder, 'runtime')];
    // Away from the project, so that the code finds no module that isn't in its package.
    cpSync(options.codeDirectory, taskRoot, { recursive: true, dereference: true });
    mkdirSync(runtimeDirectory);
    const program = path.join(runtimeDirectory, 'bootstrap.cjs');
    writeFileSync(program, bootstrap());

    // V8 gets nine tenths, as in Lambda: the rest is for memory outside of its heap.
    const heap = `--max-old-space-size=${Math.floor(options.memorySizeMb * 0.9)}`;
    const child = workspace.spawn(options.nodePath, [heap, program], {
      cwd: taskRoot,
      env: { ...options.environment, LAMBDA_TASK_ROOT: taskRoot, LAMBDA_RUNTIME_DIR: runtimeDirectory },
    });
    for (const stream of [child.stdout, child.stderr]) {
      eachLine(stream, options.onLine);
    }
    const exit = new Promise<string>((resolve) => {
      child.on('error', (error) => resolve(error.message));
      child.on('exit', (code, signal) => resolve(exitReason(code, signal)));
    });
    this.exited = exit.finally(() => workspace.close());
    this.child = child;
  }

  kill(): void {
    endGroup(this.child);
  }
}

let bootstrapCode: string | undefined;

function bootstrap(): string {
  return (bootstrapCode ??= transformSync(readFileSync(path.join(__dirname, 'bootstrap.ts'), 'utf8'), {
    loader: 'ts',
    format: 'cjs',
    platform: 'node',
    target: 'node20',
  }).code);
}

function eachLine(stream: Readable, onLine: (line: string) => void): void {
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    // The runtime wrote an event of several lines with `\r` between them.
    for (const line of lines) {
      onLine(line.replaceAll('\r', '\n'));
    }
  });
  stream.on('end', () => rest && onLine(rest));
}

function exitReason(code: number | null, signal: string | null): string {
  if (signal) {
    return `Runtime exited with error: signal: ${signal}`;
  }
  return code ? `Runtime exited with error: exit status ${code}` : 'Runtime exited without providing a reason';
}
