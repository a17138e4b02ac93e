import {
  CreateChangeSetCommand,
  CreateStackCommand,
  DeleteChangeSetCommand,
  DeleteStackCommand,
  DescribeChangeSetCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  ExecuteChangeSetCommand,
  GetTemplateCommand,
  ListChangeSetsCommand,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import { setTimeout } from 'node:timers/promises';
import { ApiBed } from './api-bed';

let bed: ApiBed;
let count = 0;
let StackName: string;
beforeAll(async () => {
  bed = await ApiBed.start();
});
beforeEach(() => {
  StackName = `stack-${(count += 1)}`;
});
afterAll(() => bed.cloud.stop());

const templateOf = (...names: string[]) =>
  JSON.stringify({
    Resources: Object.fromEntries(
      names.map((name) => [name, { Type: 'AWS::SecretsManager::Secret', Properties: { Description: name } }]),
    ),
  });

const create = (ChangeSetName: string, TemplateBody: string, ChangeSetType: 'CREATE' | 'UPDATE' = 'UPDATE') =>
  bed.client.send(new CreateChangeSetCommand({ StackName, ChangeSetName, TemplateBody, ChangeSetType }));
const describeSet = (ChangeSetName: string) =>
  bed.client.send(new DescribeChangeSetCommand({ StackName, ChangeSetName }));
const execute = (ChangeSetName: string) => bed.client.send(new ExecuteChangeSetCommand({ StackName, ChangeSetName }));
const status = async () => (await bed.client.send(new DescribeStacksCommand({ StackName }))).Stacks?.[0]?.StackStatus;

async function completed(): Promise<void> {
  while (!/^(CREATE|UPDATE)_COMPLETE$/.test((await status()) ?? '')) {
    await setTimeout(10);
  }
}

async function given(TemplateBody: string): Promise<void> {
  await bed.client.send(new CreateStackCommand({ StackName, TemplateBody }));
  await completed();
}

// https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateChangeSet.html
test('a stack to be created is under review until its change set is executed', async () => {
  const { Id, StackId } = await create('first', templateOf('A'), 'CREATE');
  expect(await status()).toBe('REVIEW_IN_PROGRESS');
  expect(await bed.client.send(new GetTemplateCommand({ StackName }))).toMatchObject({ TemplateBody: '{}' });
  expect(await describeSet('first')).toMatchObject({
    ...{ ChangeSetId: Id, StackId, Status: 'CREATE_COMPLETE', ExecutionStatus: 'AVAILABLE' },
    Changes: [{ Type: 'Resource', ResourceChange: { Action: 'Add', LogicalResourceId: 'A' } }],
  });

  await execute('first');
  await completed();
  expect(await describeSet('first')).toMatchObject({ ExecutionStatus: 'EXECUTE_COMPLETE' });
  const { StackEvents = [] } = await bed.client.send(new DescribeStackEventsCommand({ StackName }));
  expect(StackEvents.map(({ ResourceStatus }) => ResourceStatus).reverse()).toEqual([
    'REVIEW_IN_PROGRESS',
    'CREATE_IN_PROGRESS',
    'CREATE_IN_PROGRESS',
    'CREATE_IN_PROGRESS',
    'CREATE_COMPLETE',
    'CREATE_COMPLETE',
  ]);
});

test('a stack that is under review takes another change set, and can be deleted', async () => {
  await create('first', templateOf('A'), 'CREATE');
  await create('second', templateOf('A', 'B'), 'CREATE');
  const { Summaries = [] } = await bed.client.send(new ListChangeSetsCommand({ StackName }));
  expect(Summaries.map(({ ChangeSetName }) => ChangeSetName)).toEqual(['first', 'second']);

  await bed.client.send(new DeleteStackCommand({ StackName }));
  await expect(status()).rejects.toThrow(`Stack with id ${StackName} does not exist`);
  await expect(describeSet('first')).rejects.toThrow(/does not exist/);
});

test('one without changes fails, and cannot be executed', async () => {
  await given(templateOf('A'));
  await create('nothing', templateOf('A'));

  expect(await describeSet('nothing')).toMatchObject({
    ...{ Status: 'FAILED', ExecutionStatus: 'UNAVAILABLE' },
    StatusReason: expect.stringContaining("The submitted information didn't contain changes.") as string,
  });
  await expect(execute('nothing')).rejects.toThrow(/cannot be executed/);
});

test('the others of the stack are gone when one is executed', async () => {
  await given(templateOf('A'));
  await create('add-b', templateOf('A', 'B'));
  await create('add-c', templateOf('A', 'C'));
  await execute('add-b');
  await completed();

  await expect(describeSet('add-c')).rejects.toMatchObject({ name: 'ChangeSetNotFoundException' });
  await expect(execute('add-b')).rejects.toMatchObject({ name: 'InvalidChangeSetStatusException' });
});

test('one is obsolete when the stack has changed otherwise', async () => {
  await given(templateOf('A'));
  await create('add-b', templateOf('A', 'B'));
  await bed.client.send(new UpdateStackCommand({ StackName, TemplateBody: templateOf('A', 'C') }));
  await completed();

  expect(await describeSet('add-b')).toMatchObject({ ExecutionStatus: 'OBSOLETE' });
  await expect(execute('add-b')).rejects.toThrow(/OBSOLETE/);
});

// https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DeleteChangeSet.html
test('one that is deleted is gone, also if it never was', async () => {
  await given(templateOf('A'));
  await create('add-b', templateOf('A', 'B'));
  for (const ChangeSetName of ['add-b', 'add-b', 'never']) {
    await bed.client.send(new DeleteChangeSetCommand({ StackName, ChangeSetName }));
  }
  await expect(describeSet('add-b')).rejects.toMatchObject({ name: 'ChangeSetNotFoundException' });
});

test.each([
  ['creates what exists', 'CREATE', true, /already exists and cannot be created again/],
  ['updates what does not exist', 'UPDATE', false, /does not exist/],
] as const)('one is refused that %s', async (_case, type, exists, problem) => {
  if (exists) {
    await given(templateOf('A'));
  }
  await expect(create('refused', templateOf('A'), type)).rejects.toThrow(problem);
});

test('two of a stack have different names', async () => {
  await given(templateOf('A'));
  await create('same', templateOf('A', 'B'));
  await expect(create('same', templateOf('A', 'C'))).rejects.toMatchObject({ name: 'AlreadyExistsException' });
});

// https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_UpdateStack.html
test('an update without changes is refused, like one of a stack that does not exist', async () => {
  const update = () => bed.client.send(new UpdateStackCommand({ StackName, TemplateBody: templateOf('A') }));
  await expect(update()).rejects.toThrow('does not exist');
  await given(templateOf('A'));
  await expect(update()).rejects.toMatchObject({ name: 'ValidationError', message: 'No updates are to be performed.' });
  await expect(given(templateOf('A'))).rejects.toMatchObject({ name: 'AlreadyExistsException' });
});

test('a template may be written in YAML, with the short forms of functions', async () => {
  const TemplateBody = `
AWSTemplateFormatVersion: 2010-09-09
Resources:
  A:
    Type: AWS::SecretsManager::Secret
    Properties: { Description: !Sub 'of \${AWS::StackName}', Name: !Join ['-', [!Ref AWS::StackName, a]] }
Outputs:
  Id: { Value: !GetAtt A.Id }
`;
  await given(TemplateBody);
  const { Stacks = [] } = await bed.client.send(new DescribeStacksCommand({ StackName }));
  expect(Stacks[0]?.Outputs?.[0]?.OutputValue).toContain(`secret:${StackName}-a-`);
  StackName = `${StackName}-malformed`;
  await expect(given('Resources: [')).rejects.toThrow(/Template format error/);
});

test('events come in pages, latest first', async () => {
  await given(templateOf(...Array.from({ length: 50 }, (_, index) => `Secret${index}`)));
  const first = await bed.client.send(new DescribeStackEventsCommand({ StackName }));
  const { NextToken } = first;
  const second = await bed.client.send(new DescribeStackEventsCommand({ StackName, NextToken }));

  const events = [...(first.StackEvents ?? []), ...(second.StackEvents ?? [])];
  expect(first.StackEvents).toHaveLength(100);
  expect(second.NextToken).toBeUndefined();
  expect(new Set(events.map(({ EventId }) => EventId)).size).toBe(152);
  expect(events.at(-1)).toMatchObject({ LogicalResourceId: StackName, ResourceStatus: 'CREATE_IN_PROGRESS' });
  const times = events.map(({ Timestamp }) => Timestamp!.getTime());
  expect(times).toEqual([...times].sort((left, right) => right - left));
});

// https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ResourceChange.html
test('shows what becomes of each resource, and by which property', async () => {
  const secret = (Name: string, more: object = {}) => ({
    ...{ Type: 'AWS::SecretsManager::Secret', Properties: { Name: `${StackName}-${Name}`, Description: Name } },
    ...more,
  });
  const before = { Renamed: secret('a', { UpdateReplacePolicy: 'Retain' }), Described: secret('b'), Gone: secret('c') };
  const described = { ...before.Described, Properties: { ...before.Described.Properties, Description: 'other' } };
  const after = { Renamed: secret('d', { UpdateReplacePolicy: 'Retain' }), Described: described };
  await given(JSON.stringify({ Resources: before }));
  await create('update', JSON.stringify({ Resources: after }));

  const { Changes = [] } = await describeSet('update');
  expect(Changes.map(({ ResourceChange }) => ResourceChange)).toMatchObject([
    {
      ...{ LogicalResourceId: 'Renamed', Action: 'Modify', Replacement: 'True', PolicyAction: 'ReplaceAndRetain' },
      Scope: ['Properties'],
      Details: [
        { Target: { Attribute: 'Properties', Name: 'Name', RequiresRecreation: 'Always' }, Evaluation: 'Static' },
        { Target: { Name: 'Description', RequiresRecreation: 'Never' }, ChangeSource: 'DirectModification' },
      ],
    },
    { LogicalResourceId: 'Described', Action: 'Modify', Replacement: 'False' },
    { LogicalResourceId: 'Gone', Action: 'Remove', PolicyAction: 'Delete', Details: [] },
  ]);
  expect(Changes[1]?.ResourceChange?.PolicyAction).toBeUndefined();
});

test('is made before the stack that it reviews', async () => {
  await create('first', templateOf('A'), 'CREATE');
  const { CreationTime } = await describeSet('first');
  const { StackEvents = [] } = await bed.client.send(new DescribeStackEventsCommand({ StackName }));
  expect(StackEvents.map(({ Timestamp }) => Timestamp! >= CreationTime!)).toEqual([true]);
});

test('events of an operation have its id, those of its rollback another one', async () => {
  const policy = { Type: 'AWS::IAM::Policy', Properties: { PolicyName: 'p', PolicyDocument: {}, Roles: ['nobody'] } };
  const TemplateBody = JSON.stringify({ Resources: { Broken: policy } });
  await bed.client.send(new CreateStackCommand({ StackName, TemplateBody, Capabilities: ['CAPABILITY_IAM'] }));
  while ((await status()) !== 'ROLLBACK_COMPLETE') {
    await setTimeout(10);
  }
  const { StackEvents = [] } = await bed.client.send(new DescribeStackEventsCommand({ StackName }));
  const events = StackEvents.map(({ ResourceStatus, OperationId }) => ({ ResourceStatus, OperationId })).reverse();
  const rollback = events.findIndex(({ ResourceStatus }) => ResourceStatus === 'ROLLBACK_IN_PROGRESS');
  const idsOf = (part: typeof events) => [...new Set(part.map(({ OperationId }) => OperationId))];
  const [creating, ...others] = idsOf(events.slice(0, rollback));
  expect(others).toEqual([]);
  expect(idsOf(events.slice(rollback))).toEqual([expect.not.stringMatching(String(creating))]);
});
