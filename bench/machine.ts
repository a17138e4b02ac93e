import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, release, totalmem, type as system } from 'node:os';
import * as path from 'node:path';
import { FUNCTION_NODE } from './process';

const ROOT = path.resolve(__dirname, '..');
const PACKAGES = ['aws-cdk-lib', '@aws-sdk/client-glue', 'esbuild'];

/** What the figures depend on. */
export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly memoryGb: number;
  readonly system: string;
  /** How many others wanted a core when the measurement began. */
  readonly load: number;
  readonly versions: Readonly<Record<string, string>>;
}

export function thisMachine(): Machine {
  const versions = PACKAGES.map((name): [string, string] => {
    const file = path.join(ROOT, 'node_modules', name, 'package.json');
    return [name, (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version];
  });
  return {
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memoryGb: Math.round(totalmem() / 2 ** 30),
    system: `${system()} ${release()}`,
    load: Number((loadavg()[0] ?? 0).toFixed(1)),
    versions: {
      'Node.js': process.version,
      'Node.js of functions': execFileSync(FUNCTION_NODE, ['--version'], { encoding: 'utf8' }).trim(),
      ...Object.fromEntries(versions),
    },
  };
}

export function describe({ processor, cores, memoryGb, system: os, load, versions }: Machine): string {
  const packages = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return `${processor}, ${cores} cores, ${memoryGb} GB, ${os}, load ${load} at the start; ${packages.join(', ')}`;
}
