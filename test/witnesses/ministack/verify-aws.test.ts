import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Results } from '../../../tools/verify-aws/results';
import { startKit } from '../../tools/verify-aws/started-kit';
import { MiniStackBed } from './bed';

jest.setTimeout(240_000);

let bed: MiniStackBed;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'cdk-glue-connection-test-verify-'));
  bed = await MiniStackBed.start();
  await bed.cli.cdk(['bootstrap'], { app: 'test/integ/integ.lifecycle.ts' });
});
afterAll(async () => {
  await bed.stop();
  rmSync(folder, { recursive: true, force: true });
});

test('npm run verify:aws deploys in MiniStack, answers what can be answered there, and deletes its stacks', async () => {
  const ids = ['classic-by-name', 'depends-on', 'update-rollback', 'create-rollback', 'secret-reader'];
  const args = ['--yes', '--wait', '0', '--store-url', bed.cli.jdbcUrl, '--only', ids.join()];
  const variables = {
    ...bed.ministack.variables,
    AWS_ENDPOINT_URL_GLUE: bed.glue.url,
    VERIFY_STORE_PASSWORD: bed.password,
  };

  const { exitCode, output } = await startKit(folder, variables, args).ended;

  expect({ exitCode, output }).toMatchObject({ exitCode: 0 });
  const results = JSON.parse(readFileSync(path.join(folder, 'results.json'), 'utf8')) as Results;
  expect({ seen: results['classic-by-name']?.seen, output }).toMatchObject({
    seen: expect.stringMatching(/^passed /) as string,
  });
  expect({ seen: results['update-rollback']?.seen, output }).toMatchObject({
    seen: expect.stringMatching(/UPDATE_ROLLBACK_COMPLETE; test UPDATE_IN_PROGRESS → UPDATE_FAILED/) as string,
  });
  expect(output).toContain('secret-reader: not answered here');
  expect(output).toContain('No stack of the kit is left.');
  expect([await bed.status('GlueVerifyPublic'), await bed.status('GlueVerifyLifecycle')]).toEqual([
    undefined,
    undefined,
  ]);
});
