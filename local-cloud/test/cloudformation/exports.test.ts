import type { StackResult } from '../../src/cloudformation';
import { TestBed, templateOf } from './test-bed';

function exporter(value: unknown, name = 'shared'): object {
  return { ...templateOf({ A: {} }), Outputs: { Out: { Value: value, Export: { Name: { 'Fn::Sub': name } } } } };
}

const IMPORTER = templateOf({ B: { Value: { 'Fn::ImportValue': { 'Fn::Sub': 'shared' } } } });

async function exportedAndImported(): Promise<TestBed> {
  const bed = new TestBed();
  await bed.cloudFormation.deploy({ stackName: 'producer', template: exporter('one') });
  await bed.cloudFormation.deploy({ stackName: 'consumer', template: IMPORTER });
  expect(bed.resources.requests.get('create B')?.properties).toEqual({ Value: 'one' });
  return bed;
}

function update({ cloudFormation }: TestBed, template: object): Promise<StackResult> {
  return cloudFormation.deploy({ stackName: 'producer', template });
}

test('an export carries its name in the outputs, and its value to other stacks', async () => {
  const { cloudFormation } = await exportedAndImported();
  expect(cloudFormation.describeStack('producer')?.outputs).toEqual([
    { key: 'Out', value: 'one', exportName: 'shared' },
  ]);
});

test('fails when an export in use would change or go', async () => {
  const bed = await exportedAndImported();
  await update(bed, exporter('two'));
  expect(bed.history).toContain(
    'producer UPDATE_ROLLBACK_IN_PROGRESS (Export shared cannot be updated as it is in use by consumer)',
  );
  await update(bed, templateOf({ A: {} }));
  expect(bed.history).toContain(
    'producer UPDATE_ROLLBACK_IN_PROGRESS (Export shared cannot be deleted as it is in use by consumer)',
  );
  expect(await bed.cloudFormation.deleteStack('producer')).toMatchObject({
    status: 'DELETE_FAILED',
    statusReason: 'Export shared cannot be deleted as it is in use by consumer',
  });
  expect(bed.resources.begun).not.toContain('delete A');
});

test('an export may change and go when nobody uses it anymore', async () => {
  const bed = await exportedAndImported();
  await bed.cloudFormation.deploy({ stackName: 'consumer', template: templateOf({ B: { Value: 'own' } }) });
  expect((await update(bed, exporter('two'))).status).toBe('UPDATE_COMPLETE');
  await bed.cloudFormation.deploy({ stackName: 'consumer', template: IMPORTER });
  await bed.cloudFormation.deleteStack('consumer');
  expect((await bed.cloudFormation.deleteStack('producer'))?.status).toBe('DELETE_COMPLETE');
  const deployment = bed.cloudFormation.deploy({ stackName: 'consumer', template: IMPORTER });
  await expect(deployment).rejects.toThrow('No export named shared found.');
});

test('a stack that was rolled back uses no export', async () => {
  const bed = new TestBed();
  await bed.cloudFormation.deploy({ stackName: 'producer', template: exporter('one') });
  bed.resources.failing.add('create B');
  await bed.cloudFormation.deploy({ stackName: 'consumer', template: IMPORTER });
  expect((await bed.cloudFormation.deleteStack('producer'))?.status).toBe('DELETE_COMPLETE');
});

test('fails when the name of an export is taken', async () => {
  const bed = await exportedAndImported();
  const result = await bed.cloudFormation.deploy({ stackName: 'other', template: exporter('three') });
  expect(result.status).toBe('ROLLBACK_COMPLETE');
  expect(bed.history).toContain(
    'other ROLLBACK_IN_PROGRESS (Export with name shared is already exported by stack producer. Rollback requested by user.)',
  );
});

test('fails when an output is no text', async () => {
  const bed = new TestBed();
  const result = await update(bed, exporter({ 'Fn::Split': [',', { 'Fn::GetAtt': 'A.Arn' }] }));
  expect(result.status).toBe('ROLLBACK_COMPLETE');
});

describe('Fn::GetStackOutput', () => {
  const reader = (OutputName = 'Out') =>
    templateOf({
      B: { Value: { 'Fn::GetStackOutput': { StackName: 'producer', OutputName, Region: { Ref: 'AWS::Region' } } } },
    });
  const producer = (value: string) => ({ ...templateOf({ A: {} }), Outputs: { Out: { Value: value } } });

  test('reads an output of another stack, which may change and go nevertheless', async () => {
    const bed = new TestBed();
    await bed.cloudFormation.deploy({ stackName: 'producer', template: producer('one') });
    await bed.cloudFormation.deploy({ stackName: 'consumer', template: reader() });
    expect(bed.resources.requests.get('create B')?.properties).toEqual({ Value: 'one' });

    expect((await update(bed, producer('two'))).status).toBe('UPDATE_COMPLETE');
    expect(await bed.cloudFormation.deploy({ stackName: 'consumer', template: reader() })).toMatchObject({
      changed: true,
      status: 'UPDATE_COMPLETE',
    });
    expect(bed.resources.requests.get('update B')?.properties).toEqual({ Value: 'two' });
    expect((await bed.cloudFormation.deleteStack('producer'))?.status).toBe('DELETE_COMPLETE');
  });

  test.each(['Other', 'Out'])('fails when there is no such output, or stack: %s', async (outputName) => {
    const bed = new TestBed();
    if (outputName === 'Other') {
      await bed.cloudFormation.deploy({ stackName: 'producer', template: producer('one') });
    }
    await expect(bed.cloudFormation.deploy({ stackName: 'consumer', template: reader(outputName) })).rejects.toThrow(
      `No output named ${outputName} found in stack producer.`,
    );
  });
});
