import { exception, pass } from '../aws-stub';
import { BlackBox, type LogEntry, type Result } from '../black-box';
import { emfProblems, metricsIn } from './emf';
import { GONE, REFUSED, scheduled, send, UNREACHABLE } from './monitored';

jest.setTimeout(15_000);

let blackBox: BlackBox;
beforeAll(async () => {
  blackBox = await BlackBox.start({ random: 0.1 });
});
afterAll(async () => {
  await blackBox.stop();
});

const UNTESTABLE = exception('InvalidInputException', 'Connection type NETWORK is not supported for TestConnection');

/** Each of both ways to test a connection. */
const WAYS: readonly [name: string, test: (connectionName: string, properties?: object) => Promise<Result>][] = [
  [
    'a deployment',
    (ConnectionName, properties = {}) =>
      blackBox.invoke({ properties: { ConnectionName, TimeoutSeconds: '1', MaxAttempts: '1', ...properties } }),
  ],
  ['a monitor', (connectionName, properties) => send(blackBox, scheduled([connectionName], properties))],
];

const withMetrics = ({ entries }: Result): LogEntry[] => entries.filter((entry) => '_aws' in entry);

describe.each(WAYS)('of a test by %s', (_, test_) => {
  test('that passes, CloudWatch gets a healthy connection', async () => {
    blackBox.aws.script('TestConnection', 'orders', exception('ThrottlingException', 'slow down'), pass);
    const [entry, ...others] = withMetrics(await test_('orders'));
    const dimensions = [{ ConnectionName: 'orders' }];

    expect(others).toEqual([]);
    expect(emfProblems(entry!)).toEqual([]);
    expect(metricsIn(entry!)).toEqual([
      { metric: 'GlueConnections Healthy', unit: 'None', dimensions, value: 1 },
      { metric: 'GlueConnections Duration', unit: 'Milliseconds', dimensions, value: entry!.milliseconds },
      { metric: 'GlueConnections Attempts', unit: 'Count', dimensions, value: 2 },
    ]);
  });

  test('that fails, an unhealthy one, and in the same entry why', async () => {
    blackBox.aws.script('TestConnection', 'broken', UNREACHABLE);
    const [entry, ...others] = withMetrics(await test_('broken'));

    expect(others).toEqual([]);
    expect(emfProblems(entry!)).toEqual([]);
    expect(metricsIn(entry!)).toContainEqual(expect.objectContaining({ metric: 'GlueConnections Healthy', value: 0 }));
    expect(entry).toMatchObject({
      category: 'UNREACHABLE',
      cause: expect.any(String) as string,
      nextStep: expect.any(String) as string,
    });
  });

  test.each([
    ['of a connection that is gone', GONE],
    ['of a connection that Glue can’t test', UNTESTABLE],
  ])('%s, nothing', async (name, reply) => {
    blackBox.aws.script('TestConnection', name, reply);
    const result = await test_(name);

    expect(result.entries).toContainEqual(expect.objectContaining({ event: 'connection failed' }));
    expect(withMetrics(result)).toEqual([]);
  });

  test.each([[pass], [REFUSED]])('nothing where metrics are turned off', async (reply) => {
    blackBox.aws.script('TestConnection', 'unmeasured', reply);

    expect(withMetrics(await test_('unmeasured', { Metrics: 'DISABLED' }))).toEqual([]);
  });

  test.each(['Bestellungen für München', '注文', '   '])(
    'nothing of a name that can be no dimension: %j',
    async (name) => {
      const result = await test_(name);

      expect(result.entries).toContainEqual(expect.objectContaining({ event: 'connection passed' }));
      expect(withMetrics(result)).toEqual([]);
    },
  );

  test('a name that holds a password is masked in metrics too', async () => {
    const result = await test_('jdbc:postgresql://orders:S3cr3tOfTheStore@db/orders');

    expect(withMetrics(result).flatMap(emfProblems)).toEqual([]);
    expect(result.log).not.toContain('S3cr3tOfTheStore');
  });
});

test('of a definition that is tested without a connection, there are no metrics', async () => {
  const result = await blackBox.invoke({
    properties: {
      TestConnectionInput: {
        ConnectionType: 'JDBC',
        ConnectionProperties: { JDBC_CONNECTION_URL: 'jdbc:postgresql://db:5432/orders', SECRET_ID: 'orders' },
      },
    },
  });

  expect(result.entries).toContainEqual(expect.objectContaining({ event: 'connection passed' }));
  expect(withMetrics(result)).toEqual([]);
});

const withDirective = (Unit: string) => ({
  _aws: {
    Timestamp: Date.now(),
    CloudWatchMetrics: [{ Namespace: 'x', Dimensions: [['y']], Metrics: [{ Name: 'z', Unit }] }],
  },
});

test.each([
  ['no time', { _aws: { CloudWatchMetrics: [] } }, 'Timestamp'],
  ['a time of long ago', { _aws: { Timestamp: 0, CloudWatchMetrics: [] } }, 'Timestamp'],
  ['a unit that does not exist', { ...withDirective('Boolean'), y: 'a', z: 1 }, 'Unit'],
  ['a dimension that is not there', { ...withDirective('Count'), z: 1 }, 'dimension y'],
  ['a dimension outside of ASCII', { ...withDirective('Count'), y: 'ü', z: 1 }, 'dimension y'],
  ['a value that is not there', { ...withDirective('Count'), y: 'a' }, 'z is no number'],
])('what judges the metrics would find %s', (_, entry, problem) => {
  expect(emfProblems(entry).join()).toContain(problem);
});
