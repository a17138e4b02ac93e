import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { ProvidedCloud } from './provided-cloud';

jest.setTimeout(60_000);

const JOB_ROLE = { JobRoleArn: 'arn:aws:iam::111122223333:role/glue' };

let folder: string;
let provided: ProvidedCloud;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'cdk-glue-connection-test-example-'));
  process.env.CDK_OUTDIR = folder;
  await import('../../examples/cdk/app');
  delete process.env.CDK_OUTDIR;
  provided = await ProvidedCloud.start();
});
beforeEach(() => provided.deployProvider({ ConnectionNamePattern: 'orders*' }));
afterEach(() => provided.deleteStacks('Report', 'Orders', 'Connection'));
afterAll(async () => {
  await provided.stop();
  rmSync(folder, { recursive: true, force: true });
});

const deployOrders = (parameters: Record<string, string> = {}) =>
  provided.deployAssembly(folder, 'Orders', { JdbcUrl: provided.jdbcUrl, ...JOB_ROLE, ...parameters });

test('the example for the CDK is synthesized without a warning, and has no function of its own', () => {
  for (const name of ['Orders', 'Report']) {
    const template = readFileSync(path.join(folder, `${name}.template.json`), 'utf8');
    expect(readFileSync(path.join(folder, `${name}.metadata.json`), 'utf8')).not.toContain('aws:cdk:warning');
    expect(template).toContain('"Custom::GlueConnectionTest"');
    expect(template).not.toMatch(/AWS::Lambda|AWS::IAM/);
  }
});

test('it is deployed with the provider of the template, and both jobs after their tests', async () => {
  await provided.deployConnection('orders-archive', 'orders/database');
  for (const deploy of [deployOrders, () => provided.deployAssembly(folder, 'Report', JOB_ROLE)]) {
    expect((await deploy()).status).toBe('CREATE_COMPLETE');
    expect(provided.eventsOf('Custom::GlueConnectionTest')).toContain('CREATE_COMPLETE');
    expect(provided.eventsOf('AWS::Glue::Job')).toContain('CREATE_COMPLETE');
  }
});

test('it fails when the password is wrong, and the job is not created', async () => {
  expect((await deployOrders({ CredentialsName: 'orders/wrong' })).status).toBe('ROLLBACK_COMPLETE');
  expect(provided.failure).toContain("Glue connection 'orders' failed its test: CREDENTIALS");
  expect(provided.eventsOf('AWS::Glue::Job')).toEqual([]);
});
