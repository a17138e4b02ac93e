import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { deserialize, serialize } from 'node:v8';
import type { ObjectGraph } from './object-graph';

/** Changes with what is saved: what another version has saved is not read. */
const VERSION = 1;

/** By name, what is to be kept: maps that are read and filled in place. */
export type Records = Readonly<Record<string, Map<string, unknown>>>;

interface Saved {
  readonly version: number;
  readonly records: Records;
}

/** A folder in which the state of a local cloud outlives its process. One process has it at a time. */
export class StateFolder {
  private readonly lock: string;
  private readonly file: string;
  private timer?: NodeJS.Timeout;

  /** @throws Error when another process has it */
  constructor(
    readonly folder: string,
    private readonly graph: ObjectGraph,
    private readonly records: Records,
  ) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    this.lock = path.join(folder, 'pid');
    this.file = path.join(folder, 'state');
    const owner = existsSync(this.lock) ? Number(readFileSync(this.lock, 'utf8')) : undefined;
    if (owner !== undefined && owner !== process.pid && isRunning(owner)) {
      throw new Error(
        `the state in ${folder} is in use by process ${owner}; if that is another program, remove ${this.lock}`,
      );
    }
    writeFileSync(this.lock, String(process.pid));
  }

  /** Fills the maps with what was saved. */
  load(): void {
    if (!existsSync(this.file)) {
      return;
    }
    const { version, records } = this.read();
    if (version !== VERSION) {
      throw new Error(`the state in ${this.folder} was saved by another version of local-cloud: remove it`);
    }
    for (const [name, map] of Object.entries(this.records)) {
      records[name]?.forEach((value, key) => map.set(key, value));
    }
  }

  private read(): Saved {
    try {
      return this.graph.hydrate(deserialize(readFileSync(this.file))) as Saved;
    } catch (error) {
      throw new Error(`the state in ${this.folder} is damaged: remove it (${(error as Error).message})`, {
        cause: error,
      });
    }
  }

  /** Saves soon, once for all changes until then. */
  saveSoon(): void {
    this.timer ??= setTimeout(() => this.save(), 100);
  }

  /** What is saved is whole, whenever the process may end. Where it can't be saved, it goes on being in memory. */
  save(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const saved: Saved = { version: VERSION, records: this.records };
    const temporary = `${this.file}.new`;
    try {
      mkdirSync(this.folder, { recursive: true, mode: 0o700 });
      writeFileSync(temporary, serialize(this.graph.dehydrate(saved)), { mode: 0o600 });
      renameSync(temporary, this.file);
    } catch (error) {
      process.stderr.write(`the state could not be saved in ${this.folder}: ${(error as Error).message}\n`);
    }
  }

  close(): void {
    this.save();
    rmSync(this.lock, { force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
