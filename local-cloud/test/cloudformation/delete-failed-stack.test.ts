import { nested, NestedBed } from './nested-bed';
import { templateOf } from './test-bed';

type Resources = Parameters<typeof templateOf>[0];

const STACK = 'abandoned';

/** Keeps account of the physical resources that exist. */
function bedWithInventory(templates: Record<string, object> = {}): { bed: NestedBed; existing: Set<string> } {
  const bed = new NestedBed(templates);
  const existing = new Set<string>();
  const create = bed.resources.create.bind(bed.resources);
  const update = bed.resources.update.bind(bed.resources);
  const remove = bed.resources.delete.bind(bed.resources);
  jest.spyOn(bed.resources, 'create').mockImplementation(async (call) => {
    const result = await create(call);
    existing.add(result.physicalId);
    return result;
  });
  jest.spyOn(bed.resources, 'update').mockImplementation(async (call) => {
    const result = await update(call);
    existing.add(result.physicalId);
    return result;
  });
  jest.spyOn(bed.resources, 'delete').mockImplementation(async (call) => {
    await remove(call);
    expect(existing.delete(call.physicalId ?? '')).toBe(true);
  });
  return { bed, existing };
}

function deploy(bed: NestedBed, resources: Resources, disableRollback = true) {
  return bed.cloudFormation.deploy({ stackName: STACK, template: templateOf(resources), disableRollback });
}

const BEFORE = { A: { Place: 'a' }, Stuck: { Size: 1 }, Removed: {} };

test.each([
  ['CREATE_FAILED', [{ ...BEFORE, Broken: {} }], true],
  ['ROLLBACK_COMPLETE', [{ ...BEFORE, Broken: {} }], false],
  ['UPDATE_FAILED', [BEFORE, { A: { Place: 'b' }, Stuck: { Size: 1 }, New: {}, Broken: {} }], true],
  ['UPDATE_FAILED', [BEFORE, { A: { Place: 'b' }, Broken: {} }, { A: { Place: 'c' }, Broken: {} }], true],
  [
    'UPDATE_FAILED',
    [
      { ...BEFORE, Broken: {} },
      { A: { Place: 'b' }, Broken: {} },
    ],
    true,
  ],
  ['UPDATE_ROLLBACK_COMPLETE', [BEFORE, { A: { Place: 'b' }, Broken: { DependsOn: 'A' } }], false],
  ['UPDATE_ROLLBACK_COMPLETE', [BEFORE, { A: { Name: 'b' }, Broken: { DependsOn: 'A' } }], false],
  ['UPDATE_ROLLBACK_FAILED', [BEFORE, { A: { Name: 'b' }, Stuck: { Size: 2, DependsOn: 'A' }, New: {} }], false],
])('a stack that is %s is deleted with all that it has created', async (status, templates: Resources[], disable) => {
  const { bed, existing } = bedWithInventory();
  bed.resources.failing.add('create Broken').add('update Stuck');
  for (const resources of templates) {
    await deploy(bed, resources, resources !== templates.at(-1) || disable);
  }
  expect(bed.statusOf(STACK)).toBe(status);
  expect((await bed.cloudFormation.deleteStack(STACK))?.status).toBe('DELETE_COMPLETE');
  expect([...existing]).toEqual([]);
});

test('what a nested stack has left behind is deleted with a stack that is UPDATE_FAILED', async () => {
  const { bed, existing } = bedWithInventory({ inner: templateOf({ Inner: { Place: 'a' } }) });
  await deploy(bed, { Nested: nested('inner') });
  bed.resources.failing.add('create Broken');
  bed.templates.inner = templateOf({ Inner: { Place: 'b' }, Broken: {} });
  expect((await deploy(bed, { Nested: nested('inner') })).status).toBe('UPDATE_FAILED');
  expect(existing.size).toBe(2);
  expect((await bed.cloudFormation.deleteStack(STACK))?.status).toBe('DELETE_COMPLETE');
  expect([...existing]).toEqual([]);
});

test('fails when something cannot be deleted: another attempt deletes the rest, and nothing twice', async () => {
  const { bed, existing } = bedWithInventory();
  await deploy(bed, BEFORE);
  bed.resources.failing.add('create Broken').add('delete Stuck');
  await deploy(bed, { A: { Place: 'b' }, Stuck: { Size: 1 }, Broken: {} });
  expect((await bed.cloudFormation.deleteStack(STACK))?.status).toBe('DELETE_FAILED');
  expect(existing.size).toBe(1);
  bed.resources.failing.clear();
  expect((await bed.cloudFormation.deleteStack(STACK))?.status).toBe('DELETE_COMPLETE');
  expect([...existing]).toEqual([]);
});
