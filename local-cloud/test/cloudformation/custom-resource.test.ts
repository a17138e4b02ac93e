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

test('a provider gets a request in the form that AWS gives it', async () => {
  const { cloudFormation, customResourceEvents } = bed.current;
  const properties = { Number: 1, Flag: true, ServiceTimeout: 60, List: [1, false, { Deep: 2.5 }], Text: 'x' };
  const { stackId, status } = await cloudFormation.deploy({
    stackName: STACK,
    template: templateOf({ A: custom(properties) }),
  });
  expect(status).toBe('CREATE_COMPLETE');
  expect(customResourceEvents).toEqual([
    {
      RequestType: 'Create',
      ServiceToken: SERVICE_TOKEN,
      ResponseURL: expect.stringMatching(
        /^https:\/\/127\.0\.0\.1:\d+\/arn%3Aaws%3Acloudformation.*\?X-Amz-Algorithm=.*&X-Amz-Signature=[0-9a-f]{64}$/,
      ) as string,
      StackId: stackId,
      RequestId: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/) as string,
      LogicalResourceId: 'A',
      ResourceType: 'Custom::Test',
      ResourceProperties: {
        ServiceToken: SERVICE_TOKEN,
        ServiceTimeout: '60',
        Number: '1',
        Flag: 'true',
        List: ['1', 'false', { Deep: '2.5' }],
        Text: 'x',
      },
    },
  ]);
});

test('the events of a custom resource are those of any resource', async () => {
  await bed.current.cloudFormation.deploy({ stackName: STACK, template: templateOf({ A: custom() }) });
  expect(bed.current.events.map(({ physicalId, status, reason }) => [physicalId, status, reason]).slice(1, -1)).toEqual(
    [
      [undefined, 'CREATE_IN_PROGRESS', undefined],
      ['made-by-provider', 'CREATE_IN_PROGRESS', 'Resource creation Initiated'],
      ['made-by-provider', 'CREATE_COMPLETE', undefined],
    ],
  );
});

test('AWS::CloudFormation::CustomResource is a custom resource', async () => {
  const template = templateOf({ A: custom({ Type: 'AWS::CloudFormation::CustomResource' }) });
  const result = await bed.current.cloudFormation.deploy({ stackName: STACK, template });
  expect(result.notModelled).toEqual([]);
  expect(bed.current.customResourceEvents[0]?.ResourceType).toBe('AWS::CloudFormation::CustomResource');
});

test('Data becomes attributes, which NoEcho masks in events', async () => {
  const { cloudFormation, resources, events } = bed.current;
  bed.current.answer = (event) => ({
    ...success(event),
    Data: { Plain: 'swordfish', 'Dotted.Name': 'd' },
    NoEcho: true,
  });
  const value = { 'Fn::Sub': '${A}/${A.Plain}/${A.Dotted.Name}' };
  await cloudFormation.deploy({ stackName: STACK, template: templateOf({ A: custom(), B: { Value: value } }) });
  expect(resources.requests.get('create B')?.properties.Value).toBe('made-by-provider/swordfish/d');
  expect(JSON.stringify(events)).not.toContain('swordfish');
});

test('fails when Data lacks an attribute that is used', async () => {
  const template = templateOf({ A: custom(), B: { Value: { 'Fn::GetAtt': 'A.Missing' } } });
  const { stackId } = await bed.current.cloudFormation.deploy({ stackName: STACK, template });
  expect(bed.current.history).toContain(
    `B CREATE_FAILED (CustomResource attribute error: Vendor response doesn't contain Missing attribute in object ${stackId}|A)`,
  );
});

test('deletion is sent with the physical id and the last properties', async () => {
  await bed.current.given(STACK, { A: custom({ Size: 1 }) });
  expect((await bed.current.cloudFormation.deleteStack(STACK))?.status).toBe('DELETE_COMPLETE');
  expect(bed.current.customResourceEvents[1]).toMatchObject({
    RequestType: 'Delete',
    PhysicalResourceId: 'made-by-provider',
    ResourceProperties: { Size: '1' },
  });
  expect(bed.current.customResourceEvents[1]).not.toHaveProperty('OldResourceProperties');
});

test('fails when the provider fails to delete', async () => {
  await bed.current.given(STACK, { A: custom() });
  bed.current.answer = (event) => failure(event);
  expect((await bed.current.cloudFormation.deleteStack(STACK))?.status).toBe('DELETE_FAILED');
  const requestId = bed.current.customResourceEvents[1]?.RequestId ?? '';
  expect(bed.current.history).toContain(
    `A DELETE_FAILED (Received response status [FAILED] from custom resource. Message returned: it is broken (RequestId: ${requestId}))`,
  );
});

test.each([
  [
    'has no service token',
    { ServiceToken: { Ref: 'AWS::NoValue' } },
    'Custom resource requires the property ServiceToken.',
  ],
  ['has too short a timeout', { ServiceTimeout: 0 }, 'ServiceTimeout must be an integer from 1 to 3600.'],
  ['has too long a timeout', { ServiceTimeout: 3601 }, 'ServiceTimeout must be an integer from 1 to 3600.'],
])('fails when a custom resource %s: nothing is sent', async (_title, properties, reason) => {
  const template = templateOf({ A: custom(properties) });
  const result = await bed.current.cloudFormation.deploy({ stackName: STACK, template });
  expect(result.status).toBe('ROLLBACK_COMPLETE');
  expect(bed.current.history).toContain(`A CREATE_FAILED (${reason})`);
  expect(bed.current.customResourceEvents).toEqual([]);
});

test('fails when there is no such function: there is nothing to delete', async () => {
  const failing = new TestBed({
    invoke: (serviceToken) => {
      throw new Error(`Function not found: ${serviceToken}`);
    },
  });
  const result = await failing.cloudFormation.deploy({ stackName: STACK, template: templateOf({ A: custom() }) });
  expect(result.status).toBe('ROLLBACK_COMPLETE');
  expect(failing.history).toContain(`A CREATE_FAILED (Function not found: ${SERVICE_TOKEN})`);
  await failing.cloudFormation.close();
});
