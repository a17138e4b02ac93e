import type { StackResult } from '../../src/cloudformation';
import { TestBed, templateOf } from './test-bed';

const STACK = 'updated';

function update(bed: TestBed, resources: Parameters<typeof templateOf>[0]): Promise<StackResult> {
  return bed.cloudFormation.deploy({ stackName: STACK, template: templateOf(resources) });
}

test('a changed property is updated in place, with what it was before', async () => {
  const bed = await new TestBed().given(STACK, { A: { Size: 1 }, Same: { Size: 1 } });
  expect((await update(bed, { A: { Size: 2 }, Same: { Size: '1' } })).status).toBe('UPDATE_COMPLETE');
  expect(bed.resources.begun).toEqual(['update A']);
  expect(bed.resources.requests.get('update A')).toMatchObject({
    physicalId: 'A-1',
    properties: { Size: 2 },
    previousProperties: { Size: 1 },
  });
  expect(bed.cloudFormation.describeStack(STACK)?.lastUpdatedTime).toBeInstanceOf(Date);
  expect(bed.history).toEqual([
    `${STACK} UPDATE_IN_PROGRESS (User Initiated)`,
    'A UPDATE_IN_PROGRESS',
    'A UPDATE_COMPLETE',
    `${STACK} UPDATE_COMPLETE_CLEANUP_IN_PROGRESS`,
    `${STACK} UPDATE_COMPLETE`,
  ]);
});

test('an unchanged template is no update: nothing happens', async () => {
  const bed = await new TestBed().given(STACK, { A: { Size: 1, Value: { Ref: 'AWS::StackId' } } });
  const before = bed.cloudFormation.describeStack(STACK);
  const input = { stackName: STACK, template: templateOf({ A: { Value: { Ref: 'AWS::StackId' }, Size: 1 } }) };
  expect(bed.cloudFormation.changeSet(input)).toEqual({ changes: [], isEmpty: true });
  expect(await bed.cloudFormation.deploy(input)).toMatchObject({ changed: false, status: 'CREATE_COMPLETE' });
  expect(bed.history).toEqual([]);
  expect(bed.cloudFormation.describeStack(STACK)).toEqual(before);
});

test.each([
  ['metadata', templateOf({ A: { Metadata: { note: 'new' } } })],
  ['a deletion policy', templateOf({ A: { DeletionPolicy: 'Retain' } })],
  ['an output', { ...templateOf({ A: {} }), Outputs: { New: { Value: { Ref: 'A' } } } }],
])('a change of %s alone updates the stack and no resource', async (_title, template) => {
  const bed = await new TestBed().given(STACK, { A: {} });
  expect(bed.cloudFormation.changeSet({ stackName: STACK, template })).toEqual({ changes: [], isEmpty: false });
  expect((await bed.cloudFormation.deploy({ stackName: STACK, template })).status).toBe('UPDATE_COMPLETE');
  expect(bed.resources.begun).toEqual([]);
});

test('a resource is updated when what it refers to has changed by the update, after that', async () => {
  const bed = await new TestBed().given(STACK, {
    A: { Size: 1 },
    UsesSize: { Value: { 'Fn::GetAtt': 'A.Size' } },
    UsesArn: { Value: { 'Fn::GetAtt': 'A.Arn' } },
  });
  await update(bed, {
    A: { Size: 2 },
    UsesSize: { Value: { 'Fn::GetAtt': 'A.Size' } },
    UsesArn: { Value: { 'Fn::GetAtt': 'A.Arn' } },
  });
  expect(bed.resources.begun).toEqual(['update A', 'update UsesSize']);
  expect(bed.resources.requests.get('update UsesSize')).toMatchObject({
    properties: { Value: 2 },
    previousProperties: { Value: 1 },
  });
});

test('a replacement is created first, dependents follow it, and the old resource is deleted in the clean-up', async () => {
  const bed = await new TestBed().given(STACK, { A: { Name: 'old' }, B: { Value: { Ref: 'A' } } });
  await update(bed, { A: { Name: 'new' }, B: { Value: { Ref: 'A' } } });
  expect(bed.resources.begun).toEqual(['create A', 'update B', 'delete A']);
  expect(bed.resources.requests.get('update B')?.properties).toEqual({ Value: 'A-3' });
  expect(bed.resources.requests.get('delete A')).toMatchObject({ physicalId: 'A-1', properties: { Name: 'old' } });
  expect(bed.history).toEqual([
    `${STACK} UPDATE_IN_PROGRESS (User Initiated)`,
    'A UPDATE_IN_PROGRESS (Requested update requires the creation of a new physical resource; hence creating one.)',
    'A UPDATE_IN_PROGRESS (Resource creation Initiated)',
    'A UPDATE_COMPLETE',
    'B UPDATE_IN_PROGRESS',
    'B UPDATE_COMPLETE',
    `${STACK} UPDATE_COMPLETE_CLEANUP_IN_PROGRESS`,
    'A DELETE_IN_PROGRESS',
    'A DELETE_COMPLETE',
    `${STACK} UPDATE_COMPLETE`,
  ]);
  expect(bed.events[1]).toMatchObject({ physicalId: 'A-1', properties: { Name: 'new' } });
  expect(bed.cloudFormation.describeStackResources(STACK)).toContainEqual(
    expect.objectContaining({ logicalId: 'A', physicalId: 'A-3', status: 'UPDATE_COMPLETE' }),
  );
  await update(bed, { A: { Name: 'new' }, B: { Value: 'own' } });
  expect(bed.resources.begun.filter((name) => name === 'delete A')).toHaveLength(1);
});

test('resources are added in the update and removed in its clean-up, dependents first', async () => {
  const bed = await new TestBed().given(STACK, { Base: {}, Old: { DependsOn: 'Base' }, Kept: { Value: 1 } });
  await update(bed, { Kept: { Value: 1 }, New: {} });
  expect(bed.resources.begun).toEqual(['create New', 'delete Old', 'delete Base']);
  expect(bed.cloudFormation.describeStackResources(STACK).map(({ logicalId }) => logicalId)).toEqual(['Kept', 'New']);
});

test('DeletionPolicy keeps what is removed, UpdateReplacePolicy what is replaced', async () => {
  const first = {
    Removed: { DeletionPolicy: 'RetainExceptOnCreate' },
    Replaced: { UpdateReplacePolicy: 'Retain', Name: 'old' },
    Deleted: { DeletionPolicy: 'Retain', Name: 'old' },
  };
  const bed = await new TestBed().given(STACK, first);
  await update(bed, { Replaced: { Name: 'new' }, Deleted: { DeletionPolicy: 'Retain', Name: 'new' } });
  expect(bed.history).toEqual(expect.arrayContaining(['Removed DELETE_SKIPPED', 'Replaced DELETE_SKIPPED']));
  expect(bed.resources.begun.filter((name) => name.startsWith('delete'))).toEqual(['delete Deleted']);
});

test('what the clean-up cannot delete in three attempts leaves the stack, which is updated nevertheless', async () => {
  const bed = await new TestBed().given(STACK, { A: {}, Stuck: {} });
  bed.resources.failing.add('delete Stuck');
  expect(await update(bed, { A: {} })).toMatchObject({
    status: 'UPDATE_COMPLETE',
    statusReason: 'Update successful. One or more resources could not be deleted.',
  });
  expect(bed.resources.begun).toEqual(['delete Stuck', 'delete Stuck', 'delete Stuck']);
  expect(bed.cloudFormation.describeStackResources(STACK).map(({ logicalId }) => logicalId)).toEqual(['A']);
});

test("what has been replaced and cannot be deleted is not the stack's anymore", async () => {
  const bed = await new TestBed().given(STACK, { A: { Name: 'old' } });
  bed.resources.failing.add('delete A');
  await update(bed, { A: { Name: 'new' } });
  bed.resources.failing.clear();
  bed.resources.begun.length = 0;
  await bed.cloudFormation.deleteStack(STACK);
  expect(bed.resources.begun).toEqual(['delete A']);
});
