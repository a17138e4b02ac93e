import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import { failure, success, TestBed, templateOf } from './test-bed';

const STACK = 'customized';
const SERVICE_TOKEN = 'arn:aws:lambda:eu-west-1:111122223333:function:provider';
const bed = { current: new TestBed() };

beforeEach(() => {
  bed.current = new TestBed();
});
afterEach(() => bed.current.cloudFormation.close());

function custom(properties: object = {}): Record<string, unknown> {
  return { Type: 'Custom::Test', ServiceToken: SERVICE_TOKEN, ...properties };
}

/** What a provider answers that replaces its resource when the size changes. */
function idBySize({ ResourceProperties }: CloudFormationCustomResourceEvent): string {
  return ResourceProperties.Size === '2' ? 'another' : 'made-by-provider';
}

test('an update is sent with old and new properties when a property changes, and only then', async () => {
  const { cloudFormation, customResourceEvents } = bed.current;
  await bed.current.given(STACK, { A: custom({ Size: 1 }), B: {} });
  await cloudFormation.deploy({
    stackName: STACK,
    template: templateOf({ A: custom({ Size: '1' }), B: { Other: true } }),
  });
  expect(customResourceEvents).toHaveLength(1);
  await cloudFormation.deploy({ stackName: STACK, template: templateOf({ A: custom({ Size: 2 }), B: {} }) });
  expect(customResourceEvents[1]).toMatchObject({
    RequestType: 'Update',
    PhysicalResourceId: 'made-by-provider',
    ResourceProperties: { ServiceToken: SERVICE_TOKEN, Size: '2' },
    OldResourceProperties: { ServiceToken: SERVICE_TOKEN, Size: '1' },
  });
  expect(customResourceEvents[1]?.RequestId).not.toBe(customResourceEvents[0]?.RequestId);
});

test('a changed physical id on update is a replacement: the old id is deleted in the clean-up', async () => {
  const { cloudFormation, customResourceEvents } = bed.current;
  await bed.current.given(STACK, { A: custom({ Size: 1 }) });
  bed.current.answer = (event) =>
    event.RequestType === 'Update' ? { ...success(event), PhysicalResourceId: 'another' } : success(event);
  await cloudFormation.deploy({ stackName: STACK, template: templateOf({ A: custom({ Size: 2 }) }) });
  expect(bed.current.history).toEqual([
    `${STACK} UPDATE_IN_PROGRESS (User Initiated)`,
    'A UPDATE_IN_PROGRESS',
    'A UPDATE_IN_PROGRESS (Requested update required the provider to create a new physical resource)',
    'A UPDATE_COMPLETE',
    `${STACK} UPDATE_COMPLETE_CLEANUP_IN_PROGRESS`,
    'A DELETE_IN_PROGRESS',
    'A DELETE_COMPLETE',
    `${STACK} UPDATE_COMPLETE`,
  ]);
  expect(customResourceEvents[2]).toMatchObject({
    RequestType: 'Delete',
    PhysicalResourceId: 'made-by-provider',
    ResourceProperties: { Size: '1' },
  });
  expect(cloudFormation.describeStackResources(STACK)).toContainEqual(
    expect.objectContaining({ physicalId: 'another' }),
  );
});

test('fails when the service token changes: nothing is sent, neither forwards nor backwards', async () => {
  await bed.current.given(STACK, { A: custom() });
  const template = templateOf({ A: custom({ ServiceToken: `${SERVICE_TOKEN}-2` }) });
  const result = await bed.current.cloudFormation.deploy({ stackName: STACK, template });
  expect(result.status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(bed.current.history).toContain('A UPDATE_FAILED (Modifying service token is not allowed.)');
  expect(bed.current.customResourceEvents).toHaveLength(1);
});

test('a replacement is rolled back by an update from the new id, which is deleted when the old one comes back', async () => {
  const { cloudFormation, customResourceEvents, resources } = bed.current;
  await bed.current.given(STACK, { A: custom({ Size: 1 }) });
  resources.failing.add('create Broken');
  bed.current.answer = (event) => ({ ...success(event), PhysicalResourceId: idBySize(event) });
  const template = templateOf({ A: custom({ Size: 2 }), Broken: { DependsOn: 'A' } });
  expect((await cloudFormation.deploy({ stackName: STACK, template })).status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(customResourceEvents.slice(1)).toMatchObject([
    { RequestType: 'Update', PhysicalResourceId: 'made-by-provider' },
    { RequestType: 'Update', PhysicalResourceId: 'another', ResourceProperties: { Size: '1' } },
    { RequestType: 'Delete', PhysicalResourceId: 'another' },
  ]);
});

test('a stack that is stuck after a replacement is deleted with every id of the resource, each one once', async () => {
  const { cloudFormation, customResourceEvents } = bed.current;
  await bed.current.given(STACK, { A: custom({ Size: 1 }), B: custom({ Size: 1 }) });
  bed.current.answer = (event) => {
    if (event.RequestType === 'Delete') {
      return success(event);
    }
    return event.LogicalResourceId === 'B'
      ? failure(event)
      : { ...success(event), PhysicalResourceId: idBySize(event) };
  };
  const template = templateOf({ A: custom({ Size: 2 }), B: custom({ Size: 2, DependsOn: 'A' }) });
  expect((await cloudFormation.deploy({ stackName: STACK, template })).status).toBe('UPDATE_ROLLBACK_FAILED');
  expect((await cloudFormation.deleteStack(STACK))?.status).toBe('DELETE_COMPLETE');
  const deleted = customResourceEvents.flatMap((event) =>
    event.RequestType === 'Delete' ? [`${event.LogicalResourceId} ${event.PhysicalResourceId}`] : [],
  );
  expect(deleted.sort()).toEqual(['A another', 'A made-by-provider', 'B made-by-provider']);
});
