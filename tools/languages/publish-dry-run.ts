import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import packageJson from '../../package.json';

/**
 * `npm run release:dry-run`: what the release workflow would publish of `dist/`, by publib as the workflow runs it, up to the
 * point where it takes an account. A language that was not built is skipped, by name; one of REQUIRED_LANGUAGES fails then.
 */
const ROOT = path.resolve(__dirname, '../..');
/** In place of a user's name, a password or a token: nothing is sent. */
const NOBODY = 'dry-run';

/** The lines of publib that say what it would send. */
const SENT = /would (publish|upload)|will be updated|\[DRY-RUN\] mvn/;

interface Target {
  readonly publisher: string;
  /** Below `dist/`. */
  readonly folder: string;
  /** What a folder has in it, at any depth, that was built. */
  readonly artifact: RegExp;
  readonly environment: (folder: string) => Readonly<Record<string, string>>;
}

/** By what jsii calls the languages. */
const TARGETS: Readonly<Record<string, Target>> = {
  js: { publisher: 'publib-npm', folder: 'js', artifact: /\.tgz$/, environment: () => ({ NPM_TOKEN: NOBODY }) },
  python: {
    publisher: 'publib-pypi',
    folder: 'python',
    artifact: /\.whl$/,
    // It installs twine; not into this account's packages.
    environment: (folder) => ({
      ...{ TWINE_USERNAME: NOBODY, TWINE_PASSWORD: NOBODY },
      ...{ PYTHONUSERBASE: folder, PIP_BREAK_SYSTEM_PACKAGES: '1' },
    }),
  },
  java: {
    publisher: 'publib-maven',
    folder: 'java',
    artifact: /\.jar$/,
    // Maven Central takes a signature, and with it a key that it knows.
    environment: () => ({
      ...{ MAVEN_SERVER_ID: NOBODY, MAVEN_REPOSITORY_URL: 'https://maven.example.com' },
      ...{ MAVEN_USERNAME: NOBODY, MAVEN_PASSWORD: NOBODY },
    }),
  },
  dotnet: {
    publisher: 'publib-nuget',
    folder: 'dotnet',
    artifact: /\.nupkg$/,
    environment: () => ({ NUGET_API_KEY: NOBODY }),
  },
  go: { publisher: 'publib-golang', folder: 'go', artifact: /\.go$/, environment: withEmptyRepository },
};

/** The module's repository is an empty one here, since nobody has made it on GitHub. */
function withEmptyRepository(folder: string): Readonly<Record<string, string>> {
  const { moduleName } = packageJson.jsii.targets.go;
  const repository = path.join(folder, `${moduleName}.git`);
  mkdirSync(path.dirname(repository), { recursive: true });
  spawnSync('git', ['init', '--quiet', '--bare', '--initial-branch', 'main', repository]);
  return {
    ...{ GITHUB_TOKEN: NOBODY, GIT_USER_NAME: NOBODY, GIT_USER_EMAIL: `${NOBODY}@example.com` },
    ...{ GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: `url.${folder}/github.com/.insteadOf` },
    GIT_CONFIG_VALUE_0: `https://${NOBODY}@github.com/`,
  };
}

function main(): void {
  const required = (process.env.REQUIRED_LANGUAGES ?? '').split(',');
  for (const [language, target] of Object.entries(TARGETS)) {
    const isBuilt = filesBelow(path.join(ROOT, 'dist', target.folder)).some((file) => target.artifact.test(file));
    if (isBuilt ? !dryRun(target) : required.includes(language)) {
      process.exitCode = 1;
    }
    if (!isBuilt) {
      console.log(`${language}: skipped, dist/${target.folder} has no package`);
    }
  }
}

function dryRun({ publisher, folder, environment }: Target): boolean {
  const temporary = mkdtempSync(path.join(tmpdir(), 'cdk-glue-connection-test-publish-'));
  try {
    const program = path.join(ROOT, 'node_modules', '.bin', publisher);
    const { status, stdout, stderr } = spawnSync(program, [path.join(ROOT, 'dist', folder)], {
      cwd: ROOT,
      env: { ...process.env, ...environment(temporary), PUBLIB_DRYRUN: 'true' },
      encoding: 'utf8',
      maxBuffer: Infinity,
    });
    const lines = status === 0 ? stdout.split('\n').filter((line) => SENT.test(line)) : [stdout, stderr];
    console.log(
      [`${publisher}: ${status === 0 ? 'as far as it goes without an account' : 'failed'}`, ...lines].join('\n'),
    );
    return status === 0;
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

function filesBelow(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }) : [];
}

main();
