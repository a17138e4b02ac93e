import { ENVIRONMENT } from '@cdk-glue-connection-test/local-cloud';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Results } from '../../tools/verify-aws/results';
import { startKit, type StartedKit } from '../tools/verify-aws/started-kit';
import { CliBed } from './cli';

jest.setTimeout(240_000);

const LEFT_NOTHING = 'No stack of the kit is left.';

let cli: CliBed;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'cdk-glue-connection-test-verify-'));
  cli = await CliBed.start();
});
afterAll(async () => {
  await cli.stop();
  rmSync(folder, { recursive: true, force: true });
});

function verify(...args: string[]): StartedKit {
  const place = {
    AWS_ENDPOINT_URL: cli.cloud.endpointUrl,
    AWS_REGION: ENVIRONMENT.region,
    ...cli.cloud.administrator(),
  };
  return startKit(folder, { ...place, VERIFY_STORE_PASSWORD: cli.password }, args);
}

const status = (stack: string) => cli.cloud.cloudFormation.describeStack(stack)?.status;
const resultsIn = (file: string) => JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as Results;

test('answers what local-cloud can answer, says what it can not, and leaves nothing but the stacks of others', async () => {
  await cli.deployOrders(cli.password);
  const ids = ['classic-by-name', 'jdbc-by-input', 'depends-on', 'update-rollback', 'reason', 'secret-reader'];

  const { exitCode, output } = await verify(
    ...['--yes', '--wait', '0', '--store-url', cli.jdbcUrl, '--only', [...ids, 'findings'].join()],
  ).ended;

  expect(exitCode).toBe(0);
  expect(output).toContain(`Account ${ENVIRONMENT.accountId}, Region ${ENVIRONMENT.region}`);
  expect(output).toMatch(/^It costs less than \$0\.\d\d an hour, and never more than \$1:$/m);
  const results = resultsIn('results.json');
  expect(results['classic-by-name']?.seen).toMatch(/^passed \(public, [\d.]+ s\)$/);
  expect(results['jdbc-by-input']?.seen).toMatch(/InputOfSecret: PASSED.*InputOfPassword: PASSED/);
  expect(results['update-rollback']?.seen).toMatch(/UPDATE_ROLLBACK_COMPLETE; test UPDATE_IN_PROGRESS → UPDATE_FAILED/);
  expect(results.reason?.seen).toContain('failed its test: UNREACHABLE');
  for (const id of ['secret-reader', 'findings']) {
    expect(output).toContain(`${id}: not answered here`);
    expect(results[id]?.seen).toBeNull();
  }
  expect(readFileSync(path.join(folder, 'seen.json'), 'utf8')).toContain('FATAL: password authentication failed');
  expect(readFileSync(path.join(folder, 'verify-aws.md'), 'utf8')).toMatch(/^\| `findings` .*\| not answered +\| 20/m);
  expect(output).toContain(LEFT_NOTHING);
  expect(output).not.toContain(cli.password);
  expect(status('GlueVerifyPublic')).toBeUndefined();
  expect(status('Orders')).toBe('CREATE_COMPLETE');
});

test('deletes its stacks when it is ended by Ctrl-C', async () => {
  const { child, ended } = verify('--yes', '--wait', '0', '--only', 'other-types');
  while (status('GlueVerifyKafka') === undefined) {
    await setTimeout(50);
  }
  child.kill('SIGINT');
  const { exitCode, output } = await ended;

  expect(output).toContain(LEFT_NOTHING);
  expect(exitCode).toBe(130);
  expect(status('GlueVerifyKafka')).toBeUndefined();
});

test('deletes what an earlier run has left, and nothing else', async () => {
  const { exitCode: deployed } = await cli.deploy(['GlueVerifyKafka'], { app: 'test/integ/integ.types.ts' });
  const { exitCode, output } = await verify('--cleanup').ended;

  expect([deployed, exitCode]).toEqual([0, 0]);
  expect(output).toBe(`deleting GlueVerifyKafka (CREATE_COMPLETE)\n${LEFT_NOTHING}\n`);
  expect(status('Orders')).toBe('CREATE_COMPLETE');
});

test('deploys nothing without a confirmation', async () => {
  const { exitCode, output } = await verify('--only', 'other-types').ended;

  expect(exitCode).toBe(1);
  expect(output).toContain("nobody can be asked here: confirm by '--yes'");
  expect(status('GlueVerifyKafka')).toBeUndefined();
});
