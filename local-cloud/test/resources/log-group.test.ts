import { LocalCloud } from '../../src/local-cloud';
import type { LogEvent } from '../../src/services/log-group';
import { until } from '../processes';
import { call } from './api';

jest.setTimeout(60_000);

let cloud: LocalCloud;
let failures: string[];
beforeEach(async () => {
  failures = [];
  cloud = await LocalCloud.start({
    onEvent: ({ status, reason }) => status.endsWith('_FAILED') && failures.push(`${status}: ${reason}`),
  });
});
afterEach(() => cloud.stop());

const ARN = 'arn:aws:logs:us-east-1:111122223333:log-group';

const logs = (operation: string, input: object, permissions?: { Action: string; Resource: string }[]) =>
  call(cloud.logs.operations, `Logs_20140328.${operation}`, input, permissions);
const eventsOf = async (logGroupName: string, filter: object = {}) =>
  ((await logs('FilterLogEvents', { logGroupName, ...filter })) as { events: LogEvent[] }).events;

const group = (LogGroupName?: string, RetentionInDays?: number) => ({
  Type: 'AWS::Logs::LogGroup',
  Properties: { LogGroupName, RetentionInDays },
});

/** A function that prints what it is sent, and its role. */
function printer(statements: object[], LoggingConfig?: object) {
  const policy = { PolicyName: 'log', PolicyDocument: { Version: '2012-10-17', Statement: statements } };
  const trust = { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' };
  const assume = { Version: '2012-10-17', Statement: [trust] };
  return {
    Role: {
      Type: 'AWS::IAM::Role',
      Properties: { AssumeRolePolicyDocument: assume, Policies: statements.length > 0 ? [policy] : [] },
    },
    Printer: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        ...{ FunctionName: 'printer', Runtime: 'nodejs22.x', Handler: 'index.handler', LoggingConfig },
        Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
        Code: { ZipFile: 'exports.handler = async (event) => console.log("printed", event);' },
      },
    },
  };
}

const allow = (...Action: string[]) => ({ Effect: 'Allow', Action, Resource: '*' });

async function print(text: string): Promise<void> {
  const reports = () => cloud.log.filter(({ message }) => message.startsWith('REPORT')).length;
  const before = reports();
  cloud.functions.invokeAsync('arn:aws:lambda:us-east-1:111122223333:function:printer', text);
  await until(() => reports() > before);
}

test('a log group has a name, an ARN and a retention', async () => {
  const deploy = (...properties: Parameters<typeof group>) =>
    cloud.deployTemplate(
      {
        Resources: { Log: group(...properties) },
        Outputs: { Ref: { Value: { Ref: 'Log' } }, Arn: { Value: { 'Fn::GetAtt': ['Log', 'Arn'] } } },
      },
      'Logging',
    );
  const { outputs } = await deploy('/orders');
  expect(outputs).toEqual({ Ref: '/orders', Arn: `${ARN}:/orders:*` });
  await deploy('/orders', 7);
  await cloud.deployTemplate({ Resources: { Log: group() } }, 'Other');
  expect(await logs('DescribeLogGroups', { logGroupNamePrefix: '/ord' })).toEqual({
    logGroups: [
      {
        ...{ logGroupName: '/orders', arn: `${ARN}:/orders:*`, logGroupArn: `${ARN}:/orders`, retentionInDays: 7 },
        ...{ creationTime: expect.any(Number) as number, logGroupClass: 'STANDARD', storedBytes: 0 },
      },
    ],
  });
  expect(((await logs('DescribeLogGroups', {})) as { logGroups: unknown[] }).logGroups).toHaveLength(2);
});

test('fails when its name is taken', async () => {
  await cloud.deployTemplate({ Resources: { Log: group('/orders') } }, 'Logging');
  await cloud.deployTemplate({ Resources: { Log: group('/orders') } }, 'Second');
  expect(failures[0]).toMatch(
    /^CREATE_FAILED: Resource handler returned message: "Resource of type 'AWS::Logs::LogGroup' with identifier '\{"\/properties\/LogGroupName":"\/orders"\}' already exists\." \(RequestToken: [-0-9a-f]{36}, HandlerErrorCode: AlreadyExists\)$/,
  );
  expect(await eventsOf('/orders')).toEqual([]);
});

test('it has the lines of the function that names it, until it is deleted', async () => {
  const write = allow('logs:CreateLogStream', 'logs:PutLogEvents');
  const Resources = { Log: group('/orders'), ...printer([write], { LogGroup: { Ref: 'Log' } }) };
  await cloud.deployTemplate({ Resources }, 'Logging');
  await print('first');
  const messages = (await eventsOf('/orders')).map(({ message }) => message);
  expect(messages).toEqual(cloud.log.map(({ message }) => message));
  expect(messages).toContainEqual(expect.stringContaining('printed first'));
  await cloud.cloudFormation.deleteStack('Logging');
  expect(await logs('FilterLogEvents', { logGroupName: '/orders' })).toEqual({
    __type: 'ResourceNotFoundException',
    Message: 'The specified log group does not exist.',
  });
  expect(cloud.log.length).toBe(messages.length);
});

test('events are found by time, stream, prefix and terms, so many at once', async () => {
  await cloud.deployTemplate(
    { Resources: { Log: group('/orders'), ...printer([allow('logs:*')], { LogGroup: '/orders' }) } },
    'Logging',
  );
  await print('first');
  await print('second');
  const all = await eventsOf('/orders');
  const [event] = await eventsOf('/orders', { filterPattern: '"printed sec" ond' });
  expect(event).toEqual({
    ...{ eventId: expect.stringMatching(/^\d{56}$/) as string, logStreamName: all[0]!.logStreamName },
    ...{ message: expect.stringContaining('printed second') as string },
    ...{ timestamp: expect.any(Number) as number, ingestionTime: expect.any(Number) as number },
  });
  expect(new Set(all.map(({ eventId }) => eventId)).size).toBe(all.length);
  const { timestamp, logStreamName } = event!;
  const times = (found: LogEvent[]) => found.map((other) => other.timestamp);
  expect(times(await eventsOf('/orders', { startTime: timestamp }))).toEqual(
    times(all).filter((time) => time >= timestamp),
  );
  expect(times(await eventsOf('/orders', { endTime: timestamp }))).toEqual(
    times(all).filter((time) => time <= timestamp),
  );
  expect(await eventsOf('/orders', { logStreamNames: [logStreamName] })).toEqual(all);
  expect(await eventsOf('/orders', { logStreamNames: ['other'] })).toEqual([]);
  expect(await eventsOf('/orders', { logStreamNamePrefix: '1999/' })).toEqual([]);
  const page = await logs('FilterLogEvents', { logGroupIdentifier: `${ARN}:/orders`, limit: 2 });
  const rest = { logGroupName: '/orders', nextToken: page.nextToken };
  expect([page.events, (await logs('FilterLogEvents', rest)).events].flat()).toEqual(all);
  expect(page.events).toHaveLength(2);
});

test('a function makes its log group where it may', async () => {
  await cloud.deployTemplate({ Resources: printer([allow('logs:*')]) }, 'Logging');
  expect(await logs('DescribeLogGroups', {})).toEqual({ logGroups: [] });
  await print('first');
  expect((await eventsOf('/aws/lambda/printer')).length).toBe(cloud.log.length);
});

test.each<[string, object[]]>([
  ['make its log group', [allow('logs:CreateLogStream', 'logs:PutLogEvents')]],
  ['do anything', []],
])('without permission to %s, what it writes is kept nowhere', async (_title, statements) => {
  await cloud.deployTemplate({ Resources: printer(statements) }, 'Logging');
  await print('first');
  expect(await logs('DescribeLogGroups', {})).toEqual({ logGroups: [] });
  expect(cloud.log).not.toEqual([]);
});

test.each(['logs:CreateLogStream', 'logs:PutLogEvents'])(
  'with nothing but %s, its log group is empty',
  async (action) => {
    await cloud.deployTemplate(
      { Resources: { Log: group('/orders'), ...printer([allow(action)], { LogGroup: '/orders' }) } },
      'Logging',
    );
    await print('first');
    expect(await eventsOf('/orders')).toEqual([]);
  },
);

test('fails when the caller may not read it', async () => {
  await cloud.deployTemplate({ Resources: { Log: group('/orders') } }, 'Logging');
  const filter = (Resource: string) =>
    logs('FilterLogEvents', { logGroupName: '/orders' }, [{ Action: 'logs:FilterLogEvents', Resource }]);
  expect(await filter(`${ARN}:/orders:*`)).toMatchObject({ events: [] });
  expect(await filter(`${ARN}:/other:*`)).toMatchObject({ __type: 'AccessDeniedException' });
  expect(await logs('DescribeLogGroups', {}, [])).toMatchObject({ __type: 'AccessDeniedException' });
});

test('fails when the pattern is more than terms', async () => {
  await cloud.deployTemplate({ Resources: { Log: group('/orders') } }, 'Logging');
  const answer = await logs('FilterLogEvents', { logGroupName: '/orders', filterPattern: '{ $.level = "ERROR" }' });
  expect(answer).toMatchObject({ __type: 'InvalidParameterException' });
});
