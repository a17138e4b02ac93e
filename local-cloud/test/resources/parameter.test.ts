import { LocalCloud } from '../../src/local-cloud';
import { call } from './api';

let cloud: LocalCloud;
let failures: string[];
beforeEach(async () => {
  failures = [];
  cloud = await LocalCloud.start({
    onEvent: ({ status, reason }) => status.endsWith('_FAILED') && failures.push(`${status}: ${reason}`),
  });
});
afterEach(() => cloud.stop());

const ARN = 'arn:aws:ssm:us-east-1:111122223333:parameter';

function deploy(properties: object, stackName = 'Settings') {
  const Resources = { Url: { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', ...properties } } };
  const att = (name: string) => ({ Value: { 'Fn::GetAtt': ['Url', name] } });
  const Outputs = { Ref: { Value: { Ref: 'Url' } }, Type: att('Type'), Value: att('Value') };
  return cloud.deployTemplate({ Resources, Outputs }, stackName);
}

const get = (Name: string, ...permissions: { Action: string; Resource: string }[]) =>
  call(
    cloud.parameterStore.operations,
    'AmazonSSM.GetParameter',
    { Name },
    permissions.length > 0 ? permissions : undefined,
  );

test('a parameter has a name, a type and a value, also for those who read it', async () => {
  const { status, outputs, notModelled } = await deploy({ Name: '/orders/url', Value: 'jdbc:x' });
  expect({ status, outputs, notModelled }).toEqual({
    status: 'CREATE_COMPLETE',
    outputs: { Ref: '/orders/url', Type: 'String', Value: 'jdbc:x' },
    notModelled: [],
  });
  expect(await get('/orders/url')).toEqual({
    Parameter: {
      ...{ Name: '/orders/url', Type: 'String', Value: 'jdbc:x', Version: 1, DataType: 'text' },
      ...{ ARN: `${ARN}/orders/url`, LastModifiedDate: expect.any(Number) as number },
    },
  });
  expect(await get(`${ARN}/orders/url`)).toMatchObject({ Parameter: { Value: 'jdbc:x' } });
});

test('an update makes another version of it, another name another parameter', async () => {
  await deploy({ Name: 'url', Value: 'a' });
  expect((await deploy({ Name: 'url', Value: 'b,c', Type: 'StringList' })).outputs).toEqual({
    ...{ Ref: 'url', Type: 'StringList', Value: 'b,c' },
  });
  expect(await get('url')).toMatchObject({ Parameter: { Version: 2, ARN: `${ARN}/url` } });
  await deploy({ Name: 'other', Value: 'a' });
  expect(await get('url')).toEqual({ __type: 'ParameterNotFound', Message: '' });
});

test('without a name it gets one, and it is deleted with its stack', async () => {
  const { outputs } = await deploy({ Value: 'a' });
  expect(outputs.Ref).toMatch(/^Settings-Url-[A-Z0-9]{12}$/);
  await cloud.cloudFormation.deleteStack('Settings');
  expect(await get(outputs.Ref!)).toEqual({ __type: 'ParameterNotFound', Message: '' });
});

test('fails when its name is taken', async () => {
  await deploy({ Name: 'url', Value: 'a' });
  expect((await deploy({ Name: 'url', Value: 'b' }, 'Second')).status).toBe('ROLLBACK_COMPLETE');
  expect(failures).toEqual([
    'CREATE_FAILED: The parameter already exists. To overwrite this value, set the overwrite option in the request to true.',
  ]);
  expect(await get('url')).toMatchObject({ Parameter: { Value: 'a' } });
});

test('fails when it is a SecureString', async () => {
  await deploy({ Name: 'url', Value: 'a', Type: 'SecureString' });
  expect(failures).toEqual([
    'CREATE_FAILED: Properties validation failed for resource Url with message:\n#/Type: SecureString is not a valid enum value',
  ]);
});

test('fails when the caller may not read it, also when there is none', async () => {
  await deploy({ Name: '/orders/url', Value: 'a' });
  const permission = { Action: 'ssm:GetParameter', Resource: `${ARN}/orders/*` };
  expect(await get('/orders/url', permission)).toMatchObject({ Parameter: { Value: 'a' } });
  expect(await get('/other', permission)).toMatchObject({ __type: 'AccessDeniedException' });
});

describe("a template's parameter of an SSM type", () => {
  const template = (Type: string, Default: string) => ({
    Parameters: { Url: { Type, Default } },
    Resources: { Same: { Type: 'AWS::CloudFormation::WaitConditionHandle' } },
    Outputs: { Url: { Value: { 'Fn::Join': ['|', { 'Fn::Split': [',', { Ref: 'Url' }] }] } } },
  });
  const string = (name: string) => template('AWS::SSM::Parameter::Value<String>', name);

  test('has the value of the parameter that it names', async () => {
    await deploy({ Name: '/orders/url', Value: 'jdbc:x' });
    expect((await cloud.deployTemplate(string('/orders/url'), 'Reader')).outputs).toEqual({ Url: 'jdbc:x' });
  });

  test("has the bootstrap stack's version", async () => {
    const { outputs } = await cloud.deployTemplate(string('/cdk-bootstrap/hnb659fds/version'), 'Reader');
    expect(outputs).toEqual({ Url: '30' });
  });

  test('fails when there is none', async () => {
    await expect(cloud.deployTemplate(string('/orders/url'), 'Reader')).rejects.toThrow(
      'Unable to fetch parameters [/orders/url] from parameter store for this account.',
    );
  });
});
