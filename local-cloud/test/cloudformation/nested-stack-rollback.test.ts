import { nested, NestedBed } from './nested-bed';
import { templateOf } from './test-bed';
import { settled } from './test-resources';

function deploy(bed: NestedBed, resources: Parameters<typeof templateOf>[0], disableRollback?: boolean) {
  return bed.cloudFormation.deploy({ stackName: 'outer', template: templateOf(resources), disableRollback });
}

test('fails when one of its resources fails: the stack around is rolled back, and deletes it', async () => {
  const bed = new NestedBed({ inner: templateOf({ Inner: {}, Broken: { DependsOn: 'Inner' } }) });
  bed.resources.failing.add('create Broken');
  expect((await deploy(bed, { Before: {}, Nested: nested('inner', undefined, { DependsOn: 'Before' }) })).status).toBe(
    'ROLLBACK_COMPLETE',
  );
  const reason = 'The following resource(s) failed to create: [Broken]. ';
  expect(bed.historyOf('outer').slice(4)).toEqual([
    'Nested CREATE_IN_PROGRESS',
    'Nested CREATE_IN_PROGRESS (Resource creation Initiated)',
    `Nested CREATE_FAILED (Embedded stack ARN was not successfully created: ${reason})`,
    'outer ROLLBACK_IN_PROGRESS (The following resource(s) failed to create: [Nested]. Rollback requested by user.)',
    'Nested DELETE_IN_PROGRESS',
    'Nested DELETE_COMPLETE',
    'Before DELETE_IN_PROGRESS',
    'Before DELETE_COMPLETE',
    'outer ROLLBACK_COMPLETE',
  ]);
  expect(bed.historyOf('Nested').slice(-6)).toEqual([
    `Nested CREATE_FAILED (${reason})`,
    'Nested DELETE_IN_PROGRESS (User Initiated)',
    'Broken DELETE_COMPLETE',
    'Inner DELETE_IN_PROGRESS',
    'Inner DELETE_COMPLETE',
    'Nested DELETE_COMPLETE',
  ]);
});

test('fails when a resource beside it fails: it is cancelled with all that it is doing, and deleted', async () => {
  const bed = new NestedBed({ inner: templateOf({ Slow: {}, Never: { DependsOn: 'Slow' } }) });
  bed.resources.failing.add('create Broken');
  const release = bed.resources.hold('create Slow');
  const releaseBroken = bed.resources.hold('create Broken');
  const deployment = deploy(bed, { Nested: nested('inner'), Broken: {} });
  await settled();
  releaseBroken();
  await settled();
  expect(bed.historyOf('outer')).toContain('Nested CREATE_FAILED (Resource creation cancelled)');
  expect(bed.historyOf('Nested')).toContain('Slow CREATE_FAILED (Resource creation cancelled)');

  release();
  expect((await deployment).status).toBe('ROLLBACK_COMPLETE');
  expect(bed.resources.begun).toEqual(['create Broken', 'create Slow', 'delete Slow']);
  expect(bed.statusOf(bed.nestedId())).toBe('DELETE_COMPLETE');
});

test('without rollback it stays as it is, and what does not depend on a failure goes on', async () => {
  const bed = new NestedBed({ inner: templateOf({ Broken: {}, Other: {} }) });
  bed.resources.failing.add('create Broken');
  expect((await deploy(bed, { Nested: nested('inner') }, true)).status).toBe('CREATE_FAILED');
  expect(bed.statusOf(bed.nestedId())).toBe('CREATE_FAILED');
  expect(bed.historyOf('Nested')).toContain('Other CREATE_COMPLETE');
  expect(bed.resources.begun).not.toContain('delete Other');
});
