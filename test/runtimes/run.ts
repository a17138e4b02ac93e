import { execFileSync, spawnSync } from 'node:child_process';
import path from 'node:path';

/**
 * `npm run test:runtimes`: the end-to-end tests, with functions run by the Node.js of Lambda's runtimes. They are no
 * dependencies of the project: there are npm packages of them for Linux on x64 only.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html
 */
const ALL = ['node22', 'node24'];

/** `RUNTIMES=node24` runs that one alone, as `.ci/run` does. */
const { RUNTIMES: chosen = ALL.join() } = process.env;
const RUNTIMES = ALL.filter((runtime) => chosen.split(',').includes(runtime));

function main(): void {
  const { glibcVersionRuntime } = (process.report.getReport() as { header: { glibcVersionRuntime?: string } }).header;
  if (process.platform !== 'linux' || process.arch !== 'x64' || !glibcVersionRuntime) {
    const here = `${process.platform} on ${process.arch}${process.platform === 'linux' ? ' without glibc' : ''}`;
    console.log(`Skipped ${RUNTIMES.join(' and ')}: they run on linux on x64 with glibc, this is ${here}.`);
    return;
  }
  execFileSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: __dirname, stdio: 'inherit' });
  const results: string[] = [];
  for (const runtime of RUNTIMES) {
    const startedAt = Date.now();
    const nodePath = path.join(__dirname, 'node_modules', runtime, 'bin', 'node');
    const version = execFileSync(nodePath, ['--version'], { encoding: 'utf8' }).trim();
    console.log(`\nFunctions run by Node.js ${version}`);
    const { status } = spawnSync('npx', ['jest', 'test/end-to-end'], {
      stdio: 'inherit',
      env: { ...process.env, LAMBDA_NODE_PATH: nodePath },
    });
    if (status !== 0) {
      process.exitCode = 1;
    }
    const seconds = Math.round((Date.now() - startedAt) / 1000);
    results.push(`Node.js ${version}: ${status === 0 ? 'passed' : 'failed'} in ${seconds} s`);
  }
  console.log(`\n${results.join('\n')}`);
}

main();
