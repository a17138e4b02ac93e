import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'cdk-glue-connection-test-example-'));
  process.env.CDK_OUTDIR = folder;
  await import('../../examples/cdk/sweep');
  delete process.env.CDK_OUTDIR;
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

test('the example of a sweep is synthesized without a warning, and runs in the deployment and on its schedule', () => {
  const template = readFileSync(path.join(folder, 'ConnectionSweep.template.json'), 'utf8');
  const { Resources } = JSON.parse(template) as {
    Resources: Record<string, { Type: string; Properties: Record<string, unknown> }>;
  };
  const ofType = (type: string) => Object.values(Resources).filter(({ Type }) => Type === type);

  expect(readFileSync(path.join(folder, 'ConnectionSweep.metadata.json'), 'utf8')).not.toContain('aws:cdk:warning');
  expect(ofType('Custom::GlueConnectionSweep')[0]?.Properties).toMatchObject({
    Include: ['prod-*'],
    Exclude: ['prod-legacy-*'],
    OnFailure: 'REPORT',
  });
  expect(ofType('AWS::Scheduler::Schedule')[0]?.Properties.ScheduleExpression).toBe('cron(0 3 * * ? *)');
});
