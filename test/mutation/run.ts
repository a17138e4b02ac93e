import { availableParallelism } from 'node:os';
import path from 'node:path';

/**
 * `npm run test:mutation`: changes the code in small ways, one at a time, and tells which changes no test notices.
 *
 *     npm run test:mutation                        lambda/, then lib/; for hours
 *     npm run test:mutation -- lib --sample 15     15 % of the mutants of lib/, the same ones each time
 *     npm run test:mutation -- lambda/failures/explanation.ts    one file
 *
 * Reports are left in `reports/mutation/`, one for each folder.
 *
 * @see https://stryker-mutator.io/docs/stryker-js/introduction/
 */
const FOLDERS = ['lambda', 'lib'];

/** The share of mutants that tests must notice, in percent. */
const MIN_SCORE = 85;

type Options = ConstructorParameters<typeof import('@stryker-mutator/core').Stryker>[0];

interface Arguments {
  readonly targets: readonly string[];
  /** Of so many mutants, one is taken. */
  readonly every: number;
}

function readArguments([...targets]: readonly string[]): Arguments {
  const at = targets.indexOf('--sample');
  const percent = at < 0 ? 100 : Number(targets.splice(at, 2)[1]);
  if (!(percent > 0 && percent <= 100)) {
    throw new Error("'--sample' takes a percentage");
  }
  const unknown = targets.find((target) => !FOLDERS.includes(folderOf(target)));
  if (unknown !== undefined) {
    throw new Error(`'${unknown}' must be lambda, lib, or a file in one of them`);
  }
  return { targets: targets.length > 0 ? targets : FOLDERS, every: Math.round(100 / percent) };
}

function folderOf(target: string): string {
  return target.split('/')[0] ?? '';
}

function optionsFor(target: string, every: number): Options {
  const folder = folderOf(target);
  const report = `reports/mutation/${target.replaceAll('/', '-')}`;
  return {
    mutate: [target === folder ? `${folder}/**/*.ts` : target],
    plugins: ['@stryker-mutator/jest-runner', path.join(__dirname, 'sample.js')],
    checkers: every === 1 ? [] : ['sample'],
    testRunner: 'jest',
    coverageAnalysis: 'perTest',
    // One core stays free: where all are busy, tests of what happens in time fail for that.
    concurrency: Math.max(1, availableParallelism() - 1),
    // The function's code imports in Jest's process, see `hosts.ts`.
    testRunnerNodeArgs: ['--experimental-vm-modules', '--no-warnings'],
    // The CDK and the SDK, loaded anew for each mutant, are never quite forgotten.
    maxTestRunnerReuse: 20,
    // Beyond what the tests take: a process that has just begun is slow, and what is slow is no mutant that loops.
    timeoutMS: 30_000,
    jest: {
      enableFindRelatedTests: false,
      config: {
        testMatch: ['<rootDir>/test/mutation/one-file.ts'],
        testEnvironment: path.join(__dirname, 'bail-environment.js'),
        globalSetup: '<rootDir>/test/mutation/global-setup.ts',
      },
    },
    // What is built; the bundle is made anew, of the mutants.
    ignorePatterns: ['cdk.out', 'coverage', 'dist', '.jsii*'],
    tempDirName: 'reports/stryker-tmp',
    reporters: ['progress-append-only', 'json', 'html', 'clear-text'],
    jsonReporter: { fileName: `${report}.json` },
    htmlReporter: { fileName: `${report}.html` },
    clearTextReporter: { allowColor: false, logTests: false, reportTests: false, reportScoreTable: true },
    disableTypeChecks: '{lambda,lib}/**/*.ts',
    tsconfigFile: 'none',
    allowConsoleColors: false,
  };
}

async function main(): Promise<void> {
  const { targets, every } = readArguments(process.argv.slice(2));
  const { Stryker } = await import('@stryker-mutator/core');
  Object.assign(process.env, {
    HANDLER_IN_PROCESS: 'yes',
    ARBITRARY_EVENTS: '300',
    RANDOM_APPS: '40',
    MUTATION_SAMPLE_EVERY: String(every),
  });
  const lines: string[] = [];
  for (const target of targets) {
    process.env.MUTATION_FOLDER = folderOf(target);
    const startedAt = Date.now();
    const results = await new Stryker(optionsFor(target, every)).runMutationTest();
    const { score, text } = sumUp(results.map(({ status }) => status));
    const minutes = Math.round((Date.now() - startedAt) / 60_000);
    lines.push(`${target}: ${text}${every === 1 ? '' : `, of every ${every}th mutant`}, in ${minutes} min`);
    if (!(score >= MIN_SCORE)) {
      process.exitCode = 1;
    }
  }
  console.log(`\n${lines.join('\n')}`);
}

/** What is left out of the sample has another status, and does not count. */
function sumUp(statuses: readonly string[]): { readonly score: number; readonly text: string } {
  const count = (status: string) => statuses.filter((one) => one === status).length;
  const [killed, timeout] = [count('Killed'), count('Timeout')];
  const [survived, noCoverage] = [count('Survived'), count('NoCoverage')];
  const score = (100 * (killed + timeout)) / (killed + timeout + survived + noCoverage);
  const counts = `${killed} killed, ${timeout} timeout, ${survived} survived, ${noCoverage} no coverage`;
  return { score, text: `${counts}: ${score.toFixed(1)} %` };
}

void main();
