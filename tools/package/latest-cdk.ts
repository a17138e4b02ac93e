import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { peerDependencies } from '../../package.json';
import { copyProject } from './copy';

/** The tests of the constructs that don't take many minutes. */
const TESTS = ['test/lib', '--testPathIgnorePatterns', '(random-apps|lowest-versions)'];

/**
 * Runs the constructs' tests with the newest `aws-cdk-lib` and `constructs`, in a copy of the project. In the project itself
 * they run with the lowest versions that the package supports.
 */
function main(args: string[]): void {
  const folder = mkdtempSync(path.join(tmpdir(), 'cdk-glue-connection-test-latest-'));
  const start = (command: string, ...rest: string[]) => {
    const { status } = spawnSync(command, rest, { cwd: folder, stdio: 'inherit' });
    return status ?? 1;
  };
  try {
    copyProject(folder);
    const peers = Object.keys(peerDependencies);
    process.exitCode = start('npm', 'install', '--no-audit', '--no-fund', ...peers.map((peer) => `${peer}@latest`));
    if (process.exitCode === 0) {
      for (const peer of peers) {
        const { version } = JSON.parse(
          readFileSync(path.join(folder, 'node_modules', peer, 'package.json'), 'utf8'),
        ) as {
          version: string;
        };
        console.log(`${peer} ${version}`);
      }
      process.exitCode = start('npx', 'jest', ...(args.length > 0 ? args : TESTS));
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

main(process.argv.slice(2));
