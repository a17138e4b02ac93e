import { Workspace } from '@cdk-glue-connection-test/local-cloud';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { Closing } from '../../bin/closing';
import { isInstalled, TOOLCHAINS } from '../../tools/languages/toolchains';
import { install } from './python';

/**
 * `npm run test:witnesses`, or with the name of one: what others wrote about AWS has to agree with us. All of them are
 * Python programs: without Python they are skipped, by name; with `REQUIRED_WITNESSES=all`, that is a failure.
 */
const ROOT = path.resolve(__dirname, '../..');
const WITNESSES = readdirSync(__dirname, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
  .map(({ name }) => name);

async function main(): Promise<void> {
  const chosen = process.argv.slice(2);
  const unknown = chosen.filter((name) => !WITNESSES.includes(name));
  if (unknown.length > 0) {
    throw new Error(`a witness must be one of ${WITNESSES.join(', ')}, got: ${unknown.join(', ')}`);
  }
  const names = chosen.length > 0 ? chosen : WITNESSES;
  if (!isInstalled('python')) {
    console.log(`witnesses: skipped ${names.join(', ')}, for lack of ${TOOLCHAINS.python.needs}`);
    process.exitCode = process.env.REQUIRED_WITNESSES ? 1 : 0;
    return;
  }
  install();
  process.exitCode = await runJest(names.map((name) => `test/witnesses/${name}/`));
}

/** So that neither processes nor files stay, also when a signal ends it. */
async function runJest(folders: readonly string[]): Promise<number> {
  const closing = new Closing();
  const folder = mkdtempSync(path.join(tmpdir(), 'cdk-glue-connection-test-witnesses-'));
  // For the account that a database runs as when this is root.
  chmodSync(folder, 0o755);
  closing.add(() => removeWhenLeft(folder));
  const workspace = new Workspace('jest');
  closing.add(() => workspace.close());
  try {
    // They wait more than they compute.
    const jest = workspace.spawn(process.execPath, [require.resolve('jest/bin/jest'), '--maxWorkers=3', ...folders], {
      cwd: ROOT,
      env: { ...process.env, TMPDIR: folder },
    });
    jest.stdout.pipe(process.stdout);
    jest.stderr.pipe(process.stderr);
    const [code] = (await once(jest, 'close')) as [number | null];
    return code ?? 1;
  } finally {
    await closing.close();
  }
}

/** Where Jest was killed, the workspaces of its tests end their programs, and look into their folders for that. */
async function removeWhenLeft(folder: string): Promise<void> {
  const foldersIn = (parent: string) =>
    readdirSync(parent, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => path.join(parent, name));
  const hasWorkspaces = () =>
    foldersIn(folder)
      .flatMap(foldersIn)
      .some((one) => existsSync(path.join(one, 'groups')));
  for (let waits = 100; waits > 0 && hasWorkspaces(); waits -= 1) {
    await setTimeout(100);
  }
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
