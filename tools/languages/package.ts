import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import packageJson from '../../package.json';
import { withAbsoluteLinks } from '../package/readme-links';
import { CommandFailure, run } from '../package/run';
import { isInstalled, TOOLCHAINS, type Language } from './toolchains';

/**
 * `npm run package`: the package for npm and for each other language, in a folder of `dist/` each, with the examples in its
 * language, and the command line's. Of a language whose toolchain or dependencies are not to be had on this machine, there are the sources only, and a line that says so.
 * Exits with 1 if one can't be built for any other reason.
 */
const ROOT = path.resolve(__dirname, '../..');
const DIST = path.join(ROOT, 'dist');

/** How Maven and Go say that their registry doesn't have what the package depends on. */
const NOT_SERVED =
  /(Could not resolve dependencies|[^\s:]+@v[\d.]+: reading .*\n.*This module version is not available).*/;

function main(): void {
  // `npm run package` has built everything; jsii-pacmak runs `npm pack`, which would build it again.
  process.env.npm_config_ignore_scripts = 'true';
  report('Examples', translateExamples);
  withAbsoluteLinks(() => {
    report('npm', packNpm);
    for (const language of ['python', 'java', 'go', 'dotnet'] as const) {
      report(TOOLCHAINS[language].title, () => build(language));
    }
  });
  report('Command line', packCli);
}

function report(title: string, make: () => string): void {
  const start = Date.now();
  try {
    const result = make();
    console.log(`${title}: ${result} (${Math.round((Date.now() - start) / 1000)} s)`);
  } catch (error) {
    if (!(error instanceof CommandFailure)) {
      throw error;
    }
    console.error(`${title}: failed\n${error.message}`);
    process.exitCode = 1;
  }
}

/** Compiles the examples of the README and of the API, and leaves them in each language where jsii-pacmak finds them. */
function translateExamples(): string {
  runModule('jsii-rosetta', 'extract', '--strict', ROOT);
  return 'compiled and translated';
}

function packNpm(): string {
  emptyFolder('js');
  run(ROOT, 'npm', 'pack', '--pack-destination', path.join(DIST, 'js'));
  return 'dist/js';
}

/** In a folder of its own: whoever installs `dist/js/*.tgz` wants the constructs. */
function packCli(): string {
  emptyFolder('cli');
  run(ROOT, 'npm', 'run', 'bundle:cli');
  run(path.join(ROOT, 'cli'), 'npm', 'pack', '--pack-destination', path.join(DIST, 'cli'));
  return 'dist/cli';
}

function build(language: Language): string {
  emptyFolder(language);
  if (!isInstalled(language)) {
    return sourcesOnly(language, `it takes ${TOOLCHAINS[language].needs}`);
  }
  try {
    if (language === 'go') {
      buildGo();
    } else {
      pacmak(language);
    }
    return `dist/${language}`;
  } catch (error) {
    const [reason] = NOT_SERVED.exec(error instanceof CommandFailure ? error.message : '') ?? [];
    if (reason === undefined) {
      throw error;
    }
    emptyFolder(language);
    return sourcesOnly(language, reason);
  }
}

function sourcesOnly(language: Language, reason: string): string {
  pacmak(language, '--code-only');
  return `skipped, only the sources are in dist/${language}: ${reason}`;
}

/**
 * jsii-pacmak asks for each indirect dependency in the version that is installed here. That would raise it for all users;
 * Go finds the lowest that the direct ones ask for.
 */
function buildGo(): void {
  pacmak('go', '--code-only');
  const module = path.join(DIST, 'go', packageJson.jsii.targets.go.packageName);
  const goMod = path.join(module, 'go.mod');
  writeFileSync(goMod, readFileSync(goMod, 'utf8').replaceAll(/.*\/\/ indirect\n/g, ''));
  run(module, 'go', 'mod', 'tidy');
  run(module, 'go', 'build', './...');
}

function pacmak(language: Language, ...options: string[]): void {
  const examples = ['--rosetta-unknown-snippets', 'fail'];
  runModule('jsii-pacmak', '--targets', language, '--no-npmignore', ...examples, ...options);
}

function runModule(name: string, ...args: string[]): void {
  run(ROOT, process.execPath, path.join(ROOT, 'node_modules', name, 'bin', name), ...args);
}

function emptyFolder(name: string): void {
  rmSync(path.join(DIST, name), { recursive: true, force: true });
  mkdirSync(path.join(DIST, name), { recursive: true });
}

main();
