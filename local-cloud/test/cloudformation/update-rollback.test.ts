import { TestBed, templateOf } from './test-bed';
import { settled } from './test-resources';

const STACK = 'turned-back';

test('fails when an update fails: updated resources and the failed one get another update, created ones are deleted last', async () => {
  const bed = await new TestBed().given(STACK, {
    First: { Size: 1 },
    Broken: { DependsOn: 'First', Size: 1 },
    Removed: {},
  });
  const requests: unknown[] = [];
  bed.resources.failing.add('update Broken');
  const update = bed.resources.update.bind(bed.resources);
  jest.spyOn(bed.resources, 'update').mockImplementation((call) => {
    requests.push([call.logicalId, call.previousProperties?.Size, call.properties.Size]);
    if (requests.length === 3) {
      bed.resources.failing.clear();
    }
    return update(call);
  });
  const template = templateOf({
    First: { Size: 2 },
    New: {},
    Broken: { DependsOn: ['First', 'New'], Size: 2 },
    Never: { DependsOn: 'Broken' },
  });
  const result = await bed.cloudFormation.deploy({ stackName: STACK, template });

  expect(result).toMatchObject({ status: 'UPDATE_ROLLBACK_COMPLETE', statusReason: undefined });
  expect(requests).toEqual([
    ['First', 1, 2],
    ['Broken', 1, 2],
    ['First', 2, 1],
    ['Broken', 2, 1],
  ]);
  expect(bed.history.slice(bed.history.indexOf('Broken UPDATE_IN_PROGRESS'))).toEqual([
    'Broken UPDATE_IN_PROGRESS',
    'Broken UPDATE_FAILED (update Broken failed)',
    `${STACK} UPDATE_ROLLBACK_IN_PROGRESS (The following resource(s) failed to update: [Broken]. )`,
    'First UPDATE_IN_PROGRESS',
    'First UPDATE_COMPLETE',
    'Broken UPDATE_IN_PROGRESS',
    'Broken UPDATE_COMPLETE',
    `${STACK} UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS`,
    'New DELETE_IN_PROGRESS',
    'New DELETE_COMPLETE',
    `${STACK} UPDATE_ROLLBACK_COMPLETE`,
  ]);
  expect(bed.cloudFormation.describeStackResources(STACK).map(({ logicalId }) => logicalId)).toEqual([
    'First',
    'Removed',
    'Broken',
  ]);
  expect(bed.resources.begun).not.toContain('delete Removed');
});

test('fails when a new resource fails: the reason names creations and cancelled updates', async () => {
  const bed = await new TestBed().given(STACK, { Slow: { Size: 1 } });
  bed.resources.failing.add('create Broken');
  const release = bed.resources.hold('update Slow');
  const template = templateOf({ Slow: { Size: 2 }, Broken: {} });
  const deployment = bed.cloudFormation.deploy({ stackName: STACK, template });
  await settled();
  expect(bed.history).toContain('Slow UPDATE_FAILED (Resource update cancelled)');
  expect(bed.cloudFormation.describeStack(STACK)).toMatchObject({
    status: 'UPDATE_ROLLBACK_IN_PROGRESS',
    statusReason:
      'The following resource(s) failed to create: [Broken]. The following resource(s) failed to update: [Slow]. ',
  });
  expect(bed.resources.begun.filter((name) => name === 'update Slow')).toHaveLength(1);

  release();
  expect((await deployment).status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(bed.resources.requests.get('update Slow')).toMatchObject({
    properties: { Size: 1 },
    previousProperties: { Size: 2 },
  });
});

test('a new resource is retained with Retain, but not with RetainExceptOnCreate', async () => {
  const bed = await new TestBed().given(STACK, { A: {} });
  bed.resources.failing.add('create Broken');
  const kept = { Kept: { DeletionPolicy: 'Retain' }, Dropped: { DeletionPolicy: 'RetainExceptOnCreate' } };
  const template = templateOf({ A: {}, ...kept, Broken: { DependsOn: Object.keys(kept) } });
  await bed.cloudFormation.deploy({ stackName: STACK, template });
  expect(bed.history).toContain('Kept DELETE_SKIPPED');
  expect(bed.resources.begun.filter((name) => name.startsWith('delete'))).toEqual(['delete Dropped']);
});

test('fails when the rollback fails, too: the stack is stuck', async () => {
  const bed = await new TestBed().given(STACK, { Broken: { Size: 1 } });
  bed.resources.failing.add('update Broken');
  const template = templateOf({ Broken: { Size: 2 }, New: {} });
  const result = await bed.cloudFormation.deploy({ stackName: STACK, template });
  expect(result).toMatchObject({
    status: 'UPDATE_ROLLBACK_FAILED',
    statusReason: 'The following resource(s) failed to update: [Broken]. ',
  });
  expect(bed.resources.begun).not.toContain('delete New');
  await expect(bed.cloudFormation.deploy({ stackName: STACK, template })).rejects.toThrow(
    /is in UPDATE_ROLLBACK_FAILED state and can not be updated/,
  );
  expect((await bed.cloudFormation.deleteStack(STACK))?.status).toBe('DELETE_COMPLETE');
  expect(bed.resources.begun).toEqual(expect.arrayContaining(['delete Broken', 'delete New']));
});

test('after a rollback the stack is the one before: the old template again is no update', async () => {
  const bed = await new TestBed().given(STACK, { A: { Size: 1 } });
  bed.resources.failing.add('create Broken');
  await bed.cloudFormation.deploy({
    stackName: STACK,
    template: templateOf({ A: { Size: 2 }, Broken: { DependsOn: 'A' } }),
  });
  const template = templateOf({ A: { Size: 1 } });
  expect(bed.cloudFormation.describeStack(STACK)?.template).toEqual(template);
  expect((await bed.cloudFormation.deploy({ stackName: STACK, template })).changed).toBe(false);
});
