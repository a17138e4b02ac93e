import { nested, NestedBed } from './nested-bed';
import { TestBed, templateOf } from './test-bed';
import { settled } from './test-resources';

type Resources = Parameters<typeof templateOf>[0];

const STACK = 'stuck';
const REASON = 'The following resource(s) failed to update: [Stuck]. ';

/** A stack whose update has failed, and whose rollback has got stuck at `Stuck`. */
async function stuck(before: Resources, after: Resources): Promise<TestBed> {
  const bed = await new TestBed().given(STACK, before);
  bed.resources.failing.add('update Stuck');
  const { status } = await bed.cloudFormation.deploy({ stackName: STACK, template: templateOf(after) });
  expect(status).toBe('UPDATE_ROLLBACK_FAILED');
  bed.resources.begun.length = 0;
  bed.events.length = 0;
  return bed;
}

test('what has failed to go back is tried again; what has gone back is left alone', async () => {
  const bed = await stuck(
    { Stuck: { Size: 1 }, Free: { Size: 1 } },
    { Stuck: { Size: 2, DependsOn: 'Free' }, Free: { Size: 2 }, New: {} },
  );
  bed.resources.failing.clear();
  const result = await bed.cloudFormation.continueUpdateRollback(STACK, { clientRequestToken: 'token' });
  expect(result).toMatchObject({ status: 'UPDATE_ROLLBACK_COMPLETE', changed: true });
  expect(bed.history).toEqual([
    `${STACK} UPDATE_ROLLBACK_IN_PROGRESS (User Initiated)`,
    'Stuck UPDATE_IN_PROGRESS',
    'Stuck UPDATE_COMPLETE',
    `${STACK} UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS`,
    'New DELETE_IN_PROGRESS',
    'New DELETE_COMPLETE',
    `${STACK} UPDATE_ROLLBACK_COMPLETE`,
  ]);
  expect(bed.resources.requests.get('update Stuck')).toMatchObject({
    properties: { Size: 1 },
    previousProperties: { Size: 2 },
  });
  expect(bed.events.every(({ clientRequestToken }) => clientRequestToken === 'token')).toBe(true);
});

test('it may get stuck again, as often as there is something that cannot go back', async () => {
  const bed = await stuck({ Stuck: { Size: 1 } }, { Stuck: { Size: 2 } });
  for (const attempt of [1, 2]) {
    const { status, statusReason } = await bed.cloudFormation.continueUpdateRollback(STACK);
    expect({ status, statusReason }).toEqual({ status: 'UPDATE_ROLLBACK_FAILED', statusReason: REASON });
    expect(bed.resources.begun).toHaveLength(attempt);
  }
});

test('a replaced resource stays put back, and its replacement is deleted in the end', async () => {
  const bed = await stuck(
    { Replaced: { Name: 'a' }, Stuck: { Size: 1 } },
    { Replaced: { Name: 'b' }, Stuck: { Size: 2, DependsOn: 'Replaced' } },
  );
  bed.resources.failing.clear();
  expect((await bed.cloudFormation.continueUpdateRollback(STACK)).status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(bed.resources.begun).toEqual(['update Stuck', 'delete Replaced']);
  expect(bed.resources.requests.get('delete Replaced')?.physicalId).toBe('Replaced-3');
});

test('a resource that is skipped becomes UPDATE_COMPLETE as it is, and what depends on it goes on', async () => {
  const after = { DependsOn: 'Stuck' };
  const bed = await stuck({ Stuck: { Size: 1 } }, { Stuck: { Size: 2 }, After: after });
  const { status } = await bed.cloudFormation.continueUpdateRollback(STACK, { resourcesToSkip: ['Stuck'] });
  expect(status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(bed.history.slice(0, 2)).toEqual([
    `${STACK} UPDATE_ROLLBACK_IN_PROGRESS (User Initiated)`,
    'Stuck UPDATE_COMPLETE',
  ]);
  expect(bed.resources.begun).toEqual([]);

  const template = templateOf({ Stuck: { Size: 1 } });
  expect((await bed.cloudFormation.deploy({ stackName: STACK, template })).changed).toBe(false);
  bed.resources.failing.clear();
  await bed.cloudFormation.deploy({ stackName: STACK, template: templateOf({ Stuck: { Size: 1 }, New: {} }) });
  await bed.cloudFormation.deploy({ stackName: STACK, template: templateOf({ Stuck: { Size: 3 }, New: {} }) });
  expect(bed.resources.begun).toEqual(['create New', 'update Stuck']);
});

test('fails when a resource to skip has not failed to go back', async () => {
  const bed = await stuck({ Stuck: { Size: 1 }, Free: { Size: 1 } }, { Stuck: { Size: 2 }, Free: { Size: 2 } });
  for (const Size of [1, 2]) {
    await bed.cloudFormation.deploy({ stackName: 'other', template: templateOf({ Stuck: { Size } }) });
  }
  expect(bed.cloudFormation.describeStack('other')?.status).toBe('UPDATE_ROLLBACK_FAILED');
  bed.events.length = 0;
  for (const name of ['Free', 'Nowhere', 'other.Stuck']) {
    const skipping = bed.cloudFormation.continueUpdateRollback(STACK, { resourcesToSkip: ['Stuck', name] });
    await expect(skipping).rejects.toThrow(name);
  }
  expect(bed.history).toEqual([]);
});

test('fails when a resource to skip was only cancelled: the rollback has not come to it', async () => {
  const resources = (Size: number) => ({ Stuck: { Size }, Slow: { Size, DependsOn: 'Stuck' } });
  const bed = await new TestBed().given(STACK, resources(1));
  const [release, fail] = [bed.resources.hold('update Slow'), bed.resources.hold('create Broken')];
  bed.resources.failing.add('create Broken');
  const template = templateOf({ ...resources(2), Broken: {} });
  const deployment = bed.cloudFormation.deploy({ stackName: STACK, template });
  await settled();
  bed.resources.failing.add('update Stuck');
  fail();
  await settled();
  expect(bed.history).toContain('Slow UPDATE_FAILED (Resource update cancelled)');
  release();
  expect((await deployment).status).toBe('UPDATE_ROLLBACK_FAILED');
  await expect(bed.cloudFormation.continueUpdateRollback(STACK, { resourcesToSkip: ['Slow'] })).rejects.toThrow('Slow');
});

test('fails when the stack is in another state', async () => {
  const bed = await new TestBed().given(STACK, { A: {} });
  const { stackId } = bed.cloudFormation.describeStack(STACK)!;
  await expect(bed.cloudFormation.continueUpdateRollback(STACK)).rejects.toThrow(
    `Stack:${stackId} is in CREATE_COMPLETE state and can not continue its rollback.`,
  );
  await expect(bed.cloudFormation.continueUpdateRollback('nowhere')).rejects.toThrow('Stack [nowhere] does not exist');
});

describe('with nested stacks', () => {
  const OUTER = { Nested: nested('inner'), After: { DependsOn: 'Nested' } };

  /** Its nested stack is stuck; so it is itself. */
  async function stuckInside(): Promise<NestedBed> {
    const bed = new NestedBed({ inner: templateOf({ Stuck: { Size: 1 }, Free: { Size: 1 } }) });
    await bed.cloudFormation.deploy({ stackName: 'outer', template: templateOf(OUTER) });
    bed.resources.failing.add('update Stuck');
    bed.templates.inner = templateOf({ Stuck: { Size: 2 }, Free: { Size: 2 } });
    const { status } = await bed.cloudFormation.deploy({ stackName: 'outer', template: templateOf(OUTER) });
    expect(status).toBe('UPDATE_ROLLBACK_FAILED');
    expect(bed.statusOf(bed.nestedId())).toBe('UPDATE_ROLLBACK_FAILED');
    expect(bed.resources.begun.filter((name) => name === 'update Stuck')).toHaveLength(2);
    bed.events.length = 0;
    bed.resources.begun.length = 0;
    return bed;
  }

  test('the rollback goes on in them, too', async () => {
    const bed = await stuckInside();
    bed.resources.failing.clear();
    expect((await bed.cloudFormation.continueUpdateRollback('outer')).status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(bed.statusOf(bed.nestedId())).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(bed.resources.begun).toEqual(['update Stuck']);
    expect(bed.historyOf('outer')).toEqual([
      'outer UPDATE_ROLLBACK_IN_PROGRESS (User Initiated)',
      'Nested UPDATE_IN_PROGRESS',
      'Nested UPDATE_COMPLETE',
      'outer UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS',
      'outer UPDATE_ROLLBACK_COMPLETE',
    ]);
  });

  test('it may get stuck in them again', async () => {
    const bed = await stuckInside();
    expect((await bed.cloudFormation.continueUpdateRollback('outer')).status).toBe('UPDATE_ROLLBACK_FAILED');
    expect(bed.resources.begun).toEqual(['update Stuck']);
  });

  test('a resource in one of them is skipped by the name of the nested stack and its logical id', async () => {
    const bed = await stuckInside();
    const { stackName } = bed.cloudFormation.describeStack(bed.nestedId())!;
    const resourcesToSkip = [`${stackName}.Stuck`];
    const { status } = await bed.cloudFormation.continueUpdateRollback('outer', { resourcesToSkip });
    expect(status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(bed.resources.begun).toEqual([]);
    expect(bed.historyOf('Nested')).toContain('Stuck UPDATE_COMPLETE');
  });

  test('fails when a nested stack itself is to be skipped or continued', async () => {
    const bed = await stuckInside();
    const skipping = bed.cloudFormation.continueUpdateRollback('outer', { resourcesToSkip: ['Nested'] });
    await expect(skipping).rejects.toThrow('Nested');
    await expect(bed.cloudFormation.continueUpdateRollback(bed.nestedId())).rejects.toThrow(/is a nested stack/);
  });

  test('one that has gone back is left alone while another resource is stuck', async () => {
    const outer = (Size: number) => ({ Nested: nested('inner'), Stuck: { Size, DependsOn: 'Nested' } });
    const bed = new NestedBed({ inner: templateOf({ Inner: { Size: 1 } }) });
    await bed.cloudFormation.deploy({ stackName: 'outer', template: templateOf(outer(1)) });
    bed.templates.inner = templateOf({ Inner: { Size: 2 } });
    bed.resources.failing.add('update Stuck');
    await bed.cloudFormation.deploy({ stackName: 'outer', template: templateOf(outer(2)) });
    expect(bed.statusOf(bed.nestedId())).toBe('UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS');
    bed.events.length = 0;
    bed.resources.failing.clear();
    expect((await bed.cloudFormation.continueUpdateRollback('outer')).status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(bed.historyOf('outer').join()).not.toContain('Nested');
    expect(bed.statusOf(bed.nestedId())).toBe('UPDATE_ROLLBACK_COMPLETE');
  });
});
