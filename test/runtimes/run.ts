import { execFileSync, spawnSync } from 'node:child_process';
import path from 'node:path';

/**
 * `npm run test:runtimes`: the end-to-end tests, with functions run by the Node.js of Lambda's runtimes. They are no
 * dependencies of the project: there are npm packages of them for Linux on x64 only.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html
 */
const RUNTIMES = ['node22', 'node24'];

function main(): void {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    console.log(`Skipped ${RUNTIMES.join(' and ')}: this is ${process.platform} on ${process.arch}, not linux on x64.`);
    return;
  }
  execFileSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: __dirname, stdio: 'inherit' });
  for (const runtime of RUNTIMES) {
    const nodePath = path.join(__dirname, 'node_modules', runtime, 'bin', 'node');
    console.log(`\nFunctions run by Node.js ${execFileSync(nodePath, ['--version'], { encoding: 'utf8' })}`);
    const { status } = spawnSync('npx', ['jest', 'test/end-to-end'], {
      stdio: 'inherit',
      env: { ...process.env, LAMBDA_NODE_PATH: nodePath },
    });
    if (status !== 0) {
      process.exitCode = 1;
    }
  }
}

main();
