import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'cdk-glue-connection-test-example-'));
  process.env.CDK_OUTDIR = folder;
  await import('../../examples/cdk/monitor');
  delete process.env.CDK_OUTDIR;
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

test('the example of a monitor is synthesized without a warning, and who subscribes to its topic is told', () => {
  const template = readFileSync(path.join(folder, 'MonitoredOrders.template.json'), 'utf8');
  const { Resources } = JSON.parse(template) as {
    Resources: Record<string, { Type: string; Properties: Record<string, unknown> }>;
  };
  const ofType = (type: string) => Object.entries(Resources).filter(([, { Type }]) => Type === type);
  const [[topic] = ['']] = ofType('AWS::SNS::Topic');
  const [[, alarm] = ['', undefined]] = ofType('AWS::CloudWatch::Alarm');

  expect(readFileSync(path.join(folder, 'MonitoredOrders.metadata.json'), 'utf8')).not.toContain('aws:cdk:warning');
  expect(ofType('AWS::Scheduler::Schedule').map(([, { Properties }]) => Properties.ScheduleExpression)).toEqual([
    'rate(30 minutes)',
  ]);
  expect(alarm?.Properties).toMatchObject({
    AlarmActions: [{ Ref: topic }],
    InsufficientDataActions: [{ Ref: topic }],
    OKActions: [{ Ref: topic }],
  });
});
