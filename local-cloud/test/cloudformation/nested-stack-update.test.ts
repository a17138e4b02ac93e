import { nested, NestedBed } from './nested-bed';
import { templateOf } from './test-bed';
import { settled } from './test-resources';

type Resources = Parameters<typeof templateOf>[0];

function deploy(bed: NestedBed, resources: Resources, disableRollback?: boolean) {
  return bed.cloudFormation.deploy({ stackName: 'outer', template: templateOf(resources), disableRollback });
}

/** A stack with a nested one, whose resource is of size 1, and a resource that comes after it; without a history. */
async function given(inner: Resources = { Inner: { Size: 1 } }): Promise<NestedBed> {
  const bed = new NestedBed({ inner: templateOf(inner) });
  expect((await deploy(bed, { Nested: nested('inner'), After: AFTER })).status).toBe('CREATE_COMPLETE');
  bed.events.length = 0;
  bed.resources.begun.length = 0;
  return bed;
}

const AFTER = { DependsOn: 'Nested', Size: 1 };

test('it is sent an update though its properties are as they were, for its template may have changed', async () => {
  const bed = await given();
  bed.templates.inner = templateOf({ Inner: { Size: 2 } });
  expect((await deploy(bed, { Nested: nested('inner'), After: AFTER })).status).toBe('UPDATE_COMPLETE');
  expect(bed.resources.begun).toEqual(['update Inner']);
  expect(bed.statusOf(bed.nestedId())).toBe('UPDATE_COMPLETE');
});

test('an update that changes nothing in it is none for it', async () => {
  const bed = await given();
  expect(await deploy(bed, { Nested: nested('inner'), After: AFTER })).toMatchObject({
    status: 'UPDATE_COMPLETE',
    changed: true,
  });
  expect(bed.historyOf('outer')).toEqual([
    'outer UPDATE_IN_PROGRESS (User Initiated)',
    'Nested UPDATE_IN_PROGRESS',
    'Nested UPDATE_COMPLETE',
    'outer UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
    'outer UPDATE_COMPLETE',
  ]);
  expect(bed.historyOf('Nested')).toEqual([]);
  expect(bed.statusOf(bed.nestedId())).toBe('CREATE_COMPLETE');
});

test('new outputs of it are seen by what comes after it', async () => {
  const inner = (value: string) => ({ ...templateOf({ Inner: {} }), Outputs: { Out: { Value: value } } });
  const outer = { Nested: nested('inner'), After: { Value: { 'Fn::GetAtt': 'Nested.Outputs.Out' } } };
  const bed = new NestedBed({ inner: inner('one') });
  await deploy(bed, outer);
  bed.templates.inner = inner('two');
  await deploy(bed, outer);
  expect(bed.resources.requests.get('update After')?.properties).toEqual({ Value: 'two' });
});

test('what it has replaced is deleted when the stack around has come through', async () => {
  const bed = await given({ Inner: { Name: 'a' } });
  bed.templates.inner = templateOf({ Inner: { Name: 'b' } });
  const release = bed.resources.hold('update After');
  const deployment = deploy(bed, { Nested: nested('inner'), After: { ...AFTER, Size: 2 } });
  await settled();
  expect(bed.statusOf(bed.nestedId())).toBe('UPDATE_COMPLETE_CLEANUP_IN_PROGRESS');
  expect(bed.resources.begun).toEqual(['create Inner', 'update After']);

  release();
  expect((await deployment).status).toBe('UPDATE_COMPLETE');
  expect(bed.resources.begun).toEqual(['create Inner', 'update After', 'delete Inner']);
  expect(bed.resources.requests.get('delete Inner')?.physicalId).toBe('Inner-1');
  expect(bed.statusOf(bed.nestedId())).toBe('UPDATE_COMPLETE');
});

test('it is deleted when it is no longer in the template', async () => {
  const bed = await given();
  const id = bed.nestedId();
  await deploy(bed, { After: { Size: 1 } });
  expect(bed.statusOf(id)).toBe('DELETE_COMPLETE');
});

test('fails when its update is refused: nothing has happened in it', async () => {
  const bed = await given();
  bed.templates.inner = { Resources: {} };
  expect((await deploy(bed, { Nested: nested('inner'), After: AFTER })).status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(bed.historyOf('outer').slice(1)).toEqual([
    'Nested UPDATE_IN_PROGRESS',
    'Nested UPDATE_FAILED (Template format error: At least one Resources member must be defined.)',
    'outer UPDATE_ROLLBACK_IN_PROGRESS (The following resource(s) failed to update: [Nested]. )',
    'Nested UPDATE_COMPLETE',
    'outer UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS',
    'outer UPDATE_ROLLBACK_COMPLETE',
  ]);
  expect(bed.historyOf('Nested')).toEqual([]);
});
