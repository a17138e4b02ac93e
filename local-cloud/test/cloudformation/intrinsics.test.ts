import { TestBed, templateOf } from './test-bed';

/** Deploys a stack in which a value depends on a resource, a mapping, conditions and parameters. */
async function evaluated(value: unknown, sections: object = {}): Promise<unknown> {
  const { cloudFormation, resources } = new TestBed();
  const result = await cloudFormation.deploy({
    stackName: 'values',
    template: {
      Parameters: {
        Name: { Type: 'String', Default: 'orders' },
        Ports: { Type: 'CommaDelimitedList', Default: '1, 2' },
      },
      Conditions: {
        IsOrders: { 'Fn::Equals': [{ Ref: 'Name' }, 'orders'] },
        IsOther: { 'Fn::Not': [{ Condition: 'IsOrders' }] },
      },
      Mappings: { Sizes: { 'eu-west-1': { Large: 42, Zones: ['x', 'y'] } } },
      ...templateOf({ Other: { Size: 7 }, Tested: { Value: value } }),
      ...sections,
    },
  });
  expect(result.status).toBe('CREATE_COMPLETE');
  return resources.requests.get('create Tested')?.properties.Value;
}

test.each([
  ['Ref of a resource is its physical id', { Ref: 'Other' }, 'Other-1'],
  ['Ref of a parameter is its value', { Ref: 'Name' }, 'orders'],
  ['Ref of a list parameter is a list', { Ref: 'Ports' }, ['1', '2']],
  ['Ref of a pseudo parameter is a fact of the stack', { Ref: 'AWS::AccountId' }, '111122223333'],
  ['Ref of AWS::NotificationARNs is an empty list', { Ref: 'AWS::NotificationARNs' }, []],
  ['GetAtt takes a list', { 'Fn::GetAtt': ['Other', 'Arn'] }, 'arn:Other-1'],
  ['GetAtt takes a string', { 'Fn::GetAtt': 'Other.Arn' }, 'arn:Other-1'],
  [
    'Sub replaces names, attributes and pseudo parameters',
    { 'Fn::Sub': '${Name}/${Other}/${Other.Size}/${AWS::URLSuffix}' },
    'orders/Other-1/7/amazonaws.com',
  ],
  [
    'Sub prefers its own variables',
    { 'Fn::Sub': ['${Name}-${X}', { Name: 'mine', X: { Ref: 'Other' } }] },
    'mine-Other-1',
  ],
  ['Sub keeps literals', { 'Fn::Sub': '${!Name}' }, '${Name}'],
  ['Join joins', { 'Fn::Join': ['-', ['a', { Ref: 'Name' }, { Ref: 'AWS::NoValue' }, 3]] }, 'a-orders-3'],
  ['Join joins what a function returns', { 'Fn::Join': ['+', { Ref: 'Ports' }] }, '1+2'],
  [
    'Select takes one of a list',
    { 'Fn::Select': ['1', { 'Fn::Split': [':', { 'Fn::GetAtt': ['Other', 'Arn'] }] }] },
    'Other-1',
  ],
  ['Split splits', { 'Fn::Split': ['|', 'a|b|'] }, ['a', 'b', '']],
  ['If takes the first branch of a true condition', { 'Fn::If': ['IsOrders', 'yes', 'no'] }, 'yes'],
  ['If takes the second branch of a false condition', { 'Fn::If': ['IsOther', 'yes', { Ref: 'Name' }] }, 'orders'],
  ['FindInMap finds', { 'Fn::FindInMap': ['Sizes', { Ref: 'AWS::Region' }, 'Large'] }, 42],
  ['FindInMap finds lists', { 'Fn::FindInMap': ['Sizes', 'eu-west-1', 'Zones'] }, ['x', 'y']],
  ['Base64 encodes', { 'Fn::Base64': { Ref: 'Name' } }, 'b3JkZXJz'],
  ['GetAZs lists the zones of this Region', { 'Fn::GetAZs': '' }, ['eu-west-1a', 'eu-west-1b', 'eu-west-1c']],
  [
    'AWS::NoValue removes a member and an item',
    { a: { Ref: 'AWS::NoValue' }, b: [1, { Ref: 'AWS::NoValue' }] },
    { b: [1] },
  ],
  [
    'a policy is no function',
    { Condition: { StringEquals: { 'aws:x': { Ref: 'Name' } } } },
    { Condition: { StringEquals: { 'aws:x': 'orders' } } },
  ],
])('%s', async (_title, value, expected) => {
  expect(await evaluated(value)).toEqual(expected);
});

test.each([
  ['aws', 'amazonaws.com'],
  ['aws-cn', 'amazonaws.com.cn'],
  ['aws-us-gov', 'amazonaws.com'],
])('partition %s has its own ARNs and URL suffix', async (partition, suffix) => {
  const { cloudFormation, resources } = new TestBed({ partition });
  const { stackId } = await cloudFormation.deploy({
    stackName: 'partitions',
    template: templateOf({
      A: { Value: { 'Fn::Sub': '${AWS::Partition} ${AWS::URLSuffix} ${AWS::StackId} ${AWS::StackName}' } },
    }),
  });
  expect(resources.requests.get('create A')?.properties.Value).toBe(`${partition} ${suffix} ${stackId} partitions`);
  expect(stackId).toMatch(
    new RegExp(`^arn:${partition}:cloudformation:eu-west-1:111122223333:stack/partitions/[0-9a-f-]{36}$`),
  );
});

test.each([
  [{ 'Fn::And': [{ Condition: 'T' }, { 'Fn::Equals': ['1', 1] }] }, true],
  [{ 'Fn::And': [{ Condition: 'T' }, { Condition: 'F' }] }, false],
  [{ 'Fn::Or': [{ Condition: 'F' }, { Condition: 'T' }] }, true],
  [{ 'Fn::Or': [{ Condition: 'F' }, { Condition: 'F' }] }, false],
  [{ 'Fn::Not': [{ Condition: 'T' }] }, false],
  [{ 'Fn::Equals': [{ Ref: 'AWS::Region' }, { 'Fn::Join': ['-', ['eu', 'west', '1']] }] }, true],
])('condition %j is %j', async (condition, expected) => {
  const bed = new TestBed();
  await bed.cloudFormation.deploy({
    stackName: 'conditions',
    template: {
      Conditions: { Tested: condition, T: { 'Fn::Equals': ['a', 'a'] }, F: { 'Fn::Equals': ['a', 'b'] } },
      ...templateOf({ Conditional: { Condition: 'Tested' }, Always: { DependsOn: 'Conditional' } }),
      Outputs: { Out: { Condition: 'Tested', Value: { Ref: 'Always' } } },
    },
  });
  expect(bed.resources.begun.includes('create Conditional')).toBe(expected);
  expect(bed.resources.begun).toContain('create Always');
  expect(bed.cloudFormation.describeStack('conditions')?.outputs).toHaveLength(expected ? 1 : 0);
});

test('a branch that is not taken makes no dependency and may name a resource that is not there', async () => {
  const { cloudFormation, resources } = new TestBed();
  const result = await cloudFormation.deploy({
    stackName: 'branches',
    template: {
      Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } },
      ...templateOf({
        Absent: { Condition: 'Never' },
        A: { Value: { 'Fn::If': ['Never', { Ref: 'Absent' }, 'other'] } },
      }),
    },
  });
  expect(result.status).toBe('CREATE_COMPLETE');
  expect(resources.requests.get('create A')?.properties).toEqual({ Value: 'other' });
});
