import { exception, pass, session } from '../aws-stub';
import { BlackBox } from '../black-box';
import { GONE, REFUSED, scheduled, send, SETTINGS, testedIn, told, UNREACHABLE } from './monitored';

jest.setTimeout(15_000);

let blackBox: BlackBox;
beforeEach(async () => {
  blackBox = await BlackBox.start({ random: 0.1 });
});
afterEach(async () => {
  await blackBox.stop();
});

test('each connection is tested once, and told in one entry of the log', async () => {
  blackBox.aws.script('TestConnection', 'broken', UNREACHABLE);
  const result = await send(blackBox, scheduled(['orders', 'broken', 'customers']));

  expect(result.error).toBeUndefined();
  expect(testedIn(blackBox)).toEqual(['orders', 'broken', 'customers']);
  expect(told(result).map(({ event, connectionName }) => [event, connectionName])).toEqual(
    expect.arrayContaining([
      ['connection passed', 'orders'],
      ['connection failed', 'broken'],
      ['connection passed', 'customers'],
    ]),
  );
  expect(result.entries.map(({ event }) => event).filter((event) => event !== 'run ended')).toHaveLength(3);
  expect(blackBox.aws.scheduler.names).toEqual([]);
});

test('what is told of a failure is what a deployment tells, and what it was that came before', async () => {
  blackBox.aws.script('TestConnection', 'broken', exception('ThrottlingException', 'slow down'), UNREACHABLE);
  const result = await send(blackBox, scheduled(['broken']));

  expect(told(result)).toEqual([
    expect.objectContaining({
      level: 'ERROR',
      event: 'connection failed',
      message: expect.stringMatching(/^broken: UNREACHABLE, tried 2 times in .*: Connection refused$/) as string,
      connectionName: 'broken',
      trigger: 'SCHEDULE',
      category: 'UNREACHABLE',
      said: 'Connection refused',
      cause: expect.stringContaining('Glue cannot reach') as string,
      nextStep: expect.any(String) as string,
      earlier: ['THROTTLED, attempt 1, 0 of 1 s: slow down'],
    }),
  ]);
});

test('no more connections are tested at the same time than may be', async () => {
  let now = 0;
  let most = 0;
  const names = Array.from({ length: 20 }, (_, index) => `connection-${index}`);
  for (const name of names) {
    blackBox.aws.script('TestConnection', name, (response, socket) => {
      most = Math.max(most, ++now);
      setTimeout(() => {
        now--;
        pass(response, socket);
      }, 30);
    });
  }
  const result = await send(blackBox, { ...scheduled(names), Monitor: { ...SETTINGS, MaxConcurrency: 3 } });

  expect(told(result)).toHaveLength(20);
  expect(testedIn(blackBox)).toEqual(names);
  expect(most).toBe(3);
});

test('a connection that has been deleted is told once, as no error, and keeps no other from its test', async () => {
  blackBox.aws.script('TestConnection', 'deleted', GONE);
  const result = await send(blackBox, scheduled(['deleted', 'orders']));
  const [entry, ...others] = told(result).filter(({ connectionName }) => connectionName === 'deleted');

  expect(result.error).toBeUndefined();
  expect(others).toEqual([]);
  expect(entry).toMatchObject({ level: 'WARN', category: 'NOT_FOUND' });
  expect(entry).not.toHaveProperty('Healthy');
  expect(told(result)).toContainEqual(expect.objectContaining({ event: 'connection passed', Healthy: 1 }));
});

test.each([
  ['is gone', GONE],
  ['may not be tested', exception('AccessDeniedException', 'not authorized to perform: glue:TestConnection', 400)],
])('a connection that %s is tried once: nothing is new in which a deployment would wait', async (_, reply) => {
  blackBox.aws.script('TestConnection', 'orders', reply);
  await send(blackBox, scheduled(['orders'], { TimeoutSeconds: 10 }));

  expect(testedIn(blackBox)).toEqual(['orders']);
});

test('a test with a role runs as that role, with the ID of the stack', async () => {
  const RoleArn = 'arn:aws:iam::111122223333:role/orders';
  blackBox.aws.script('AssumeRole', RoleArn, session('ASIAOFTHEROLE'));
  await send(blackBox, scheduled(['orders'], { RoleArn }));

  expect(blackBox.aws.calls('AssumeRole', RoleArn).map(({ input }) => input.ExternalId)).toEqual([SETTINGS.StackId]);
  expect(blackBox.aws.calls('TestConnection', 'orders').map(({ accessKeyId }) => accessKeyId)).toEqual([
    'ASIAOFTHEROLE',
  ]);
});

test('a test of another stack passes the ID of that one', async () => {
  const RoleArn = 'arn:aws:iam::111122223333:role/orders';
  const StackId = 'arn:aws:cloudformation:eu-west-1:111122223333:stack/Other/5e6f7a8b';
  blackBox.aws.script('AssumeRole', RoleArn, session('ASIAOFTHEROLE'));
  const { Connections } = scheduled(['orders'], { RoleArn });
  await send(blackBox, { Monitor: SETTINGS, Connections: Connections.map((entry) => ({ ...entry, StackId })) });

  expect(blackBox.aws.calls('AssumeRole', RoleArn).map(({ input }) => input.ExternalId)).toEqual([StackId]);
});

test('a list without connections, as conditions may leave it, is none to complain about', async () => {
  const { error, entries } = await send(blackBox, scheduled([]));

  expect(error).toBeUndefined();
  expect(entries).toEqual([expect.objectContaining({ level: 'INFO', event: 'run ended', tested: 0 })]);
});

test('a catalog, a timeout and a number of attempts are those of the connection', async () => {
  blackBox.aws.script('TestConnection', 'orders', UNREACHABLE);
  await send(blackBox, scheduled(['orders'], { CatalogId: '444455556666', MaxAttempts: '2', TimeoutSeconds: '30' }));

  expect(blackBox.aws.calls('TestConnection', 'orders').map(({ input }) => input.CatalogId)).toEqual([
    '444455556666',
    '444455556666',
  ]);
});

test('a connection that is listed twice is tested once; one of the same name in another catalog is another one', async () => {
  const { Connections } = scheduled(['orders', 'orders']);
  const other = { Properties: { ConnectionName: 'orders', CatalogId: '444455556666' } };
  const result = await send(blackBox, { Monitor: SETTINGS, Connections: [...Connections, other] });

  expect(told(result)).toHaveLength(2);
});

test('no secret of a message is in the log', async () => {
  const url = 'Cannot connect to jdbc:postgresql://orders:S3cr3tOfTheStore@db/orders';
  blackBox.aws.script('TestConnection', 'broken', exception('ThrottlingException', url), REFUSED);
  blackBox.aws.script('TestConnection', 'other', exception('InvalidInputException', url));
  const { log } = await send(blackBox, scheduled(['broken', 'other']));

  expect(log).toContain('jdbc:postgresql:');
  expect(log).not.toContain('S3cr3tOfTheStore');
});
