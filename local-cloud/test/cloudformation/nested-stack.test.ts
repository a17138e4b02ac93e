import { nested, NestedBed } from './nested-bed';
import { TestBed, templateOf } from './test-bed';

const OUTER = templateOf({
  Before: { Size: 7 },
  Nested: nested('inner', { Size: { 'Fn::GetAtt': 'Before.Size' } }),
  After: { Value: { 'Fn::GetAtt': ['Nested', 'Outputs.InnerArn'] } },
});
const INNER = {
  ...templateOf({
    Inner: { Size: { Ref: 'Size' }, StackId: { Ref: 'AWS::StackId' }, StackName: { Ref: 'AWS::StackName' } },
  }),
  Parameters: { Size: { Type: 'Number' } },
  Outputs: { InnerArn: { Value: { 'Fn::GetAtt': 'Inner.Arn' } } },
};

function deploy(bed: NestedBed, template: object = OUTER) {
  return bed.cloudFormation.deploy({ stackName: 'outer', template });
}

test('a nested stack is a stack of its own, with parameters, outputs, events and an identity', async () => {
  const bed = new NestedBed({ inner: INNER });
  expect(await deploy(bed)).toMatchObject({ status: 'CREATE_COMPLETE', notModelled: [] });
  const id = bed.nestedId();
  const { stackName, status } = bed.cloudFormation.describeStack(id)!;
  expect(stackName).toMatch(/^outer-Nested-[A-Z0-9]{12}$/);
  expect(id).toMatch(new RegExp(`^arn:aws:cloudformation:eu-west-1:111122223333:stack/${stackName}/[0-9a-f-]{36}$`));
  expect(status).toBe('CREATE_COMPLETE');
  expect(bed.resources.requests.get('create Inner')?.properties).toEqual({
    Size: '7',
    StackId: id,
    StackName: stackName,
  });
  expect(bed.resources.requests.get('create After')?.properties).toEqual({ Value: 'arn:Inner-2' });
  expect(bed.historyOf('outer')).toContain('Nested CREATE_COMPLETE');
  expect(bed.historyOf('Nested')).toEqual([
    'Nested CREATE_IN_PROGRESS (User Initiated)',
    'Inner CREATE_IN_PROGRESS',
    'Inner CREATE_IN_PROGRESS (Resource creation Initiated)',
    'Inner CREATE_COMPLETE',
    'Nested CREATE_COMPLETE',
  ]);
});

test('its Ref is its id', async () => {
  const bed = new NestedBed({ inner: templateOf({ Inner: {} }) });
  await deploy(bed, templateOf({ Nested: nested('inner'), After: { Value: { Ref: 'Nested' } } }));
  expect(bed.resources.requests.get('create After')?.properties).toEqual({ Value: bed.nestedId() });
});

test('its name is cut where it would be too long, its suffix is not', async () => {
  const longName = 'N'.repeat(150);
  const bed = new NestedBed({ inner: templateOf({ Inner: {} }) });
  expect((await deploy(bed, templateOf({ [longName]: nested('inner') }))).status).toBe('CREATE_COMPLETE');
  const { stackName } = bed.cloudFormation.describeStack(bed.nestedId(longName))!;
  expect(stackName).toMatch(/^outer-N{109}-[A-Z0-9]{12}$/);
});

test('stacks nest in nested stacks, and are deleted with them', async () => {
  const bed = new NestedBed({
    inner: { ...templateOf({ Innermost: nested('innermost') }) },
    innermost: templateOf({ Deep: {} }),
  });
  await deploy(bed, templateOf({ Nested: nested('inner') }));
  const ids = [bed.nestedId(), bed.nestedId('Innermost', bed.nestedId())];
  expect(ids.map((id) => bed.statusOf(id))).toEqual(['CREATE_COMPLETE', 'CREATE_COMPLETE']);
  expect((await bed.cloudFormation.deleteStack('outer'))?.status).toBe('DELETE_COMPLETE');
  expect(ids.map((id) => bed.statusOf(id))).toEqual(['DELETE_COMPLETE', 'DELETE_COMPLETE']);
  expect(bed.resources.begun).toEqual(['create Deep', 'delete Deep']);
});

test('types without a model are told of the nested stacks, too', async () => {
  const bed = new NestedBed({ inner: templateOf({ Inner: { Type: 'AWS::SQS::Queue' } }) });
  expect((await deploy(bed, templateOf({ Nested: nested('inner') }))).notModelled).toEqual(['AWS::SQS::Queue']);
});

test('without templates, nested stacks are records that do nothing', async () => {
  const { notModelled } = await new TestBed().cloudFormation.deploy({ stackName: 'outer', template: OUTER });
  expect(notModelled).toEqual(['AWS::CloudFormation::Stack']);
});

test('fails when it cannot be deleted', async () => {
  const bed = new NestedBed({ inner: INNER });
  await deploy(bed);
  bed.resources.failing.add('delete Inner');
  expect((await bed.cloudFormation.deleteStack('outer'))?.status).toBe('DELETE_FAILED');
  expect(bed.historyOf('outer')).toContain(
    'Nested DELETE_FAILED (Embedded stack ARN was not successfully deleted: The following resource(s) failed to delete: [Inner]. )',
  );
  expect(bed.resources.begun).not.toContain('delete Before');
});

test.each([
  ['its template is not there', nested('nowhere'), 'S3 error: The specified key does not exist.'],
  ['a parameter has no value', nested('inner'), 'Parameters: [Size] must have values'],
  [
    'a parameter is not declared',
    nested('inner', { Size: 1, Weight: 1 }),
    'Parameters: [Weight] do not exist in the template',
  ],
  [
    'a parameter is a list',
    nested('inner', { Size: [1] }),
    'Value of property Parameters must be an object with String (or simple type) properties',
  ],
  ['capabilities are missing for it', nested('roles'), 'Requires capabilities : [CAPABILITY_IAM]'],
])('fails when %s, and there is no such stack', async (_, Nested, reason) => {
  const bed = new NestedBed({ inner: INNER, roles: templateOf({ Role: { Type: 'AWS::IAM::Role' } }) });
  expect((await deploy(bed, templateOf({ Nested }))).status).toBe('ROLLBACK_COMPLETE');
  expect(bed.historyOf('outer')).toContain(`Nested CREATE_FAILED (${reason})`);
  expect(bed.nestedId()).toBe('');
});
