import { TestBed, templateOf } from './test-bed';

const STACK = 'parametrized';

/** Deploys a stack with one parameter, and returns what Ref of it came to. */
async function refOf(declaration: object, value?: string): Promise<unknown> {
  const bed = new TestBed({ ssmParameter: (name) => ({ '/version': '30', '/subnets': 'a,b' })[name] });
  await bed.cloudFormation.deploy({
    stackName: STACK,
    template: { Parameters: { P: declaration }, ...templateOf({ A: { Value: { Ref: 'P' } } }) },
    parameters: value === undefined ? {} : { P: value },
  });
  return bed.resources.requests.get('create A')?.properties.Value;
}

test.each([
  ['a given value', { Type: 'String', Default: 'a' }, 'b', 'b'],
  ['the default', { Type: 'String', Default: 'a' }, undefined, 'a'],
  ['a number as text', { Type: 'Number', Default: 5 }, undefined, '5'],
  ['a comma-delimited list', { Type: 'CommaDelimitedList' }, 'a, b ,c', ['a', 'b', 'c']],
  ['a list of numbers', { Type: 'List<Number>' }, '1,2', ['1', '2']],
  ['what an SSM parameter holds', { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/version' }, undefined, '30'],
  [
    'the list that an SSM parameter holds',
    { Type: 'AWS::SSM::Parameter::Value<List<String>>' },
    '/subnets',
    ['a', 'b'],
  ],
])('Ref is %s', async (_title, declaration, value, expected) => {
  expect(await refOf(declaration, value)).toEqual(expected);
});

test.each([
  ['is missing', { Type: 'String' }, undefined, 'Parameters: [P] must have values'],
  [
    'is not among the allowed values',
    { Type: 'String', AllowedValues: ['a'] },
    'b',
    "Parameter 'P' must be one of AllowedValues",
  ],
  [
    'does not match the whole pattern',
    { Type: 'String', AllowedPattern: '[a-z]+' },
    'ab1',
    "Parameter 'P' must match pattern [a-z]+",
  ],
  ['is too short', { Type: 'String', MinLength: 2 }, 'a', /at least 2 characters/],
  ['is too long', { Type: 'String', MaxLength: '2' }, 'abc', /at most 2 characters/],
  ['is not a number', { Type: 'Number' }, 'many', "Parameter 'P' must be a number."],
  ['is too small', { Type: 'Number', MinValue: 2 }, '1', /not less than 2/],
  ['is too large', { Type: 'Number', MaxValue: 2 }, '3', /not greater than 2/],
  [
    'violates a constraint that has a description',
    { Type: 'String', MinLength: 2, ConstraintDescription: 'two or more' },
    'a',
    'Parameter P failed to satisfy constraint: two or more',
  ],
  [
    'names an SSM parameter that is not there',
    { Type: 'AWS::SSM::Parameter::Value<String>' },
    '/nothing',
    'Unable to fetch parameters [/nothing] from parameter store for this account.',
  ],
])('fails when a parameter %s', async (_title, declaration, value, message) => {
  await expect(refOf(declaration, value)).rejects.toThrow(message);
});

test('fails when a given parameter is not in the template', async () => {
  const { cloudFormation } = new TestBed();
  const deployment = cloudFormation.deploy({
    stackName: STACK,
    template: templateOf({ A: {} }),
    parameters: { X: '1' },
  });
  await expect(deployment).rejects.toThrow('Parameters: [X] do not exist in the template');
});

test('an update may keep the previous value of a parameter', async () => {
  const { cloudFormation, resources } = new TestBed();
  const template = (size: number): object => ({
    Parameters: { P: { Type: 'String', Default: 'default' } },
    ...templateOf({ A: { Size: size, Value: { Ref: 'P' } } }),
  });
  await cloudFormation.deploy({ stackName: STACK, template: template(1), parameters: { P: 'given' } });
  await cloudFormation.deploy({ stackName: STACK, template: template(2), usePreviousValue: ['P'] });
  expect(resources.requests.get('update A')?.properties).toEqual({ Size: 2, Value: 'given' });
  expect(cloudFormation.describeStack(STACK)?.parameters).toEqual([{ key: 'P', value: 'given' }]);
});

test('an update happens when an SSM parameter holds something else', async () => {
  let version = '1';
  const { cloudFormation, resources } = new TestBed({ ssmParameter: () => version });
  const template = {
    Parameters: { P: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/version' } },
    ...templateOf({ A: { Value: { Ref: 'P' } } }),
  };
  await cloudFormation.deploy({ stackName: STACK, template });
  version = '2';
  expect((await cloudFormation.deploy({ stackName: STACK, template })).changed).toBe(true);
  expect(resources.requests.get('update A')?.properties).toEqual({ Value: '2' });
  expect(cloudFormation.describeStack(STACK)?.parameters).toEqual([
    { key: 'P', value: '/version', resolvedValue: '2' },
  ]);
});

test('a NoEcho parameter reaches the resource, and is masked in descriptions and events, also during a rollback', async () => {
  const { cloudFormation, events, resources } = new TestBed();
  const template = (names: string[]): object => ({
    Parameters: Object.fromEntries(names.map((name) => [name, { Type: 'String', NoEcho: true }])),
    ...templateOf(
      Object.fromEntries(names.map((name) => [`Of${name}`, { Deep: [{ Url: { 'Fn::Sub': `x:\${${name}}@host` } }] }])),
    ),
  });
  await cloudFormation.deploy({ stackName: STACK, template: template(['Old']), parameters: { Old: 'hunter2' } });
  expect(resources.requests.get('create OfOld')?.properties).toEqual({ Deep: [{ Url: 'x:hunter2@host' }] });
  expect(cloudFormation.describeStack(STACK)?.parameters).toEqual([{ key: 'Old', value: '****' }]);

  resources.failing.add('create OfNew');
  const parameters = { Old: 'hunter3', New: 'swordfish' };
  await cloudFormation.deploy({ stackName: STACK, template: template(['Old', 'New']), parameters });
  expect(cloudFormation.describeStack(STACK)?.status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(JSON.stringify(events)).not.toMatch(/hunter2|hunter3|swordfish/);
  expect(events.map(({ properties }) => properties?.Deep)).toContainEqual([{ Url: 'x:****@host' }]);
});

test('an empty NoEcho parameter masks nothing', async () => {
  const { cloudFormation, events } = new TestBed();
  const template = { Parameters: { P: { Type: 'String', NoEcho: true } }, ...templateOf({ A: { Value: 'plain' } }) };
  await cloudFormation.deploy({ stackName: STACK, template, parameters: { P: '' } });
  expect(events.map(({ properties }) => properties)).toContainEqual({ Value: 'plain' });
});
