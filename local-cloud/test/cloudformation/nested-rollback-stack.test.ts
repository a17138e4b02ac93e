import { nested, NestedBed } from './nested-bed';
import { templateOf } from './test-bed';

type Resources = Parameters<typeof templateOf>[0];

function deploy(bed: NestedBed, outer: Resources) {
  return bed.cloudFormation.deploy({ stackName: 'outer', template: templateOf(outer), disableRollback: true });
}

const OUTER = { Nested: nested('inner') };

async function given(inner: Resources, outer: Resources = OUTER): Promise<NestedBed> {
  const bed = new NestedBed({ inner: templateOf(inner) });
  expect((await deploy(bed, outer)).status).toBe('CREATE_COMPLETE');
  return bed;
}

/** Rolls back, forgetting everything that was before. */
async function rollBack(bed: NestedBed): Promise<string> {
  bed.resources.failing.clear();
  bed.resources.begun.length = 0;
  bed.events.length = 0;
  return (await bed.cloudFormation.rollbackStack('outer')).status;
}

test('a nested stack whose updates have failed goes back with the stack around, to before the first of them', async () => {
  const bed = await given({ Inner: { Size: 1 }, Moved: { Place: 'a' } });
  bed.resources.failing.add('create Broken');
  for (const [Size, Place] of [
    [2, 'b'],
    [3, 'c'],
  ]) {
    bed.templates.inner = templateOf({ Inner: { Size }, Moved: { Place }, Broken: {} });
    expect((await deploy(bed, OUTER)).status).toBe('UPDATE_FAILED');
  }
  expect(await rollBack(bed)).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(bed.historyOf('outer')).toEqual([
    'outer UPDATE_ROLLBACK_IN_PROGRESS (User Initiated)',
    'Nested UPDATE_IN_PROGRESS',
    'Nested UPDATE_COMPLETE',
    'outer UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS',
    'outer UPDATE_ROLLBACK_COMPLETE',
  ]);
  expect(bed.statusOf(bed.nestedId())).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(bed.resources.begun).toEqual([
    ...['update Inner', 'update Moved'],
    ...['delete Moved', 'delete Moved', 'delete Moved'],
  ]);
  expect(bed.resources.requests.get('update Inner')?.properties).toEqual({ Size: 1 });
});

test('a nested stack whose updates have succeeded goes back, too, though they have been cleaned up', async () => {
  const bed = await given({ Inner: { Size: 1 }, Removed: {} });
  bed.resources.failing.add('create Broken');
  for (const Size of [2, 3]) {
    bed.templates.inner = templateOf({ Inner: { Size } });
    await deploy(bed, { ...OUTER, Broken: { DependsOn: 'Nested' } });
    expect(bed.statusOf(bed.nestedId())).toBe('UPDATE_COMPLETE');
  }
  expect(await rollBack(bed)).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(bed.resources.begun).toEqual(['update Inner', 'create Removed']);
  expect(bed.statusOf(bed.nestedId())).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(bed.cloudFormation.describeStack(bed.nestedId())?.template).toEqual(
    templateOf({ Inner: { Size: 1 }, Removed: {} }),
  );
});

test('a nested stack that did not change is left alone; one that is new is deleted', async () => {
  const bed = await given({ Inner: {} });
  bed.templates.other = templateOf({ Other: {}, Broken: {} });
  bed.resources.failing.add('create Broken');
  await deploy(bed, { ...OUTER, New: nested('other') });
  const newId = bed.nestedId('New');
  expect(bed.statusOf(newId)).toBe('CREATE_FAILED');
  expect(await rollBack(bed)).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(bed.historyOf('Nested')).toEqual([]);
  expect(bed.statusOf(newId)).toBe('DELETE_COMPLETE');
  expect(bed.resources.begun).toEqual(['delete Other']);
});

test('an update of the stack around that succeeds is what later rollbacks of a nested stack go back to', async () => {
  const bed = await given({ Inner: { Size: 1 } });
  bed.resources.failing.add('create Broken');
  bed.templates.inner = templateOf({ Inner: { Size: 2 } });
  await deploy(bed, { ...OUTER, Broken: { DependsOn: 'Nested' } });
  await deploy(bed, OUTER);
  bed.templates.inner = templateOf({ Inner: { Size: 3 }, Broken: {} });
  await deploy(bed, OUTER);
  expect(await rollBack(bed)).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(bed.resources.requests.get('update Inner')?.properties).toEqual({ Size: 2 });
});

test('a creation that has failed is rolled back with the nested stacks in it', async () => {
  const bed = new NestedBed({ inner: templateOf({ Inner: {}, Broken: {} }) });
  bed.resources.failing.add('create Broken');
  expect((await deploy(bed, OUTER)).status).toBe('CREATE_FAILED');
  const nestedId = bed.nestedId();
  expect(await rollBack(bed)).toBe('ROLLBACK_COMPLETE');
  expect(bed.statusOf(nestedId)).toBe('DELETE_COMPLETE');
  expect(bed.resources.begun).toEqual(['delete Inner']);
});

test('fails when a nested stack is rolled back by itself', async () => {
  const bed = await given({ Inner: { Size: 1 } });
  bed.templates.inner = templateOf({ Broken: {} });
  bed.resources.failing.add('create Broken');
  await deploy(bed, OUTER);
  await expect(bed.cloudFormation.rollbackStack(bed.nestedId())).rejects.toThrow(/is a nested stack/);
});
