import { spawnSync } from 'node:child_process';
import * as path from 'node:path';
import { name } from '../../package.json';

const ROOT = path.resolve(__dirname, '../..');

/**
 * What of the API is no longer as users of a release know it.
 *
 * @param before a folder with the release, or `npm:` with its name and version
 * @param after the folder with the package as it is now, built
 * @returns nothing, or a line for each change
 */
export function incompatibilities(before: string, after: string): string {
  const allowed = path.join(ROOT, 'tools/package', 'allowed-breaking-changes.txt');
  // While the API is experimental, jsii-diff would only warn.
  const options = ['--error-on', 'all', '--default-stability', 'experimental', '--keys', '--ignore-file', allowed];
  const { status, stdout, stderr } = start('npx', 'jsii-diff', before, after, ...options);
  return status === 0 ? '' : `${stdout}${stderr}`;
}

/** The newest release, or nothing before the first. */
export function latestRelease(): string | undefined {
  const { status, stdout, stderr } = start('npm', 'view', name, 'version', '--json');
  if (status !== 0 && !`${stdout}${stderr}`.includes('E404')) {
    throw new Error(`the newest release of ${name} can't be looked up: ${stderr}`);
  }
  return status === 0 ? (JSON.parse(stdout) as string) : undefined;
}

function start(command: string, ...args: string[]) {
  return spawnSync(command, args, { cwd: ROOT, encoding: 'utf8' });
}

function main([before]: string[]): void {
  const version = before === undefined ? latestRelease() : undefined;
  const release = before ?? (version && `npm:${name}@${version}`);
  if (release === undefined) {
    console.log(`${name} has no release yet: there is nothing that the API must be compatible with.`);
    return;
  }
  const changes = incompatibilities(release, ROOT);
  console.log(changes || `The API is compatible with ${release}.`);
  process.exitCode = changes ? 1 : 0;
}

if (require.main === module) {
  main(process.argv.slice(2));
}
