import { ValidationError } from '../../src/cloudformation';
import { TestBed, templateOf } from './test-bed';

const STACK = 'validated';

test.each([
  [
    'an unknown function',
    templateOf({ A: { Value: { 'Fn::Cidr': ['10.0.0.0/16', 2] } } }),
    /unsupported function: Fn::Cidr Supported functions are: \[Fn::And, Fn::Base64,/,
  ],
  [
    'an unknown function in a branch that is not taken',
    {
      Conditions: { No: { 'Fn::Equals': ['a', 'b'] } },
      ...templateOf({ A: { Value: { 'Fn::If': ['No', { 'Fn::Nope': '' }, 'x'] } } }),
    },
    /unsupported function: Fn::Nope/,
  ],
  [
    'an unresolved Ref',
    templateOf({ A: { Value: { Ref: 'Missing' } } }),
    'Template format error: Unresolved resource dependencies [Missing] in the Resources block of the template',
  ],
  [
    'an unresolved GetAtt',
    templateOf({ A: { Value: { 'Fn::GetAtt': ['Missing', 'Arn'] } } }),
    /dependencies \[Missing\]/,
  ],
  [
    'GetAtt of a parameter',
    { Parameters: { P: { Type: 'String', Default: 'x' } }, ...templateOf({ A: { Value: { 'Fn::GetAtt': 'P.Arn' } } }) },
    /dependencies \[P\]/,
  ],
  [
    'an unresolved attribute name',
    templateOf({ A: {}, B: { V: { 'Fn::GetAtt': ['A', { Ref: 'Missing' }] } } }),
    /dependencies \[Missing\] in the Resources block/,
  ],
  [
    'Or with one operand',
    { Conditions: { C: { 'Fn::Or': [{ Condition: 'C' }] } }, ...templateOf({ A: {} }) },
    /at least 2/,
  ],
  [
    'an unresolved variable of Sub',
    templateOf({ A: { Value: { 'Fn::Sub': '${!Fine} ${Missing.Arn}' } } }),
    /dependencies \[Missing\]/,
  ],
  ['an unresolved DependsOn', templateOf({ A: { DependsOn: ['Missing'] } }), /dependencies \[Missing\]/],
  [
    'an unresolved Ref of an output',
    { ...templateOf({ A: {} }), Outputs: { O: { Value: { Ref: 'Missing' } } } },
    /\[Missing\] in the Outputs block/,
  ],
  [
    'a Ref of a resource whose condition is false',
    {
      Conditions: { No: { 'Fn::Equals': ['a', 'b'] } },
      ...templateOf({ A: { Condition: 'No' }, B: { Value: { Ref: 'A' } } }),
    },
    /dependencies \[A\]/,
  ],
  [
    'a circular dependency',
    templateOf({
      First: {},
      A: { DependsOn: ['B', 'First'] },
      B: { Value: { 'Fn::Sub': '${A.Arn}' } },
      Last: { DependsOn: 'B' },
    }),
    'Circular dependency between resources: [A, B]',
  ],
  ['a dependency on itself', templateOf({ A: { Value: { Ref: 'A' } } }), 'Circular dependency between resources: [A]'],
  ['an unknown condition', templateOf({ A: { Condition: 'Missing' } }), /Unresolved condition dependency Missing/],
  [
    'a condition that depends on itself',
    { Conditions: { C: { 'Fn::Not': [{ Condition: 'C' }] } }, ...templateOf({ A: {} }) },
    /condition C depends on itself/,
  ],
  [
    'a condition on a resource',
    { Conditions: { C: { 'Fn::Equals': [{ Ref: 'A' }, 'x'] } }, ...templateOf({ A: {} }) },
    /Cannot reference resources/,
  ],
  [
    'an index outside of a list',
    templateOf({ A: { Value: { 'Fn::Select': [2, ['a', 'b']] } } }),
    /cannot select nonexistent value at index 2/,
  ],
  [
    'a malformed Join',
    templateOf({ A: { Value: { 'Fn::Join': ['-', 'text'] } } }),
    /every Fn::Join object requires two parameters/,
  ],
  [
    'a missing mapping',
    { Mappings: { M: { x: { y: 1 } } }, ...templateOf({ A: { Value: { 'Fn::FindInMap': ['M', 'x', 'z'] } } }) },
    'Template error: Unable to get mapping for M::x::z',
  ],
  [
    'an export that nobody has made',
    templateOf({ A: { Value: { 'Fn::ImportValue': 'nobodys' } } }),
    'No export named nobodys found.',
  ],
  [
    'more than 500 resources',
    {
      Resources: Object.fromEntries(
        Array.from({ length: 501 }, (_, index) => [`R${index}`, { Type: 'Test::Resource' }]),
      ),
    },
    /Number of resources, 501, is greater than maximum allowed, 500/,
  ],
  ['no resources', { Resources: {} }, /At least one Resources member must be defined/],
  [
    'a resource without a type',
    { Resources: { A: { Properties: {} } } },
    /\[\/Resources\/A\] Every Resources object must contain a Type member/,
  ],
  [
    'an unknown attribute of a resource',
    { Resources: { A: { Type: 'T', Propertys: {} } } },
    /Invalid resource attribute \[Propertys\]/,
  ],
  ['a logical id that is not alphanumeric', { Resources: { 'A-B': { Type: 'T' } } }, /A-B is non alphanumeric/],
  [
    'a null',
    templateOf({ A: { Value: [null] } }),
    "[/Resources/A/Properties/Value/0] 'null' values are not allowed in templates",
  ],
  ['a macro', { Transform: 'AWS::Serverless-2016-10-31', ...templateOf({ A: {} }) }, /\[Transform\]/],
  [
    'an unknown deletion policy',
    templateOf({ A: { DeletionPolicy: 'Keep' } }),
    /DeletionPolicy has an unrecognized value/,
  ],
])('fails when the template has %s, before anything is created', async (_title, template, message) => {
  const { cloudFormation, events } = new TestBed();
  const deployment = cloudFormation.deploy({ stackName: STACK, template });
  await expect(deployment).rejects.toThrow(message);
  await expect(deployment).rejects.toBeInstanceOf(ValidationError);
  expect(cloudFormation.describeStack(STACK)).toBeUndefined();
  expect(events).toEqual([]);
});
