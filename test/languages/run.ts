import { Workspace } from '@cdk-glue-connection-test/local-cloud';
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { isInstalled, TOOLCHAINS, type Language } from '../../tools/languages/toolchains';
import packageJson from '../../package.json';
import { deployBoth } from './deployment';
import { createOrdersApp, STACK_NAME } from './orders-app';
import { quickStart, type QuickStart } from './readme';

/**
 * `npm run test:languages`: uses what `npm run package` has left in `dist/` as an app in that language does. A language
 * whose toolchain or package isn't there is skipped, by name; with `REQUIRED_LANGUAGES=js,python,…`, those must be there.
 * Exits with 1 if a test fails, or if there is none.
 */
const ROOT = path.resolve(__dirname, '../..');
const DIST = path.join(ROOT, 'dist');

interface LanguageTest {
  /** A file below the language's folder of `dist/` that only a built package has. */
  readonly built: RegExp;
  run(language: LanguageFolder): void | Promise<void>;
}

/** Where an app in one language is used. */
class LanguageFolder {
  /** What stands for a clone of the repository, where the commands of a quick start begin. */
  private readonly clone: string;

  constructor(
    readonly folder: string,
    private readonly expectedTemplate: string,
  ) {
    this.clone = path.join(folder, packageJson.name);
    mkdirSync(folder);
    mkdirSync(this.clone);
    for (const parent of [folder, this.clone]) {
      symlinkSync(DIST, path.join(parent, 'dist'));
    }
    // `npm pack` leaves its archive in the root of the clone.
    for (const archive of archives()) {
      symlinkSync(path.join(DIST, 'js', archive), path.join(this.clone, archive));
    }
    symlinkSync(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'));
  }

  /**
   * Does what a quick start says, from what stands for the clone.
   *
   * @returns the folder of its app
   */
  quickStart({ file, app, commands }: QuickStart, environment?: Readonly<Record<string, string>>): string {
    const target = path.join(this.clone, file);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, app);
    this.run(`cd ${path.basename(this.clone)} && ${commands}`, environment);
    return path.dirname(target);
  }

  /** Runs a command as a shell does, and fails when it fails. What it prints is shown if it is a test, or has failed. */
  run(command: string, environment: Readonly<Record<string, string>> = {}, isTest = false): void {
    console.log(`$ ${command}`);
    const { status, signal, stdout } = spawnSync(`(${command}) 2>&1`, {
      cwd: this.folder,
      shell: true,
      stdio: ['ignore', isTest ? 'inherit' : 'pipe', 'inherit'],
      encoding: 'utf8',
      maxBuffer: Infinity,
      env: {
        ...process.env,
        EXPECTED_TEMPLATE: this.expectedTemplate,
        // Loading CloudFormation's rules takes ten seconds for each synthesis.
        CDK_VALIDATION: 'false',
        CDK_DISABLE_CLI_TELEMETRY: 'true',
        ...environment,
      },
    });
    if (status !== 0) {
      throw new Error(`${command}: ${signal ?? `exit code ${status}`}\n${isTest ? '' : stdout}`);
    }
  }

  test(command: string, environment?: Readonly<Record<string, string>>): void {
    this.run(command, environment, true);
  }
}

const TESTS: Readonly<Partial<Record<Language, LanguageTest>>> = {
  js: {
    built: /\.tgz$/,
    async run(language) {
      // What the README installs is the newest of all, not what is installed here.
      rmSync(path.join(language.folder, 'node_modules'));
      const folder = language.quickStart(quickStart('tsx'));
      await deployBoth(path.join(folder, 'cdk.out'));
    },
  },
  python: {
    built: /\.whl$/,
    async run(language) {
      const PIP_CONSTRAINT = path.join(__dirname, 'python', 'constraints.txt');
      const environment = { PIP_CONSTRAINT, PIP_DISABLE_PIP_VERSION_CHECK: '1' };
      const folder = language.quickStart(quickStart('python'), environment);
      await deployBoth(path.join(folder, 'cdk.out'));

      const python = path.join(folder, '.venv/bin/python');
      language.run(`${python} -m pip install --quiet pytest`, environment);
      cpSync(path.join(__dirname, 'python', 'test_orders.py'), path.join(folder, 'test_orders.py'));
      language.test(`${python} -m pytest ${folder}/test_orders.py`, { APP: path.join(folder, 'app.py') });
    },
  },
  java: {
    built: /\.jar$/,
    run(language) {
      cpSync(path.join(__dirname, 'java'), language.folder, { recursive: true });
      language.test(
        // A repository of its own, since Maven would take this version from the user's once it is there.
        `mvn --batch-mode --no-transfer-progress -Dmaven.repo.local=repository -Dtested.version=${packageJson.version} test`,
      );
    },
  },
  go: {
    built: /^go\.sum$/,
    run(language) {
      cpSync(path.join(__dirname, 'go'), language.folder, { recursive: true });
      language.test('go test -count=1 ./...', { GOFLAGS: '-mod=mod' });
    },
  },
};

async function main(): Promise<void> {
  const workspace = new Workspace('languages');
  const results = { passed: 0, failed: 0, skipped: 0 };
  try {
    const assembly = path.join(workspace.folder, 'typescript');
    createOrdersApp(assembly).synth();
    const expectedTemplate = path.join(assembly, `${STACK_NAME}.template.json`);
    for (const language of Object.keys(TOOLCHAINS) as Language[]) {
      results[await testLanguage(language, path.join(workspace.folder, language), expectedTemplate)] += 1;
    }
  } finally {
    await workspace.close();
  }
  console.log(`languages: ${results.passed} passed, ${results.failed} failed, ${results.skipped} skipped`);
  process.exitCode = results.failed === 0 && results.passed > 0 ? 0 : 1;
}

async function testLanguage(
  language: Language,
  folder: string,
  expectedTemplate: string,
): Promise<'passed' | 'failed' | 'skipped'> {
  const { title } = TOOLCHAINS[language];
  const test = TESTS[language];
  const reason = whySkipped(language, test);
  if (!test || reason !== undefined) {
    const isRequired = process.env.REQUIRED_LANGUAGES?.split(',').includes(language) === true;
    console.log(`${title}: ${isRequired ? 'required, but ' : ''}skipped, ${reason ?? ''}`);
    return isRequired ? 'failed' : 'skipped';
  }
  const start = Date.now();
  const seconds = () => Math.round((Date.now() - start) / 1000);
  try {
    await test.run(new LanguageFolder(folder, expectedTemplate));
    console.log(`${title}: passed (${seconds()} s)`);
    return 'passed';
  } catch (error) {
    console.error(`${title}: failed (${seconds()} s):`, error);
    return 'failed';
  }
}

function archives(): string[] {
  const folder = path.join(DIST, 'js');
  return existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.tgz')) : [];
}

function whySkipped(language: Language, test: LanguageTest | undefined): string | undefined {
  if (!test) {
    return 'there is no test';
  }
  if (!isInstalled(language)) {
    return `it takes ${TOOLCHAINS[language].needs}`;
  }
  const folder = path.join(DIST, language);
  const isBuilt =
    existsSync(folder) &&
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).some((file) => test.built.test(path.basename(file)));
  return isBuilt ? undefined : `dist/${language} has no package: npm run package builds it, or says why not`;
}

void main();
