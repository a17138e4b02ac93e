import { nested, NestedBed } from './nested-bed';
import { failure, success, templateOf } from './test-bed';
import { settled } from './test-resources';

type Resources = Parameters<typeof templateOf>[0];

const STACK = 'documented';
const CREATE = 'The following resource(s) failed to create: [Broken]. ';
const UPDATE = 'The following resource(s) failed to update: [Stuck]. ';

let bed: NestedBed;

beforeEach(() => {
  bed = new NestedBed({ inner: templateOf({ Inner: {} }) });
  bed.resources.failing.add('create Broken');
});

afterEach(() => bed.cloudFormation.close());

async function deploy(resources: Resources, disableRollback?: boolean): Promise<string> {
  const template = templateOf(resources);
  return (await bed.cloudFormation.deploy({ stackName: STACK, template, disableRollback })).status;
}

/** The events of the latest operation on a stack, oldest first. */
function latest(nameOrId = STACK): string[] {
  const events = bed.cloudFormation
    .describeStackEvents(nameOrId)
    .map(({ logicalId, physicalId, status, reason = '' }) => {
      const name = physicalId === bed.cloudFormation.describeStack(nameOrId)?.stackId ? 'stack' : logicalId;
      return `${name} ${status}${reason && ` (${reason.replace(/arn:\S+/, 'ARN')})`}`;
    });
  const start = events.findIndex((event) => /^stack .*\(User Initiated\)$/.test(event));
  return events.slice(0, start + 1).reverse();
}

const START = (operation: string): string => `stack ${operation}_IN_PROGRESS (User Initiated)`;

// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stack-resource-configuration-complete.html
test('create', async () => {
  await deploy({ A: {} });
  expect(latest()).toEqual([
    START('CREATE'),
    'A CREATE_IN_PROGRESS',
    'A CREATE_IN_PROGRESS (Resource creation Initiated)',
    'A CREATE_COMPLETE',
    'stack CREATE_COMPLETE',
  ]);
});

// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stack-failure-options.html
test('fails to create, and rolls back: what is under way is cancelled', async () => {
  const release = bed.resources.hold('create Slow');
  const deployment = deploy({ A: {}, Slow: { DependsOn: 'A' }, Broken: { DependsOn: 'A' } });
  await settled();
  release();
  expect(await deployment).toBe('ROLLBACK_COMPLETE');
  const reason = 'The following resource(s) failed to create: [Slow, Broken]. Rollback requested by user.';
  expect(latest().slice(4)).toEqual([
    'Slow CREATE_IN_PROGRESS',
    'Broken CREATE_IN_PROGRESS',
    'Broken CREATE_FAILED (create Broken failed)',
    'Slow CREATE_FAILED (Resource creation cancelled)',
    `stack ROLLBACK_IN_PROGRESS (${reason})`,
    'Slow DELETE_IN_PROGRESS',
    'Broken DELETE_COMPLETE',
    'Slow DELETE_COMPLETE',
    'A DELETE_IN_PROGRESS',
    'A DELETE_COMPLETE',
    'stack ROLLBACK_COMPLETE',
  ]);
});

// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/troubleshooting.html#troubleshooting-errors-no-updates-to-perform
test('no update to perform', async () => {
  await deploy({ A: {} });
  const before = latest();
  await deploy({ A: {} });
  expect(latest()).toEqual(before);
});

// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-monitor-stack.html
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-update-behaviors.html
test('update: in place, by replacement, by removal', async () => {
  await deploy({ A: { Size: 1 }, Replaced: { DependsOn: 'A', Name: 'old' }, Removed: { DependsOn: 'Replaced' } });
  await deploy({ A: { Size: 2 }, Replaced: { DependsOn: 'A', Name: 'new' } });
  expect(latest()).toEqual([
    START('UPDATE'),
    'A UPDATE_IN_PROGRESS',
    'A UPDATE_COMPLETE',
    'Replaced UPDATE_IN_PROGRESS (Requested update requires the creation of a new physical resource; hence creating one.)',
    'Replaced UPDATE_IN_PROGRESS (Resource creation Initiated)',
    'Replaced UPDATE_COMPLETE',
    'stack UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
    'Removed DELETE_IN_PROGRESS',
    'Removed DELETE_COMPLETE',
    'Replaced DELETE_IN_PROGRESS',
    'Replaced DELETE_COMPLETE',
    'stack UPDATE_COMPLETE',
  ]);
});

// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-monitor-stack.html
test('fails to update, and rolls back', async () => {
  await deploy({ A: { Size: 1 } });
  await deploy({ A: { Size: 2 }, New: { DependsOn: 'A' }, Broken: { DependsOn: 'New' } });
  expect(latest().slice(6)).toEqual([
    'Broken CREATE_IN_PROGRESS',
    'Broken CREATE_FAILED (create Broken failed)',
    `stack UPDATE_ROLLBACK_IN_PROGRESS (${CREATE})`,
    'A UPDATE_IN_PROGRESS',
    'A UPDATE_COMPLETE',
    'stack UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS',
    'Broken DELETE_COMPLETE',
    'New DELETE_IN_PROGRESS',
    'New DELETE_COMPLETE',
    'stack UPDATE_ROLLBACK_COMPLETE',
  ]);
});

// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stack-failure-options.html
test('fails to create with rollback disabled, is retried, and fails to update', async () => {
  const resources = { A: {}, Broken: { DependsOn: 'A' } };
  await deploy(resources, true);
  expect(latest().slice(4)).toEqual([
    'Broken CREATE_IN_PROGRESS',
    'Broken CREATE_FAILED (create Broken failed)',
    `stack CREATE_FAILED (${CREATE})`,
  ]);
  await deploy(resources, true);
  expect(latest()).toEqual([
    START('UPDATE'),
    'Broken CREATE_IN_PROGRESS',
    'Broken CREATE_FAILED (create Broken failed)',
    `stack UPDATE_FAILED (${CREATE})`,
  ]);
});

// https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_RollbackStack.html
test('a failed creation is rolled back on request', async () => {
  await deploy({ A: {}, Broken: { DependsOn: 'A' } }, true);
  await bed.cloudFormation.rollbackStack(STACK);
  expect(latest()).toEqual([
    START('ROLLBACK'),
    'Broken DELETE_COMPLETE',
    'A DELETE_IN_PROGRESS',
    'A DELETE_COMPLETE',
    'stack ROLLBACK_COMPLETE',
  ]);
});

// https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_RollbackStack.html
test('a failed update is rolled back on request', async () => {
  await deploy({ A: { Size: 1 }, Stuck: { Size: 1 } });
  bed.resources.failing.add('update Stuck');
  await deploy({ A: { Size: 2 }, Stuck: { Size: 2, DependsOn: 'A' } }, true);
  expect(latest()).toEqual([
    START('UPDATE'),
    'A UPDATE_IN_PROGRESS',
    'A UPDATE_COMPLETE',
    'Stuck UPDATE_IN_PROGRESS',
    'Stuck UPDATE_FAILED (update Stuck failed)',
    `stack UPDATE_FAILED (${UPDATE})`,
  ]);
  bed.resources.failing.clear();
  await bed.cloudFormation.rollbackStack(STACK);
  expect(latest()).toEqual([
    START('UPDATE_ROLLBACK'),
    'A UPDATE_IN_PROGRESS',
    'Stuck UPDATE_IN_PROGRESS',
    'A UPDATE_COMPLETE',
    'Stuck UPDATE_COMPLETE',
    'stack UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS',
    'stack UPDATE_ROLLBACK_COMPLETE',
  ]);
});

// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-continueupdaterollback.html
test('fails to roll back an update, and continues with it on request', async () => {
  await deploy({ Stuck: { Size: 1 } });
  bed.resources.failing.add('update Stuck');
  await deploy({ Stuck: { Size: 2 } });
  expect(latest().slice(3)).toEqual([
    `stack UPDATE_ROLLBACK_IN_PROGRESS (${UPDATE})`,
    'Stuck UPDATE_IN_PROGRESS',
    'Stuck UPDATE_FAILED (update Stuck failed)',
    `stack UPDATE_ROLLBACK_FAILED (${UPDATE})`,
  ]);
  await bed.cloudFormation.continueUpdateRollback(STACK, { resourcesToSkip: ['Stuck'] });
  expect(latest()).toEqual([
    START('UPDATE_ROLLBACK'),
    'Stuck UPDATE_COMPLETE',
    'stack UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS',
    'stack UPDATE_ROLLBACK_COMPLETE',
  ]);
});

// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cfn-console-delete-stack.html
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html
test('fails to delete, and deletes the rest at another attempt', async () => {
  const { stackId } = await bed.cloudFormation.deploy({
    stackName: STACK,
    template: templateOf({ A: {}, Kept: { DependsOn: 'A', DeletionPolicy: 'Retain' }, B: { DependsOn: 'Kept' } }),
  });
  bed.resources.failing.add('delete A');
  await bed.cloudFormation.deleteStack(STACK);
  expect(latest()).toEqual([
    START('DELETE'),
    'B DELETE_IN_PROGRESS',
    'B DELETE_COMPLETE',
    'Kept DELETE_SKIPPED',
    'A DELETE_IN_PROGRESS',
    'A DELETE_FAILED (delete A failed)',
    'stack DELETE_FAILED (The following resource(s) failed to delete: [A]. )',
  ]);
  bed.resources.failing.clear();
  await bed.cloudFormation.deleteStack(STACK);
  expect(latest(stackId)).toEqual([
    START('DELETE'),
    'A DELETE_IN_PROGRESS',
    'A DELETE_COMPLETE',
    'stack DELETE_COMPLETE',
  ]);
});

// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-nested-stacks.html
test('nested stacks are created and updated', async () => {
  await deploy({ Nested: nested('inner') });
  expect(latest()).toEqual([
    START('CREATE'),
    'Nested CREATE_IN_PROGRESS',
    'Nested CREATE_IN_PROGRESS (Resource creation Initiated)',
    'Nested CREATE_COMPLETE',
    'stack CREATE_COMPLETE',
  ]);
  bed.templates.inner = templateOf({ Inner: { Size: 2 } });
  await deploy({ Nested: nested('inner') });
  expect(latest(bed.nestedId('Nested', STACK))).toEqual([
    START('UPDATE'),
    'Inner UPDATE_IN_PROGRESS',
    'Inner UPDATE_COMPLETE',
    'stack UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
    'stack UPDATE_COMPLETE',
  ]);
});

// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-nested-stacks.html
test('fails to create a nested stack', async () => {
  bed.templates.inner = templateOf({ Broken: {} });
  await deploy({ Nested: nested('inner') });
  expect(latest().slice(3)).toEqual([
    `Nested CREATE_FAILED (Embedded stack ARN was not successfully created: ${CREATE})`,
    'stack ROLLBACK_IN_PROGRESS (The following resource(s) failed to create: [Nested]. Rollback requested by user.)',
    'Nested DELETE_IN_PROGRESS',
    'Nested DELETE_COMPLETE',
    'stack ROLLBACK_COMPLETE',
  ]);
});

// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-continueupdaterollback.html
test('fails to update a nested stack', async () => {
  await deploy({ Nested: nested('inner') });
  bed.templates.inner = templateOf({ Inner: {}, Broken: {} });
  await deploy({ Nested: nested('inner') });
  expect(latest()).toEqual([
    START('UPDATE'),
    'Nested UPDATE_IN_PROGRESS',
    `Nested UPDATE_FAILED (Embedded stack ARN was not successfully updated. Currently in UPDATE_ROLLBACK_IN_PROGRESS with reason: ${CREATE})`,
    'stack UPDATE_ROLLBACK_IN_PROGRESS (The following resource(s) failed to update: [Nested]. )',
    'Nested UPDATE_IN_PROGRESS',
    'Nested UPDATE_COMPLETE',
    'stack UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS',
    'stack UPDATE_ROLLBACK_COMPLETE',
  ]);
  expect(latest(bed.nestedId('Nested', STACK))).toEqual([
    START('UPDATE'),
    'Broken CREATE_IN_PROGRESS',
    'Broken CREATE_FAILED (create Broken failed)',
    `stack UPDATE_ROLLBACK_IN_PROGRESS (${CREATE})`,
    'stack UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS',
    'Broken DELETE_COMPLETE',
    'stack UPDATE_ROLLBACK_COMPLETE',
  ]);
});

// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-responses.html
test('fails to create a custom resource', async () => {
  bed.answer = (event) => (event.RequestType === 'Create' ? failure(event, 'no login') : success(event));
  await deploy({ A: { Type: 'Custom::Test', ServiceToken: 'token' } });
  const requestId = bed.customResourceEvents[0]?.RequestId;
  expect(latest()).toEqual([
    START('CREATE'),
    'A CREATE_IN_PROGRESS',
    'A CREATE_IN_PROGRESS (Resource creation Initiated)',
    `A CREATE_FAILED (Received response status [FAILED] from custom resource. Message returned: no login (RequestId: ${requestId}))`,
    'stack ROLLBACK_IN_PROGRESS (The following resource(s) failed to create: [A]. Rollback requested by user.)',
    'A DELETE_IN_PROGRESS',
    'A DELETE_COMPLETE',
    'stack ROLLBACK_COMPLETE',
  ]);
});
