import { ResourceFailure, type ResourceHandler } from '../../src/cloudformation';
import { TestBed, templateOf } from './test-bed';
import { settled } from './test-resources';

const STACK = 'failing';

test('fails when a resource cannot be created: dependents first, everything is deleted again', async () => {
  const bed = new TestBed();
  bed.resources.failing.add('create Broken');
  const result = await bed.cloudFormation.deploy({
    stackName: STACK,
    template: templateOf({
      Base: {},
      Middle: { DependsOn: 'Base' },
      Side: { DependsOn: 'Base' },
      Broken: { DependsOn: ['Middle', 'Side'] },
      Never: { DependsOn: 'Broken' },
    }),
  });

  const reason = 'The following resource(s) failed to create: [Broken]. Rollback requested by user.';
  expect(result).toMatchObject({ status: 'ROLLBACK_COMPLETE', outputs: {} });
  expect(bed.history.slice(bed.history.indexOf('Broken CREATE_IN_PROGRESS'))).toEqual([
    'Broken CREATE_IN_PROGRESS',
    'Broken CREATE_FAILED (create Broken failed)',
    `${STACK} ROLLBACK_IN_PROGRESS (${reason})`,
    'Broken DELETE_COMPLETE',
    'Middle DELETE_IN_PROGRESS',
    'Side DELETE_IN_PROGRESS',
    'Middle DELETE_COMPLETE',
    'Side DELETE_COMPLETE',
    'Base DELETE_IN_PROGRESS',
    'Base DELETE_COMPLETE',
    `${STACK} ROLLBACK_COMPLETE`,
  ]);
  expect(bed.resources.begun).not.toContain('delete Broken');
  expect(bed.history.join()).not.toContain('Never');
  expect(bed.cloudFormation.describeStackResources(STACK).map(({ status }) => status)).toEqual(
    Array.from({ length: 4 }, () => 'DELETE_COMPLETE'),
  );
});

test('fails when a resource fails while another is under way: that one is cancelled, and deleted when it is there', async () => {
  const bed = new TestBed();
  bed.resources.failing.add('create Broken');
  const release = bed.resources.hold('create Slow');
  const template = templateOf({ Slow: {}, Broken: {}, AfterSlow: { DependsOn: 'Slow' } });
  const deployment = bed.cloudFormation.deploy({ stackName: STACK, template });
  await settled();
  expect(bed.history).toContain('Slow CREATE_FAILED (Resource creation cancelled)');
  expect(bed.cloudFormation.describeStack(STACK)).toMatchObject({
    status: 'ROLLBACK_IN_PROGRESS',
    statusReason: 'The following resource(s) failed to create: [Slow, Broken]. Rollback requested by user.',
  });
  expect(bed.resources.begun).not.toContain('delete Slow');

  release();
  expect((await deployment).status).toBe('ROLLBACK_COMPLETE');
  expect(bed.resources.requests.get('delete Slow')?.physicalId).toBe('Slow-1');
  expect(bed.resources.begun).not.toContain('create AfterSlow');
});

test('a handler is told when its resource is cancelled', async () => {
  const deletion = jest.fn(() => Promise.resolve());
  const stopped: ResourceHandler = {
    create: ({ signal }) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(new ResourceFailure('stopped', 'half-made')));
      }),
    delete: deletion,
  };
  const bed: TestBed = new TestBed({ handlers: (type) => (type === 'Test::Stopped' ? stopped : bed.resources) });
  bed.resources.failing.add('create Broken');
  const result = await bed.cloudFormation.deploy({
    stackName: STACK,
    template: templateOf({ Stopped: { Type: 'Test::Stopped' }, Broken: {} }),
  });
  expect(result.status).toBe('ROLLBACK_COMPLETE');
  expect(bed.history).toContain('Stopped CREATE_FAILED (Resource creation cancelled)');
  expect(deletion).toHaveBeenCalledWith(expect.objectContaining({ physicalId: 'half-made' }));
});

test('fails when the rollback cannot delete a resource: what that depends on stays', async () => {
  const bed = new TestBed();
  bed.resources.failing.add('create Broken').add('delete Stuck');
  const result = await bed.cloudFormation.deploy({
    stackName: STACK,
    template: templateOf({
      Base: {},
      Stuck: { DependsOn: 'Base' },
      Free: {},
      Broken: { DependsOn: ['Stuck', 'Free'] },
    }),
  });
  expect(result).toMatchObject({
    status: 'ROLLBACK_FAILED',
    statusReason: 'The following resource(s) failed to delete: [Stuck]. ',
  });
  expect(bed.history).toContain('Stuck DELETE_FAILED (delete Stuck failed)');
  expect(bed.resources.begun).toContain('delete Free');
  expect(bed.resources.begun).not.toContain('delete Base');
});

test('the rollback of a creation retains with Retain, but not with RetainExceptOnCreate', async () => {
  const bed = new TestBed();
  bed.resources.failing.add('create Broken');
  await bed.cloudFormation.deploy({
    stackName: STACK,
    template: templateOf({
      Kept: { DeletionPolicy: 'Retain' },
      Dropped: { DeletionPolicy: 'RetainExceptOnCreate' },
      Broken: { DependsOn: ['Kept', 'Dropped'] },
    }),
  });
  expect(bed.history).toContain('Kept DELETE_SKIPPED');
  expect(bed.resources.begun.filter((name) => name.startsWith('delete'))).toEqual(['delete Dropped']);
});

test('fails when an attribute does not exist', async () => {
  const bed = new TestBed();
  const template = templateOf({ A: {}, B: { Value: { 'Fn::GetAtt': 'A.Nothing' } } });
  expect((await bed.cloudFormation.deploy({ stackName: STACK, template })).status).toBe('ROLLBACK_COMPLETE');
  expect(bed.history).toContain(
    'B CREATE_FAILED (Template error: resource A does not support attribute type Nothing in Fn::GetAtt)',
  );
});

test('fails when a stack that was rolled back is updated; it can only be deleted', async () => {
  const { cloudFormation, resources } = new TestBed();
  resources.failing.add('create A');
  const input = { stackName: STACK, template: templateOf({ A: {} }) };
  const { stackId } = await cloudFormation.deploy(input);
  resources.failing.clear();
  await expect(cloudFormation.deploy(input)).rejects.toThrow(
    `Stack:${stackId} is in ROLLBACK_COMPLETE state and can not be updated.`,
  );
  expect((await cloudFormation.deleteStack(STACK))?.status).toBe('DELETE_COMPLETE');
  expect((await cloudFormation.deploy(input)).status).toBe('CREATE_COMPLETE');
});
