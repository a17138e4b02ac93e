import type { Change, ChangeDetail, Properties } from '../../src/cloudformation';
import { TestBed, templateOf } from './test-bed';

const STACK = 'changed';

type Resources = Record<string, Properties>;

/** Changes from one template to the next, by logical id. */
async function changesOf(before: Resources, after: Resources, bed = new TestBed()): Promise<Record<string, Change>> {
  await bed.given(STACK, before);
  const { changes } = bed.cloudFormation.changeSet({ stackName: STACK, template: templateOf(after) });
  expect(bed.resources.begun).toEqual([]);
  return Object.fromEntries(changes.map((change) => [change.logicalId, change]));
}

const detail = (name: string, requiresRecreation: string, changeSource = 'DirectModification'): ChangeDetail =>
  ({ name, requiresRecreation, evaluation: 'Static', changeSource }) as ChangeDetail;
const dynamic = (name: string, requiresRecreation: string, changeSource: string, causingEntity: string): ChangeDetail =>
  ({ name, requiresRecreation, evaluation: 'Dynamic', changeSource, causingEntity }) as ChangeDetail;

test('lists what is added, modified and removed, in the order of the template', async () => {
  const changes = await changesOf(
    { Same: {}, Changed: { Size: 1 }, Replaced: { Name: 'old' }, Removed: {} },
    { Same: {}, Changed: { Size: 2 }, Replaced: { Name: 'new' }, Added: {} },
  );
  expect(Object.values(changes)).toEqual([
    expect.objectContaining({ logicalId: 'Changed', action: 'Modify', physicalId: 'Changed-2', replacement: 'False' }),
    expect.objectContaining({
      ...{ logicalId: 'Replaced', action: 'Modify', replacement: 'True', policyAction: 'ReplaceAndDelete' },
    }),
    { logicalId: 'Added', action: 'Add', resourceType: 'Test::Resource', details: [] },
    {
      ...{ logicalId: 'Removed', action: 'Remove', physicalId: 'Removed-4', resourceType: 'Test::Resource' },
      ...{ policyAction: 'Delete', details: [] },
    },
  ]);
});

test.each<[string, Properties, Properties, Change['replacement'], ChangeDetail[]]>([
  ['a property', { Size: 1, Same: 1 }, { Size: 2, Same: '1' }, 'False', [detail('Size', 'Never')]],
  ['a create-only one', { Name: 'a' }, { Name: 'b' }, 'True', [detail('Name', 'Always')]],
  ['one below', { Input: { Name: 'a' } }, { Input: { Name: 'b' } }, 'True', [detail('Input', 'Always')]],
  ['beside it', { Input: { Size: 1 } }, { Input: { Size: 2 } }, 'False', [detail('Input', 'Never')]],
  ['a conditional one', { Kind: 'a' }, { Kind: 'b' }, 'Conditional', [detail('Kind', 'Conditionally')]],
  ['two', { Name: 'a' }, { Kind: 'b' }, 'True', [detail('Name', 'Always'), detail('Kind', 'Conditionally')]],
])('says of a change of %s whether it needs a replacement', async (_title, before, after, replacement, details) => {
  expect((await changesOf({ A: before }, { A: after })).A).toMatchObject({ replacement, details });
});

test.each<[string, object, ChangeDetail[]]>([
  ['the name of what is new', { Ref: 'New' }, [dynamic('Value', 'Never', 'ResourceReference', 'New')]],
  ['the name of what is replaced', { Ref: 'B' }, [dynamic('Value', 'Never', 'ResourceReference', 'B')]],
  [
    'an attribute of it, in a text',
    { 'Fn::Sub': '${B.Arn}!' },
    [dynamic('Value', 'Never', 'ResourceAttribute', 'B.Arn')],
  ],
  [
    'an attribute of what is modified',
    { 'Fn::GetAtt': ['C', 'Size'] },
    [dynamic('Value', 'Never', 'ResourceAttribute', 'C.Size')],
  ],
])('%s may change what refers to it', async (_title, Value, details) => {
  const changes = await changesOf(
    { User: { Value: { Ref: 'Same' } }, Same: {}, B: { Name: 'old' }, C: { Size: 1 } },
    { User: { Value }, Same: {}, B: { Name: 'new' }, C: { Size: 2 }, New: {} },
  );
  expect(changes.User).toMatchObject({ action: 'Modify', replacement: 'False', details });
});

test('the name of what is modified in place changes nothing', async () => {
  const User = { Value: { Ref: 'C' } };
  expect(Object.keys(await changesOf({ User, C: { Size: 1 } }, { User, C: { Size: 2 } }))).toEqual(['C']);
});

test.each<[string, Properties, Properties, string]>([
  ['a name', { Name: { Ref: 'B' } }, { Name: { Ref: 'B' } }, 'Name'],
  ['a nested name', { Input: { Name: { Ref: 'B' } } }, { Input: { Name: { Ref: 'B' } } }, 'Input'],
])('what takes %s from a replaced resource is replaced under conditions', async (_title, before, after, name) => {
  const changes = await changesOf({ A: before, B: { Name: 'old' } }, { A: after, B: { Name: 'new' } });
  const details = [dynamic(name, 'Always', 'ResourceReference', 'B')];
  expect(changes.A).toMatchObject({ replacement: 'Conditional', details });
});

test('what takes another value from it beside its name is not replaced, unless its name changes too', async () => {
  const A = (Name: string) => ({ Input: { Name, Value: { Ref: 'B' } } });
  const B = { Name: 'old' };
  const changes = await changesOf(
    { Kept: A('a'), Replaced: A('a'), B },
    { Kept: A('a'), Replaced: A('b'), B: { Name: 'new' } },
  );
  expect(changes.Kept).toMatchObject({
    replacement: 'False',
    details: [dynamic('Input', 'Never', 'ResourceReference', 'B')],
  });
  expect(changes.Replaced).toMatchObject({
    replacement: 'True',
    details: [detail('Input', 'Always'), dynamic('Input', 'Never', 'ResourceReference', 'B')],
  });
});

test('an attribute that nothing is known to have may come with an update', async () => {
  const { User } = await changesOf({ User: {}, A: {} }, { User: { Value: { 'Fn::GetAtt': ['A', 'New'] } }, A: {} });
  expect(User).toMatchObject({
    replacement: 'False',
    details: [dynamic('Value', 'Never', 'ResourceAttribute', 'A.New')],
  });
});

test('changes go on through any number of references', async () => {
  const chain = { A: { Name: { Ref: 'B' } }, B: { Name: { Ref: 'C' } } };
  const changes = await changesOf({ ...chain, C: { Name: 'old' } }, { ...chain, C: { Name: 'new' } });
  expect(Object.values(changes).map(({ logicalId, replacement }) => `${logicalId} ${replacement}`)).toEqual([
    'A Conditional',
    'B Conditional',
    'C True',
  ]);
});

test('names the parameter whose value has changed', async () => {
  const bed = new TestBed();
  const template = {
    Parameters: { Size: { Type: 'String' }, Other: { Type: 'String' } },
    ...templateOf({ A: { Size: { 'Fn::Sub': '${Other}-${Size}' } } }),
  };
  await bed.cloudFormation.deploy({ stackName: STACK, template, parameters: { Size: '1', Other: 'x' } });
  const input = { stackName: STACK, template, parameters: { Size: '2', Other: 'x' } };
  expect(bed.cloudFormation.changeSet(input).changes).toMatchObject([
    { replacement: 'False', details: [{ ...detail('Size', 'Never', 'ParameterReference'), causingEntity: 'Size' }] },
  ]);
});

test('a nested stack may change by itself', async () => {
  const bed = new TestBed({ templateAt: () => templateOf({ Inner: {} }) });
  const Nested = { Type: 'AWS::CloudFormation::Stack', TemplateURL: 'url' };
  const { Nested: change } = await changesOf({ Nested }, { Nested }, bed);
  const details = [{ requiresRecreation: 'Never', evaluation: 'Dynamic', changeSource: 'Automatic' }];
  expect(change).toMatchObject({ action: 'Modify', replacement: 'False', details });
});

test('a type that is not modelled is replaced where its specification says so', async () => {
  const bed = new TestBed({ createOnly: undefined });
  const queue = (QueueName: string, DelaySeconds: number) => ({ Type: 'AWS::SQS::Queue', QueueName, DelaySeconds });
  const A = (name: string, delay: number) => templateOf({ A: queue(name, delay) });
  const idOf = async (template: object) => {
    await bed.cloudFormation.deploy({ stackName: STACK, template });
    return bed.cloudFormation.describeStackResources(STACK)[0]?.physicalId;
  };
  const first = await idOf(A('orders', 1));
  expect(await idOf(A('orders', 2))).toBe(first);
  expect(await idOf(A('invoices', 2))).not.toBe(first);
  expect(bed.history).toContain('A DELETE_COMPLETE');
});

test('what may need a replacement is updated in place, for its handler to judge', async () => {
  const bed = await new TestBed().given(STACK, { A: { Kind: 'a' } });
  await bed.cloudFormation.deploy({ stackName: STACK, template: templateOf({ A: { Kind: 'b' } }) });
  expect(bed.resources.begun).toEqual(['update A']);
});
