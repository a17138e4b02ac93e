import { TestBed, templateOf } from './test-bed';
import { settled } from './test-resources';

const STACK = 'created';

test('a stack is created, and says so in events with strictly rising timestamps', async () => {
  const { cloudFormation, events } = new TestBed();
  const template = {
    ...templateOf({ A: { Size: 1 } }),
    Outputs: { Arn: { Value: { 'Fn::GetAtt': 'A.Arn' }, Description: 'd' } },
  };
  const result = await cloudFormation.deploy({ stackName: STACK, template, clientRequestToken: 'token' });

  expect(result).toMatchObject({
    status: 'CREATE_COMPLETE',
    changed: true,
    outputs: { Arn: 'arn:A-1' },
    notModelled: [],
  });
  expect(events.map(({ logicalId, physicalId, status, reason }) => [logicalId, physicalId, status, reason])).toEqual([
    [STACK, result.stackId, 'CREATE_IN_PROGRESS', 'User Initiated'],
    ['A', undefined, 'CREATE_IN_PROGRESS', undefined],
    ['A', 'A-1', 'CREATE_IN_PROGRESS', 'Resource creation Initiated'],
    ['A', 'A-1', 'CREATE_COMPLETE', undefined],
    [STACK, result.stackId, 'CREATE_COMPLETE', undefined],
  ]);
});

test('events carry the request token and the type, and are described latest first', async () => {
  const { cloudFormation, events } = new TestBed();
  await cloudFormation.deploy({ stackName: STACK, template: templateOf({ A: {} }), clientRequestToken: 'token' });
  const times = events.map(({ timestamp }) => timestamp.getTime());
  expect(times).toEqual([...new Set(times)].sort((a, b) => a - b));
  expect(new Set(events.map(({ clientRequestToken }) => clientRequestToken))).toEqual(new Set(['token']));
  expect(new Set(events.map(({ resourceType }) => resourceType))).toEqual(
    new Set(['AWS::CloudFormation::Stack', 'Test::Resource']),
  );
  expect(cloudFormation.describeStackEvents(STACK)).toEqual([...events].reverse());
});

test('a stack is visible by name and id as soon as its creation has begun', async () => {
  const { cloudFormation } = new TestBed();
  const deployment = cloudFormation.deploy({ stackName: STACK, template: templateOf({ A: {} }) });
  expect(cloudFormation.describeStack(STACK)?.status).toBe('CREATE_IN_PROGRESS');
  const { stackId } = await deployment;
  expect(cloudFormation.describeStack(stackId)).toMatchObject({ stackName: STACK, status: 'CREATE_COMPLETE' });
});

test.each(['yes', 'no'])(
  'references in metadata are dependencies where their condition is true: %s',
  async (answer) => {
    const { cloudFormation, resources } = new TestBed();
    const Type = 'Test::Resource';
    const reference = { 'Fn::If': ['WithSlow', { Ref: 'Slow' }, { Ref: 'AWS::NoValue' }] };
    const deployment = cloudFormation.deploy({
      stackName: STACK,
      template: {
        Conditions: { WithSlow: { 'Fn::Equals': [answer, 'yes'] } },
        Resources: { After: { Type, Metadata: { waitsFor: [reference] } }, Slow: { Type, Condition: 'WithSlow' } },
      },
    });

    expect((await deployment).status).toBe('CREATE_COMPLETE');
    expect(resources.begun).toEqual(answer === 'yes' ? ['create Slow', 'create After'] : ['create After']);
  },
);

test('resources wait for what they depend on, and for nothing else', async () => {
  const { cloudFormation, resources } = new TestBed();
  const release = resources.hold('create Slow');
  const deployment = cloudFormation.deploy({
    stackName: STACK,
    template: templateOf({
      AfterBoth: { Value: { 'Fn::Sub': '${Slow} ${Fast.Arn}' } },
      AfterSlow: { DependsOn: 'Slow' },
      AfterFast: { Value: { 'Fn::GetAtt': 'Fast.Arn' } },
      Slow: {},
      Fast: {},
    }),
  });
  await settled();
  expect(resources.begun).toEqual(['create Slow', 'create Fast', 'create AfterFast']);
  expect(resources.ended).toEqual(['create Fast', 'create AfterFast']);
  release();
  expect((await deployment).status).toBe('CREATE_COMPLETE');
  expect(resources.begun.slice(3).sort()).toEqual(['create AfterBoth', 'create AfterSlow']);
});

test('many resources are created at once', async () => {
  const { cloudFormation, resources } = new TestBed();
  const names = Array.from({ length: 50 }, (_, index) => `R${index}`);
  const releases = names.map((name) => resources.hold(`create ${name}`));
  const template = templateOf(Object.fromEntries(names.map((name) => [name, {}])));
  const deployment = cloudFormation.deploy({ stackName: STACK, template });
  await settled();
  expect(resources.begun).toHaveLength(50);
  releases.forEach((release) => release());
  expect((await deployment).status).toBe('CREATE_COMPLETE');
});

test('resources of a type without a handler are inert records, and are listed as such', async () => {
  const { cloudFormation, resources } = new TestBed();
  const result = await cloudFormation.deploy({
    stackName: STACK,
    template: templateOf({
      Inert: { Type: 'AWS::Nobody::Knows' },
      A: { Value: { 'Fn::Sub': '${Inert} ${Inert.Arn}' } },
    }),
  });
  expect(result.notModelled).toEqual(['AWS::Nobody::Knows']);
  expect(resources.requests.get('create A')?.properties.Value).toMatch(/^(created-Inert-[A-Z0-9]{12}) \1\.Arn$/);
  expect(cloudFormation.describeStackResources(STACK)).toContainEqual(
    expect.objectContaining({ logicalId: 'Inert', resourceType: 'AWS::Nobody::Knows', status: 'CREATE_COMPLETE' }),
  );
});

test('Ref is what the handler says, or else the physical id', async () => {
  const { cloudFormation, resources } = new TestBed();
  const create = resources.create.bind(resources);
  jest
    .spyOn(resources, 'create')
    .mockImplementationOnce(async (call) => ({ ...(await create(call)), ref: 'referred' }));
  await cloudFormation.deploy({ stackName: STACK, template: templateOf({ A: {}, B: { Value: { Ref: 'A' } } }) });
  expect(resources.requests.get('create B')?.properties).toEqual({ Value: 'referred' });
});

test('fails when a second operation begins before the first has ended', async () => {
  const { cloudFormation, resources } = new TestBed();
  const release = resources.hold('create A');
  const template = templateOf({ A: {} });
  const deployment = cloudFormation.deploy({ stackName: STACK, template });
  await expect(cloudFormation.deploy({ stackName: STACK, template })).rejects.toThrow(
    /^Stack:arn:.* is in CREATE_IN_PROGRESS state and can not be updated\.$/,
  );
  await expect(cloudFormation.deleteStack(STACK)).rejects.toThrow(
    /cannot be deleted while in status CREATE_IN_PROGRESS/,
  );
  release();
  expect((await deployment).status).toBe('CREATE_COMPLETE');
});

test('fails when the stack name is not valid', async () => {
  const { cloudFormation } = new TestBed();
  const deployment = cloudFormation.deploy({ stackName: 'not_valid', template: templateOf({ A: {} }) });
  await expect(deployment).rejects.toThrow(/'stackName' failed to satisfy constraint/);
});

test("a stack's template stays what it was when its caller changes the object", async () => {
  const { cloudFormation } = new TestBed();
  const template = templateOf({ A: { Size: 1 } });
  await cloudFormation.deploy({ stackName: STACK, template });
  template.Resources.B = { Type: 'Test::Resource' };
  expect(cloudFormation.describeStack(STACK)?.template).toEqual(templateOf({ A: { Size: 1 } }));
});
