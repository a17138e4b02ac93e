import { failure, success, TestBed, templateOf } from './test-bed';
import { settled } from './test-resources';

const STACK = 'not-turned-back';

test('with rollback disabled, independent resources go on, everything stays, and the failed one can be tried again', async () => {
  const bed = new TestBed();
  bed.resources.failing.add('create Broken');
  const release = bed.resources.hold('create Slow');
  const template = templateOf({
    Slow: {},
    AfterSlow: { DependsOn: 'Slow' },
    Broken: {},
    Never: { DependsOn: 'Broken' },
  });
  const input = { stackName: STACK, template, disableRollback: true };
  const deployment = bed.cloudFormation.deploy(input);
  await settled();
  release();
  expect(await deployment).toMatchObject({
    status: 'CREATE_FAILED',
    statusReason: 'The following resource(s) failed to create: [Broken]. ',
  });
  expect(bed.resources.ended).toEqual(['create Broken', 'create Slow', 'create AfterSlow']);
  expect(bed.history.join()).not.toContain('DELETE');

  bed.resources.failing.clear();
  await expect(bed.cloudFormation.deploy({ ...input, disableRollback: false })).rejects.toThrow(
    /non-terminal \[CREATE_FAILED\] state/,
  );
  expect((await bed.cloudFormation.deploy(input)).status).toBe('UPDATE_COMPLETE');
  expect(bed.resources.ended.slice(3)).toEqual(['create Broken', 'create Never']);
});

test('with rollback disabled, only the failed resource goes back, and the next update tries it again', async () => {
  const bed = await new TestBed().given(STACK, { A: { Size: 1 }, Broken: { Size: 1 }, Moved: { Place: 'old' } });
  const template = templateOf({ A: { Size: 2 }, Broken: { Size: 2 }, Moved: { Place: 'new' } });
  const input = { stackName: STACK, template, disableRollback: true };
  const sizes: unknown[] = [];
  const update = bed.resources.update.bind(bed.resources);
  jest.spyOn(bed.resources, 'update').mockImplementation((call) => {
    if (call.logicalId !== 'Moved') {
      sizes.push([call.logicalId, call.properties.Size]);
    }
    if (call.logicalId === 'Broken' && sizes.length === 2) {
      return Promise.reject(new Error('not today'));
    }
    return update(call);
  });
  expect(await bed.cloudFormation.deploy(input)).toMatchObject({
    status: 'UPDATE_FAILED',
    statusReason: 'The following resource(s) failed to update: [Broken]. ',
  });
  expect(sizes).toEqual([
    ['A', 2],
    ['Broken', 2],
    ['Broken', 1],
  ]);
  expect(bed.history).toContain('Broken UPDATE_FAILED (not today)');
  expect(bed.resources.begun).not.toContain('delete Moved');

  await expect(bed.cloudFormation.deploy({ ...input, disableRollback: false })).rejects.toThrow(
    /non-terminal \[UPDATE_FAILED\]/,
  );
  expect((await bed.cloudFormation.deploy(input)).status).toBe('UPDATE_COMPLETE');
  expect(sizes.slice(3)).toEqual([['Broken', 2]]);
  expect(bed.resources.requests.get('delete Moved')?.properties).toEqual({ Place: 'old' });
});

test('fails when a resource has to be replaced with rollback disabled: it stays as it is', async () => {
  const bed = await new TestBed().given(STACK, { A: { Name: 'old' } });
  const input = { stackName: STACK, template: templateOf({ A: { Name: 'new' } }) };
  expect((await bed.cloudFormation.deploy({ ...input, disableRollback: true })).status).toBe('UPDATE_FAILED');
  expect(bed.history).toEqual([
    `${STACK} UPDATE_IN_PROGRESS (User Initiated)`,
    'A UPDATE_FAILED (Replacement type updates not supported on stack with disable-rollback.)',
    `${STACK} UPDATE_FAILED (The following resource(s) failed to update: [A]. )`,
  ]);
  expect(bed.resources.begun).toEqual([]);
  expect((await bed.cloudFormation.rollbackStack(STACK)).status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect((await bed.cloudFormation.deploy(input)).status).toBe('UPDATE_COMPLETE');
});

test('with rollback disabled, an update under way is not cancelled', async () => {
  const bed = await new TestBed().given(STACK, { Slow: { Size: 1 } });
  bed.resources.failing.add('create Broken');
  const release = bed.resources.hold('update Slow');
  const template = templateOf({ Slow: { Size: 2 }, Broken: {} });
  const deployment = bed.cloudFormation.deploy({ stackName: STACK, template, disableRollback: true });
  await settled();
  release();
  expect((await deployment).status).toBe('UPDATE_FAILED');
  expect(bed.history).toContain('Slow UPDATE_COMPLETE');
});

test('the same template again tries what failed; the old one again makes it good', async () => {
  const bed = new TestBed();
  bed.resources.failing.add('create A');
  const input = { stackName: STACK, template: templateOf({ A: { Size: 1 } }), disableRollback: true };
  await bed.cloudFormation.deploy(input);
  bed.resources.failing.clear();
  expect(await bed.cloudFormation.deploy(input)).toMatchObject({ changed: true, status: 'UPDATE_COMPLETE' });

  const update = jest.spyOn(bed.resources, 'update').mockRejectedValueOnce(new Error('not today'));
  await bed.cloudFormation.deploy({ ...input, template: templateOf({ A: { Size: 2 } }) });
  expect(bed.cloudFormation.changeSet(input)).toMatchObject({ changes: [{ logicalId: 'A' }], isEmpty: false });
  expect(await bed.cloudFormation.deploy(input)).toMatchObject({ changed: true, status: 'UPDATE_COMPLETE' });
  expect(update).toHaveBeenCalledTimes(2);
});

test('a custom resource goes back before the stack says that it failed, unless the update was refused', async () => {
  const bed = await new TestBed().given(STACK, { A: { Type: 'Custom::Test', ServiceToken: 'token', Size: 1 } });
  const statuses: unknown[] = [];
  bed.answer = (event) => {
    statuses.push(bed.cloudFormation.describeStack(event.StackId)?.status);
    return statuses.length === 1 ? failure(event) : success(event);
  };
  const deploy = async (ServiceToken: string): Promise<void> => {
    const template = templateOf({ A: { Type: 'Custom::Test', ServiceToken, Size: 2 } });
    const { status } = await bed.cloudFormation.deploy({ stackName: STACK, template, disableRollback: true });
    expect(status).toBe('UPDATE_FAILED');
  };
  await deploy('token');
  expect(statuses).toEqual(['UPDATE_IN_PROGRESS', 'UPDATE_IN_PROGRESS']);
  expect(bed.customResourceEvents[2]).toMatchObject({
    ResourceProperties: { Size: '1' },
    OldResourceProperties: { Size: '2' },
  });
  await deploy('another');
  expect(statuses).toHaveLength(2);
  await bed.cloudFormation.close();
});

test('what a failed creation has left behind is deleted when another one has succeeded', async () => {
  const bed = new TestBed();
  bed.answer = (event) => ({ ...failure(event), PhysicalResourceId: 'half-made' });
  const template = templateOf({ A: { Type: 'Custom::Test', ServiceToken: 'token' } });
  const input = { stackName: STACK, template, disableRollback: true };
  expect((await bed.cloudFormation.deploy(input)).status).toBe('CREATE_FAILED');
  bed.answer = success;
  expect((await bed.cloudFormation.deploy(input)).status).toBe('UPDATE_COMPLETE');
  expect(bed.customResourceEvents.slice(1)).toMatchObject([
    { RequestType: 'Create' },
    { RequestType: 'Delete', PhysicalResourceId: 'half-made' },
  ]);
  await bed.cloudFormation.close();
});
