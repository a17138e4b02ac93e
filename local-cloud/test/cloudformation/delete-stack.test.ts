import { TestBed, templateOf } from './test-bed';
import { settled } from './test-resources';

const STACK = 'deleted';

test('a stack is deleted dependents first, independent resources side by side', async () => {
  const { cloudFormation, resources } = new TestBed();
  const template = templateOf({ Base: {}, A: { DependsOn: 'Base' }, B: { Value: { Ref: 'Base' } } });
  const { stackId } = await cloudFormation.deploy({ stackName: STACK, template });
  resources.begun.length = 0;
  const release = resources.hold('delete A');
  const deletion = cloudFormation.deleteStack(STACK);
  await settled();
  expect(resources.begun).toEqual(['delete A', 'delete B']);
  release();
  expect((await deletion)?.status).toBe('DELETE_COMPLETE');
  expect(resources.begun).toEqual(['delete A', 'delete B', 'delete Base']);
  expect(cloudFormation.describeStack(STACK)).toBeUndefined();
  expect(cloudFormation.describeStack(stackId)?.status).toBe('DELETE_COMPLETE');
});

test('deletion is told in events', async () => {
  const bed = new TestBed();
  const template = templateOf({
    A: {},
    Kept: { DeletionPolicy: 'Retain' },
    Also: { DeletionPolicy: 'RetainExceptOnCreate' },
  });
  await bed.cloudFormation.deploy({ stackName: STACK, template });
  bed.events.length = 0;
  await bed.cloudFormation.deleteStack(STACK, 'token');
  expect(bed.history).toEqual([
    `${STACK} DELETE_IN_PROGRESS (User Initiated)`,
    'A DELETE_IN_PROGRESS',
    'Kept DELETE_SKIPPED',
    'Also DELETE_SKIPPED',
    'A DELETE_COMPLETE',
    `${STACK} DELETE_COMPLETE`,
  ]);
  expect(bed.events.every(({ clientRequestToken }) => clientRequestToken === 'token')).toBe(true);
  expect(bed.resources.requests.get('delete A')).toMatchObject({ physicalId: 'A-1' });
});

test('fails when a resource cannot be deleted: what it depends on stays, and another attempt goes on from there', async () => {
  const { cloudFormation, resources } = new TestBed();
  await cloudFormation.deploy({
    stackName: STACK,
    template: templateOf({ Base: {}, Stuck: { DependsOn: 'Base' }, Free: {} }),
  });
  resources.begun.length = 0;
  resources.failing.add('delete Stuck');
  expect(await cloudFormation.deleteStack(STACK)).toMatchObject({
    status: 'DELETE_FAILED',
    statusReason: 'The following resource(s) failed to delete: [Stuck]. ',
  });
  expect(resources.begun).toEqual(['delete Stuck', 'delete Free']);

  resources.failing.clear();
  expect((await cloudFormation.deleteStack(STACK))?.status).toBe('DELETE_COMPLETE');
  expect(resources.begun.slice(2)).toEqual(['delete Stuck', 'delete Base']);
});

test('deleting a stack that does not exist does nothing', async () => {
  const { cloudFormation, events } = new TestBed();
  expect(await cloudFormation.deleteStack(STACK)).toBeUndefined();
  expect(events).toEqual([]);
});

test('a name is free again after deletion, for a stack with another id', async () => {
  const { cloudFormation } = new TestBed();
  const input = { stackName: STACK, template: templateOf({ A: {} }) };
  const first = await cloudFormation.deploy(input);
  await cloudFormation.deleteStack(STACK);
  const second = await cloudFormation.deploy(input);
  expect(second.status).toBe('CREATE_COMPLETE');
  expect(second.stackId).not.toBe(first.stackId);
  expect(cloudFormation.describeStack(first.stackId)?.status).toBe('DELETE_COMPLETE');
});
