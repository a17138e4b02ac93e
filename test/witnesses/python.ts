import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const REQUIREMENTS = path.join(__dirname, 'requirements.txt');
const VENV = path.join(__dirname, '.venv');
/** Names what the environment holds; it is written last, so an installation that was interrupted is made again. */
const STAMP = path.join(VENV, 'installed');

/** A program of the witnesses' virtual environment. */
export function program(name: string): string {
  const file = path.join(VENV, 'bin', name);
  if (!existsSync(STAMP)) {
    throw new Error(`${file} is not installed: run 'npm run test:witnesses'`);
  }
  return file;
}

/** Makes the virtual environment with what `requirements.txt` pins, unless it is there. */
export function install(): void {
  const wanted = createHash('sha256').update(readFileSync(REQUIREMENTS)).digest('hex');
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted && run(program('python'), ['--version'])) {
    return;
  }
  rmSync(VENV, { recursive: true, force: true });
  const isInstalled =
    run('python3', ['-m', 'venv', VENV]) &&
    run(path.join(VENV, 'bin', 'python'), [
      ...['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check'],
      ...['--require-hashes', '--only-binary', ':all:', '--requirement', REQUIREMENTS],
    ]);
  if (!isInstalled) {
    throw new Error(`${VENV} could not be made: see above`);
  }
  writeFileSync(STAMP, wanted);
}

function run(command: string, args: readonly string[]): boolean {
  return spawnSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'] }).status === 0;
}
