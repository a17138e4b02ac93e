import { exception, output, stackStatus } from './aws-stub';
import { BlackBox } from './black-box';

const STACK_ID = 'arn:aws:cloudformation:eu-west-1:111122223333:stack/Orders/1a2b3c4d';
const REFUSED = exception('InvalidInputException', 'FATAL: password authentication failed for user "orders"');

let blackBox: BlackBox;
beforeAll(async () => {
  blackBox = await BlackBox.start({ random: 0.1 });
});
afterAll(async () => {
  await blackBox.stop();
});
afterEach(() => {
  blackBox.aws.script('DescribeStacks', STACK_ID, stackStatus('UPDATE_IN_PROGRESS'));
});

describe('a rollback', () => {
  test.each(['UPDATE_ROLLBACK_IN_PROGRESS', 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS', 'ROLLBACK_IN_PROGRESS'])(
    'in state %s is not held up: nothing is tested, whatever the properties',
    async (status) => {
      blackBox.aws.script('DescribeStacks', STACK_ID, stackStatus(status));
      const properties = { ConnectionName: `rolled-back-${status}`, Colour: 'of an older version' };
      const { answer } = await blackBox.invoke({ requestType: 'Update', properties });

      expect(answer).toMatchObject({
        Status: 'SUCCESS',
        Data: { Outcome: 'SKIPPED', Category: 'NONE', Attempts: 0, ConnectionName: properties.ConnectionName },
      });
      expect(blackBox.aws.calls('TestConnection', properties.ConnectionName)).toEqual([]);
    },
  );

  test('is asked for on Update only, with the id of the own stack', async () => {
    const before = blackBox.aws.calls('DescribeStacks', STACK_ID).length;
    await blackBox.invoke({ requestType: 'Create' });
    await blackBox.invoke({ requestType: 'Delete' });
    expect(blackBox.aws.calls('DescribeStacks', STACK_ID)).toHaveLength(before);

    await blackBox.invoke({ requestType: 'Update' });
    expect(blackBox.aws.calls('DescribeStacks', STACK_ID)).toHaveLength(before + 1);
  });
});

describe('what fails the deployment is for the properties to say', () => {
  const UNSUPPORTED = exception('InvalidInputException', 'TestConnection is only supported for Unified Connections');

  test.each([
    ['FAIL', 'FAIL', REFUSED, 'FAILED', undefined],
    ['FAIL', 'WARN', REFUSED, 'FAILED', undefined],
    ['REPORT', 'FAIL', REFUSED, 'SUCCESS', 'FAILED'],
    ['FAIL', 'FAIL', UNSUPPORTED, 'FAILED', undefined],
    ['FAIL', 'WARN', UNSUPPORTED, 'SUCCESS', 'UNSUPPORTED'],
    ['REPORT', 'FAIL', UNSUPPORTED, 'SUCCESS', 'UNSUPPORTED'],
  ])('OnFailure %s, OnUnsupported %s', async (OnFailure, OnUnsupported, reply, Status, Outcome) => {
    blackBox.aws.script('TestConnection', 'chosen', reply);
    const { answer } = await blackBox.invoke({ properties: { ConnectionName: 'chosen', OnFailure, OnUnsupported } });

    expect(answer.Status).toBe(Status);
    expect(answer.Data?.Outcome).toBe(Outcome);
  });

  test('a reported failure is an error in the log, an untested connection a warning', async () => {
    blackBox.aws.script('TestConnection', 'logged', REFUSED, UNSUPPORTED);
    const properties = { ConnectionName: 'logged', OnFailure: 'REPORT', OnUnsupported: 'WARN' };
    const levels = [];
    for (const { entries } of [await blackBox.invoke({ properties }), await blackBox.invoke({ properties })]) {
      levels.push(entries.find(({ event }) => event === 'connection failed')?.level);
    }

    expect(levels).toEqual(['ERROR', 'WARN']);
  });

  test('every attribute is there, whatever the outcome', async () => {
    blackBox.aws.script('TestConnection', 'reported', REFUSED);
    blackBox.aws.script('DescribeStacks', STACK_ID, stackStatus('UPDATE_ROLLBACK_IN_PROGRESS'));
    const results = [
      await blackBox.invoke(),
      await blackBox.invoke({ properties: { ConnectionName: 'reported', OnFailure: 'REPORT' } }),
      await blackBox.invoke({ requestType: 'Update' }),
    ];

    expect(results.map(({ answer }) => answer.Data?.Outcome)).toEqual(['PASSED', 'FAILED', 'SKIPPED']);
    for (const { answer } of results) {
      expect(Object.keys(answer.Data ?? {}).sort()).toEqual(
        ['Attempts', 'Category', 'ConnectionName', 'DurationMs', 'Message', 'Outcome', 'TestedAt'].sort(),
      );
    }
  });
});

describe('the reason', () => {
  test('reads from the verdict to the log, with what Glue knows of the connection', async () => {
    blackBox.aws.script('TestConnection', 'explained', REFUSED);
    blackBox.aws.script(
      'GetConnection',
      'explained',
      output({
        Connection: {
          Status: 'FAILED',
          StatusReason: 'as told by password=S3cr3t',
          PhysicalConnectionRequirements: { SubnetId: 'subnet-1', SecurityGroupIdList: ['sg-1', 'sg-2'] },
        },
      }),
    );
    const { answer } = await blackBox.invoke({ properties: { ConnectionName: 'explained', CatalogId: '1' } });

    expect(answer.Reason?.split('\n')).toEqual([
      "Glue connection 'explained' failed its test: CREDENTIALS.",
      'Glue: FATAL: password authentication failed for user "orders" (InvalidInputException)',
      'Cause: The data store refused the user name or the password.',
      "Next: Compare the connection's secret, or its USERNAME and PASSWORD, with the data store.",
      'See: https://docs.aws.amazon.com/glue/latest/dg/connection-properties.html',
      'Connection: status FAILED: as told by password=****; subnet subnet-1, security groups sg-1, sg-2; no Availability Zone',
      expect.stringMatching(/^Tried once in \d+(\.\d)? s\. Log: the-log-group, stream the-log-stream$/),
    ]);
    expect(blackBox.aws.calls('GetConnection', 'explained')[0]?.input).toEqual({
      Name: 'explained',
      CatalogId: '1',
      HidePassword: true,
    });
  });

  test('is not masked by what only counts the versions of a secret, or is too short for one', async () => {
    blackBox.aws.script('TestConnection', 'versioned', REFUSED);
    const Triggers = { passwordVersion: '2', token: 'orders', tokenRevision: 'password', secret_id: 'authentication' };
    const { answer } = await blackBox.invoke({ properties: { ConnectionName: 'versioned', Triggers } });

    expect(answer.Reason).toContain('FATAL: password authentication failed for user "orders"');
  });

  test('is masked by a trigger that is long enough for a secret', async () => {
    blackBox.aws.script(
      'TestConnection',
      'triggered',
      exception('InvalidInputException', 'knows 12345678 but 1234567'),
    );
    const Triggers = { token: '12345678', password: '1234567' };
    const { answer } = await blackBox.invoke({ properties: { ConnectionName: 'triggered', Triggers } });

    expect(answer.Reason).toContain('knows **** but 1234567');
  });

  test('quotes at most 1,000 characters of Glue', async () => {
    blackBox.aws.script('TestConnection', 'quoted', exception('InvalidInputException', 'x'.repeat(5_000)));
    const { answer } = await blackBox.invoke({ properties: { ConnectionName: 'quoted' } });

    expect(/x+…?/.exec(answer.Reason?.split('\n')[1] ?? '')?.[0]).toHaveLength(1_000);
  });
});

test('the log has these fields and no others', async () => {
  blackBox.aws.script('TestConnection', 'told', REFUSED);
  const { entries } = await blackBox.invoke({ properties: { ConnectionName: 'told' } });
  const common = ['requestId', 'level', 'message', 'event'];

  expect(entries.map((entry) => [entry.event, Object.keys(entry)])).toEqual([
    ['attempt failed', [...common, 'attempt', 'category', 'exception', 'saidBy', 'said', 'milliseconds']],
    [
      'connection failed',
      [
        ...common,
        ...['connectionName', 'attempts', 'milliseconds'],
        ...['_aws', 'ConnectionName', 'Healthy', 'Duration', 'Attempts'],
        ...['category', 'exception', 'saidBy', 'said', 'cause', 'nextStep', 'details'],
      ],
    ],
    ['answered', [...common, 'status', 'statusCode', 'attempt', 'bytes']],
  ]);
});

test('the log of a connection that works has these', async () => {
  const { entries } = await blackBox.invoke({ properties: { ConnectionName: 'works' } });
  const milliseconds = expect.any(Number) as number;

  expect(entries.map((entry) => ({ ...entry, requestId: undefined }))).toEqual([
    {
      level: 'INFO',
      event: 'attempt passed',
      message: 'works: PASSED, attempt 1 of 1',
      attempt: 1,
      milliseconds,
    },
    {
      level: 'INFO',
      event: 'connection passed',
      message: expect.stringMatching(/^works: PASSED, tried once in \d+(\.\d)? s$/) as string,
      connectionName: 'works',
      attempts: 1,
      milliseconds,
      _aws: expect.any(Object) as object,
      ConnectionName: 'works',
      Healthy: 1,
      Duration: milliseconds,
      Attempts: 1,
    },
    expect.objectContaining({
      level: 'INFO',
      event: 'answered',
      message: 'works: answered SUCCESS',
      status: 'SUCCESS',
      statusCode: 200,
      attempt: 1,
    }),
  ]);
});

test('the same event twice, at once or later, gives the same answer', async () => {
  blackBox.aws.script('TestConnection', 'twice', REFUSED);
  const invoke = () => blackBox.invoke({ properties: { ConnectionName: 'twice' }, event: { RequestId: 'the-same' } });
  const results = [...(await Promise.all([invoke(), invoke()])), await invoke()];

  expect(new Set(results.map(({ answer }) => answer.Status))).toEqual(new Set(['FAILED']));
  expect(new Set(results.map(({ answer }) => answer.PhysicalResourceId))).toEqual(new Set(['Orders-Test']));
});
