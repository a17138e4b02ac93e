import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { program } from '../python';
import type { Exchange } from './recorder';

export interface Verdict {
  readonly exchanges: readonly {
    /** Such as `glue:TestConnection`. */
    readonly operation: string;
    readonly problems: readonly string[];
  }[];
  /** By operation, the members of its input that no call has, such as `.TestConnectionInput.ConnectionType`. */
  readonly neverSent: Readonly<Record<string, readonly string[]>>;
}

/** What botocore says to calls and answers, by AWS's own model of the services. */
export function judge(exchanges: readonly Exchange[]): Verdict {
  const { status, stdout, stderr } = spawnSync(program('python'), [path.join(__dirname, 'check.py')], {
    input: JSON.stringify(exchanges),
    encoding: 'utf8',
    maxBuffer: Infinity,
  });
  if (status !== 0) {
    throw new Error(`check.py failed: ${stderr}`);
  }
  return JSON.parse(stdout) as Verdict;
}
