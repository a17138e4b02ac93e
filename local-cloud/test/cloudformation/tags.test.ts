import { nested, NestedBed } from './nested-bed';
import { TestBed, templateOf } from './test-bed';

const STACK = 'tagged';
const RED = [{ key: 'color', value: 'red' }];
const BLUE = [{ key: 'color', value: 'blue' }];

async function tagged(template = templateOf({ A: { Size: 1 } })): Promise<TestBed> {
  const bed = new TestBed();
  await bed.cloudFormation.deploy({ stackName: STACK, template, tags: RED });
  bed.events.length = 0;
  bed.resources.begun.length = 0;
  return bed;
}

test('tags belong to the stack, and stay when an update does not name any', async () => {
  const bed = await tagged();
  expect(bed.cloudFormation.describeStack(STACK)?.tags).toEqual(RED);
  await bed.cloudFormation.deploy({ stackName: STACK, template: templateOf({ A: { Size: 2 } }) });
  expect(bed.cloudFormation.describeStack(STACK)?.tags).toEqual(RED);
});

test.each([
  ['other tags', BLUE],
  ['no tags', []],
])('a change to %s alone updates the stack and no resource', async (_title, tags) => {
  const bed = await tagged();
  const input = { stackName: STACK, template: templateOf({ A: { Size: 1 } }), tags };
  expect(bed.cloudFormation.changeSet(input)).toEqual({ changes: [], isEmpty: false });
  expect(await bed.cloudFormation.deploy(input)).toMatchObject({ changed: true, status: 'UPDATE_COMPLETE' });
  expect(bed.resources.begun).toEqual([]);
  expect(bed.cloudFormation.describeStack(STACK)?.tags).toEqual(tags);
});

test('the same tags in another order are no update', async () => {
  const bed = await tagged();
  const template = templateOf({ A: { Size: 1 } });
  const tags = [...RED, { key: 'size', value: 'small' }];
  await bed.cloudFormation.deploy({ stackName: STACK, template, tags });
  const again = await bed.cloudFormation.deploy({ stackName: STACK, template, tags: [...tags].reverse() });
  expect(again.changed).toBe(false);
});

test('a rollback goes back to the tags before', async () => {
  const bed = await tagged();
  bed.resources.failing.add('create Broken');
  await bed.cloudFormation.deploy({ stackName: STACK, template: templateOf({ Broken: {} }), tags: BLUE });
  expect(bed.cloudFormation.describeStack(STACK)).toMatchObject({ status: 'UPDATE_ROLLBACK_COMPLETE', tags: RED });
});

test('nested stacks have the tags of the stack around', async () => {
  const bed = new NestedBed({ inner: templateOf({ A: {} }) });
  const input = { stackName: 'outer', template: templateOf({ Nested: nested('inner') }) };
  await bed.cloudFormation.deploy({ ...input, tags: RED });
  expect(bed.cloudFormation.describeStack(bed.nestedId())?.tags).toEqual(RED);
  await bed.cloudFormation.deploy({ ...input, tags: BLUE });
  expect(bed.cloudFormation.describeStack(bed.nestedId())).toMatchObject({ status: 'UPDATE_COMPLETE', tags: BLUE });
});
