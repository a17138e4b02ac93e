import { TestBed, templateOf } from './test-bed';
import { settled } from './test-resources';

const STACK = 'put-back';

test('a replaced resource is put back, its dependents with it, and the replacement is deleted', async () => {
  const bed = await new TestBed().given(STACK, { A: { Name: 'old' }, B: { Value: { Ref: 'A' } } });
  bed.resources.failing.add('create Broken');
  const template = templateOf({ A: { Name: 'new' }, B: { Value: { Ref: 'A' } }, Broken: { DependsOn: 'B' } });
  const result = await bed.cloudFormation.deploy({ stackName: STACK, template });
  expect(result.status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(bed.resources.begun).toEqual(['create A', 'update B', 'create Broken', 'update B', 'delete A']);
  expect(bed.resources.requests.get('update B')?.properties).toEqual({ Value: 'A-1' });
  expect(bed.resources.requests.get('delete A')?.physicalId).toBe('A-3');
  expect(bed.cloudFormation.describeStackResources(STACK)).toContainEqual(
    expect.objectContaining({ logicalId: 'A', physicalId: 'A-1', status: 'UPDATE_COMPLETE' }),
  );
});

test('a replacement that fails leaves the old resource as it is, without another update', async () => {
  const bed = await new TestBed().given(STACK, { A: { Name: 'old' } });
  bed.resources.failing.add('create A');
  const result = await bed.cloudFormation.deploy({ stackName: STACK, template: templateOf({ A: { Name: 'new' } }) });
  expect(result.status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(bed.resources.begun).toEqual(['create A']);
  expect(bed.history.filter((line) => line.startsWith('A '))).toEqual([
    expect.stringMatching(/^A UPDATE_IN_PROGRESS/),
    'A UPDATE_FAILED (create A failed)',
    'A UPDATE_COMPLETE',
  ]);
});

test('a replacement that is created after it was cancelled is deleted in the clean-up', async () => {
  const bed = await new TestBed().given(STACK, { A: { Name: 'old' } });
  bed.resources.failing.add('create Broken');
  const release = bed.resources.hold('create A');
  const template = templateOf({ A: { Name: 'new' }, Broken: {} });
  const deployment = bed.cloudFormation.deploy({ stackName: STACK, template });
  await settled();
  expect(bed.history).toContain('A UPDATE_FAILED (Resource update cancelled)');
  release();
  expect((await deployment).status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(bed.resources.requests.get('delete A')).toMatchObject({ physicalId: 'A-2', properties: { Name: 'new' } });
});

test('an update that replaces the resource after it was cancelled is rolled back from there', async () => {
  const bed = await new TestBed().given(STACK, { A: { Size: 1 } });
  bed.resources.failing.add('create Broken');
  const release = bed.resources.hold('update A');
  const update = bed.resources.update.bind(bed.resources);
  jest
    .spyOn(bed.resources, 'update')
    .mockImplementationOnce(async (call) => ({ ...(await update(call)), physicalId: 'moved' }));
  const template = templateOf({ A: { Size: 2 }, Broken: {} });
  const deployment = bed.cloudFormation.deploy({ stackName: STACK, template });
  await settled();
  release();
  expect((await deployment).status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(bed.resources.requests.get('update A')).toMatchObject({ physicalId: 'moved', properties: { Size: 1 } });
  expect(bed.resources.requests.get('delete A')?.physicalId).toBe('A-1');
});
