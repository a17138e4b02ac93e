import { failure, success, TestBed, templateOf } from './test-bed';

type Resources = Parameters<typeof templateOf>[0];

const STACK = 'paused';

function deploy(bed: TestBed, resources: Resources) {
  return bed.cloudFormation.deploy({ stackName: STACK, template: templateOf(resources), disableRollback: true });
}

/** A stack in which several updates have failed, one after the other, all with rollback disabled. */
async function afterUpdates(before: Resources, ...updates: Resources[]): Promise<TestBed> {
  const bed = await new TestBed().given(STACK, before);
  bed.resources.failing.add('create Broken');
  for (const resources of updates) {
    expect((await deploy(bed, { ...resources, Broken: {} })).status).toBe('UPDATE_FAILED');
  }
  bed.resources.failing.clear();
  bed.events.length = 0;
  bed.resources.begun.length = 0;
  return bed;
}

test('a failed creation is rolled back: all that there is is deleted, and an empty stack is left', async () => {
  const bed = new TestBed();
  bed.resources.failing.add('create Broken');
  await deploy(bed, { A: {}, Kept: { DeletionPolicy: 'Retain' }, Broken: { DependsOn: 'A' } });
  bed.events.length = 0;
  const result = await bed.cloudFormation.rollbackStack(STACK, { clientRequestToken: 'token' });
  expect(result).toMatchObject({ status: 'ROLLBACK_COMPLETE', changed: true, outputs: {} });
  expect(bed.history).toEqual([
    `${STACK} ROLLBACK_IN_PROGRESS (User Initiated)`,
    'Broken DELETE_COMPLETE',
    'Kept DELETE_SKIPPED',
    'A DELETE_IN_PROGRESS',
    'A DELETE_COMPLETE',
    `${STACK} ROLLBACK_COMPLETE`,
  ]);
  expect(new Set(bed.events.map(({ clientRequestToken }) => clientRequestToken))).toEqual(new Set(['token']));
});

test('without a last known stable state, a failed update after a failed creation is rolled back to nothing', async () => {
  const bed = new TestBed();
  bed.resources.failing.add('create Broken');
  await deploy(bed, { A: { Place: 'a' }, Broken: {} });
  expect((await deploy(bed, { A: { Place: 'b' }, Broken: {} })).status).toBe('UPDATE_FAILED');
  bed.resources.begun.length = 0;
  expect((await bed.cloudFormation.rollbackStack(STACK)).status).toBe('ROLLBACK_COMPLETE');
  expect(bed.resources.begun).toEqual(['delete A', 'delete A']);
});

test('fails when a resource cannot be deleted: the stack can be deleted, without deleting anything twice', async () => {
  const bed = new TestBed();
  bed.resources.failing.add('create Broken').add('delete Stuck');
  await deploy(bed, { A: { Place: 'a' }, Stuck: {}, Broken: {} });
  await deploy(bed, { A: { Place: 'b' }, Stuck: {}, Broken: {} });
  expect((await bed.cloudFormation.rollbackStack(STACK)).status).toBe('ROLLBACK_FAILED');
  bed.resources.failing.clear();
  bed.resources.begun.length = 0;
  expect((await bed.cloudFormation.deleteStack(STACK))?.status).toBe('DELETE_COMPLETE');
  expect(bed.resources.begun).toEqual(['delete Stuck']);
});

test('a failed update is rolled back to what the stack was before', async () => {
  const bed = await afterUpdates({ A: { Size: 1 }, Removed: {} }, { A: { Size: 2 }, New: {} });
  expect((await bed.cloudFormation.rollbackStack(STACK)).status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(bed.history).toEqual([
    `${STACK} UPDATE_ROLLBACK_IN_PROGRESS (User Initiated)`,
    'A UPDATE_IN_PROGRESS',
    'A UPDATE_COMPLETE',
    `${STACK} UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS`,
    'New DELETE_IN_PROGRESS',
    'Broken DELETE_COMPLETE',
    'New DELETE_COMPLETE',
    `${STACK} UPDATE_ROLLBACK_COMPLETE`,
  ]);
  expect(bed.resources.requests.get('update A')).toMatchObject({
    properties: { Size: 1 },
    previousProperties: { Size: 2 },
  });
  const template = templateOf({ A: { Size: 1 }, Removed: {} });
  expect(bed.cloudFormation.describeStack(STACK)?.template).toEqual(template);
  expect((await bed.cloudFormation.deploy({ stackName: STACK, template })).changed).toBe(false);
});

test('after several failed updates it goes back to before the first of them, and leaves nothing behind', async () => {
  const before = { A: { Size: 1 }, Moved: { Place: 'a' }, Removed: {} };
  const bed = await afterUpdates(
    before,
    { A: { Size: 2 }, Moved: { Place: 'b' }, Removed: {}, New: {} },
    { A: { Size: 3 }, Moved: { Place: 'c' } },
  );
  expect((await bed.cloudFormation.rollbackStack(STACK)).status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(bed.resources.begun).toEqual([
    'update A',
    'update Moved',
    ...['delete New', 'delete Moved', 'delete Moved', 'delete Moved'],
  ]);
  expect(bed.resources.requests.get('update A')?.properties).toEqual({ Size: 1 });
  expect(bed.resources.requests.get('update Moved')?.properties).toEqual({ Place: 'a' });
  const template = templateOf(before);
  expect((await bed.cloudFormation.deploy({ stackName: STACK, template })).changed).toBe(false);
});

test('an update that succeeds is what later rollbacks go back to', async () => {
  const bed = await afterUpdates({ A: { Size: 1 } }, { A: { Size: 2 } });
  expect((await deploy(bed, { A: { Size: 3 } })).status).toBe('UPDATE_COMPLETE');
  bed.resources.failing.add('create Broken');
  await deploy(bed, { A: { Size: 4 }, Broken: {} });
  await bed.cloudFormation.rollbackStack(STACK);
  expect(bed.resources.requests.get('update A')?.properties).toEqual({ Size: 3 });
});

test('new resources with DeletionPolicy Retain are retained, unless retainExceptOnCreate is set', async () => {
  const updated = { A: {}, Kept: { DeletionPolicy: 'Retain' } };
  const bed = await afterUpdates({ A: {} }, updated);
  await bed.cloudFormation.rollbackStack(STACK);
  expect(bed.history).toContain('Kept DELETE_SKIPPED');
  const other = await afterUpdates({ A: {} }, updated);
  await other.cloudFormation.rollbackStack(STACK, { retainExceptOnCreate: true });
  expect(other.resources.begun).toEqual(['delete Kept']);

  const created = new TestBed();
  created.resources.failing.add('create Broken');
  await deploy(created, { ...updated, Broken: {} });
  await created.cloudFormation.rollbackStack(STACK, { retainExceptOnCreate: true });
  expect(created.resources.begun.filter((name) => name.startsWith('delete'))).toEqual(['delete A', 'delete Kept']);
});

test('a custom resource whose update failed has gone back already, and is not asked again', async () => {
  const custom = (Size: number) => ({ A: { Type: 'Custom::Test', ServiceToken: 'token', Size } });
  const bed = await new TestBed().given(STACK, custom(1));
  bed.answer = (event) => (event.ResourceProperties.Size === '2' ? failure(event) : success(event));
  expect((await deploy(bed, custom(2))).status).toBe('UPDATE_FAILED');
  bed.events.length = 0;
  expect((await bed.cloudFormation.rollbackStack(STACK)).status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(bed.customResourceEvents).toHaveLength(3);
  expect(bed.history.slice(1, 3)).toEqual([
    'A UPDATE_COMPLETE',
    `${STACK} UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS`,
  ]);
  await bed.cloudFormation.close();
});

test('what could not go back is asked again, by a rollback and by another update', async () => {
  const custom = (Size: number) => ({ A: { Type: 'Custom::Test', ServiceToken: 'token', Size } });
  const bed = await new TestBed().given(STACK, custom(1));
  bed.answer = (event) => failure(event);
  await deploy(bed, custom(2));
  await deploy(bed, custom(2));
  expect(bed.customResourceEvents).toMatchObject(
    ['1', '2', '1', '2', '1'].map((Size) => ({ ResourceProperties: { Size } })),
  );
  bed.answer = success;
  expect((await bed.cloudFormation.rollbackStack(STACK)).status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(bed.customResourceEvents.slice(5)).toMatchObject([
    { RequestType: 'Update', ResourceProperties: { Size: '1' } },
  ]);
  await bed.cloudFormation.close();
});

test('fails when a resource cannot go back', async () => {
  const bed = await afterUpdates({ A: { Size: 1 } }, { A: { Size: 2 } });
  bed.resources.failing.add('update A');
  expect((await bed.cloudFormation.rollbackStack(STACK)).status).toBe('UPDATE_ROLLBACK_FAILED');
});

test('fails when the stack is in no failed state, or in one that its rollback has led to', async () => {
  const bed = await new TestBed().given(STACK, { A: { Size: 1 } });
  const { stackId } = bed.cloudFormation.describeStack(STACK)!;
  await expect(bed.cloudFormation.rollbackStack(STACK)).rejects.toThrow(
    `Stack:${stackId} is in CREATE_COMPLETE state and can not be rolled back.`,
  );
  bed.resources.failing.add('update A');
  await bed.cloudFormation.deploy({ stackName: STACK, template: templateOf({ A: { Size: 2 } }) });
  await expect(bed.cloudFormation.rollbackStack(STACK)).rejects.toThrow(/is in UPDATE_ROLLBACK_FAILED state/);
  await expect(bed.cloudFormation.rollbackStack('nowhere')).rejects.toThrow('Stack [nowhere] does not exist');
});
