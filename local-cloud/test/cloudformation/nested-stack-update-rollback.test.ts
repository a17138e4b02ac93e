import { nested, NestedBed } from './nested-bed';
import { templateOf } from './test-bed';
import { settled } from './test-resources';

type Resources = Parameters<typeof templateOf>[0];

function deploy(bed: NestedBed, resources: Resources, disableRollback?: boolean) {
  return bed.cloudFormation.deploy({ stackName: 'outer', template: templateOf(resources), disableRollback });
}

async function given(inner: Resources, outer: Resources = { Nested: nested('inner') }): Promise<NestedBed> {
  const bed = new NestedBed({ inner: templateOf(inner) });
  expect((await deploy(bed, outer)).status).toBe('CREATE_COMPLETE');
  bed.events.length = 0;
  bed.resources.begun.length = 0;
  return bed;
}

const REASON = 'The following resource(s) failed to create: [Broken]. ';

test('fails when a resource in it fails: both are rolled back, it first', async () => {
  const bed = await given({ Inner: { Size: 1 } });
  bed.templates.inner = templateOf({ Inner: { Size: 2 }, Broken: { DependsOn: 'Inner' } });
  bed.resources.failing.add('create Broken');
  expect((await deploy(bed, { Nested: nested('inner') })).status).toBe('UPDATE_ROLLBACK_COMPLETE');

  expect(bed.historyOf('outer').slice(1)).toEqual([
    'Nested UPDATE_IN_PROGRESS',
    `Nested UPDATE_FAILED (Embedded stack ARN was not successfully updated. Currently in UPDATE_ROLLBACK_IN_PROGRESS with reason: ${REASON})`,
    'outer UPDATE_ROLLBACK_IN_PROGRESS (The following resource(s) failed to update: [Nested]. )',
    'Nested UPDATE_IN_PROGRESS',
    'Nested UPDATE_COMPLETE',
    'outer UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS',
    'outer UPDATE_ROLLBACK_COMPLETE',
  ]);
  const history = bed.historyOf('Nested');
  expect(history.slice(history.indexOf(`Nested UPDATE_ROLLBACK_IN_PROGRESS (${REASON})`) + 1)).toEqual([
    'Inner UPDATE_IN_PROGRESS',
    'Inner UPDATE_COMPLETE',
    'Nested UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS',
    'Broken DELETE_COMPLETE',
    'Nested UPDATE_ROLLBACK_COMPLETE',
  ]);
  expect(bed.resources.requests.get('update Inner')?.properties).toEqual({ Size: 1 });
});

test('fails when a resource after it fails: it goes back to what was replaced in it', async () => {
  const outer = { Nested: nested('inner') };
  const bed = await given({ Inner: { Name: 'a' }, Other: { Size: 1 } }, outer);
  bed.templates.inner = templateOf({ Inner: { Name: 'b' }, Other: { Size: 2 } });
  bed.resources.failing.add('create Broken');
  const release = bed.resources.hold('update Other');
  const deployment = deploy(bed, { ...outer, Broken: { DependsOn: 'Nested' } });
  await settled();
  release();
  const releaseAgain = bed.resources.hold('update Other');
  await settled();
  expect(bed.statusOf(bed.nestedId())).toBe('UPDATE_ROLLBACK_IN_PROGRESS');
  releaseAgain();

  expect((await deployment).status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(bed.statusOf(bed.nestedId())).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(bed.resources.requests.get('update Other')?.properties).toEqual({ Size: 1 });
  expect(bed.resources.requests.get('delete Inner')?.physicalId).toBe('Inner-3');
  expect(bed.historyOf('Nested')).toContain('Inner UPDATE_COMPLETE');
});

test('fails when a resource beside it fails: it is cancelled, and rolled back', async () => {
  const bed = await given({ Slow: { Size: 1 } });
  bed.templates.inner = templateOf({ Slow: { Size: 2 } });
  bed.resources.failing.add('create Broken');
  const [releaseSlow, releaseBroken] = [bed.resources.hold('update Slow'), bed.resources.hold('create Broken')];
  const deployment = deploy(bed, { Nested: nested('inner'), Broken: {} });
  await settled();
  releaseBroken();
  await settled();
  expect(bed.historyOf('outer')).toContain('Nested UPDATE_FAILED (Resource update cancelled)');
  expect(bed.historyOf('Nested').slice(-2)).toEqual([
    'Slow UPDATE_FAILED (Resource update cancelled)',
    'Nested UPDATE_ROLLBACK_IN_PROGRESS (The following resource(s) failed to update: [Slow]. )',
  ]);

  releaseSlow();
  expect((await deployment).status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(bed.statusOf(bed.nestedId())).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(bed.resources.requests.get('update Slow')?.properties).toEqual({ Size: 1 });
});

test('a nested stack that the update has not come to is not rolled back', async () => {
  const outer = (size: number) => ({
    First: { Size: size },
    Nested: nested('inner', undefined, { DependsOn: 'First' }),
  });
  const bed = await given({ Inner: {} }, outer(1));
  const update = bed.resources.update.bind(bed.resources);
  bed.resources.failing.add('update First');
  jest.spyOn(bed.resources, 'update').mockImplementation((call) => {
    const result = update(call);
    void result.catch(() => bed.resources.failing.clear());
    return result;
  });
  expect((await deploy(bed, outer(2))).status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(bed.historyOf('outer').join()).not.toContain('Nested');
});

test('a rollback goes down to the stacks in nested stacks', async () => {
  const bed = new NestedBed({
    inner: templateOf({ Innermost: nested('innermost') }),
    innermost: templateOf({ Deep: { Size: 1 } }),
  });
  await deploy(bed, { Nested: nested('inner') });
  bed.templates.innermost = templateOf({ Deep: { Size: 2 } });
  bed.resources.failing.add('create Broken');
  const { status } = await deploy(bed, { Nested: nested('inner'), Broken: { DependsOn: 'Nested' } });
  expect(status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(bed.resources.requests.get('update Deep')?.properties).toEqual({ Size: 1 });
  expect(bed.statusOf(bed.nestedId('Innermost', bed.nestedId()))).toBe('UPDATE_ROLLBACK_COMPLETE');
});

test('fails when it cannot be rolled back: the stack around is stuck, and can be deleted', async () => {
  const bed = await given({ Inner: { Size: 1 } });
  bed.templates.inner = templateOf({ Inner: { Size: 2 } });
  bed.resources.failing.add('update Inner');
  expect((await deploy(bed, { Nested: nested('inner') })).status).toBe('UPDATE_ROLLBACK_FAILED');
  expect(bed.historyOf('outer')).toContain(
    'Nested UPDATE_FAILED (Embedded stack ARN was not successfully updated. Currently in UPDATE_ROLLBACK_FAILED with reason: The following resource(s) failed to update: [Inner]. )',
  );
  expect((await bed.cloudFormation.deleteStack('outer'))?.status).toBe('DELETE_COMPLETE');
  expect(bed.resources.begun).toContain('delete Inner');
});

test('after a rollback it can be updated again', async () => {
  const bed = await given({ Inner: { Size: 1 } });
  const before = bed.templates.inner!;
  bed.templates.inner = templateOf({ Inner: { Size: 2 }, Broken: { DependsOn: 'Inner' } });
  bed.resources.failing.add('create Broken');
  await deploy(bed, { Nested: nested('inner') });
  bed.resources.failing.clear();
  bed.templates.inner = before;
  bed.resources.begun.length = 0;
  expect((await deploy(bed, { Nested: nested('inner') })).status).toBe('UPDATE_COMPLETE');
  expect(bed.resources.begun).toEqual([]);
  bed.templates.inner = templateOf({ Inner: { Size: 3 } });
  expect((await deploy(bed, { Nested: nested('inner') })).status).toBe('UPDATE_COMPLETE');
  expect(bed.resources.begun).toEqual(['update Inner']);
});

test('without rollback, it keeps what has succeeded, and takes the next update', async () => {
  const bed = await given({ Inner: { Size: 1 } });
  bed.templates.inner = templateOf({ Inner: { Size: 2 }, Broken: {} });
  bed.resources.failing.add('create Broken');
  expect((await deploy(bed, { Nested: nested('inner') }, true)).status).toBe('UPDATE_FAILED');
  expect(bed.statusOf(bed.nestedId())).toBe('UPDATE_FAILED');
  expect(bed.resources.begun.filter((name) => name === 'update Inner')).toHaveLength(1);
  expect(bed.historyOf('Nested').filter((event) => event.startsWith('Nested UPDATE_IN_PROGRESS'))).toHaveLength(1);
  bed.resources.failing.clear();
  expect((await deploy(bed, { Nested: nested('inner') }, true)).status).toBe('UPDATE_COMPLETE');
  expect(bed.statusOf(bed.nestedId())).toBe('UPDATE_COMPLETE');
});

test('without rollback, an update of it that has succeeded ends when one beside it fails', async () => {
  const bed = await given({ Inner: { Place: 'a' } });
  bed.templates.inner = templateOf({ Inner: { Place: 'b' } });
  bed.resources.failing.add('create Broken');
  const { status } = await deploy(bed, { Nested: nested('inner'), Broken: { DependsOn: 'Nested' } }, true);
  expect(status).toBe('UPDATE_FAILED');
  expect(bed.statusOf(bed.nestedId())).toBe('UPDATE_COMPLETE');
});

test('what was replaced in it is deleted with it when the rollback has not come to it', async () => {
  const outer = (size: number) => ({
    Stuck: { Size: size },
    Nested: nested('inner', undefined, { DependsOn: 'Stuck' }),
  });
  const bed = await given({ Inner: { Name: 'a' } }, outer(1));
  bed.templates.inner = templateOf({ Inner: { Name: 'b' } });
  bed.resources.failing.add('create Broken');
  const release = bed.resources.hold('create Broken');
  const deployment = deploy(bed, { ...outer(2), Broken: { DependsOn: 'Nested' } });
  await settled();
  bed.resources.failing.add('update Stuck');
  release();
  expect((await deployment).status).toBe('UPDATE_ROLLBACK_FAILED');

  const deleted: unknown[] = [];
  jest.spyOn(bed.resources, 'delete').mockImplementation(({ physicalId }) => {
    deleted.push(physicalId);
    return Promise.resolve();
  });
  expect((await bed.cloudFormation.deleteStack('outer'))?.status).toBe('DELETE_COMPLETE');
  expect(deleted).toEqual(expect.arrayContaining(['Inner-2', 'Inner-3']));
});
