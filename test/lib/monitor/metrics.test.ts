import { Duration } from 'aws-cdk-lib';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { createStack, testResourceOf } from '../harness';
import { createTest, createTestOfConnection, monitorNames, scheduledIn } from './monitor-harness';

describe('metrics for dashboards and alarms of your own', () => {
  test.each([
    ['metricHealthy', 'Healthy', 'Maximum'],
    ['metricDuration', 'Duration', 'Average'],
    ['metricAttempts', 'Attempts', 'Maximum'],
  ] as const)('%s is %s, with the usual statistic and period, or yours', (method, metricName, statistic) => {
    const stack = createStack({ env: { account: '111122223333', region: 'eu-west-1' } });
    const monitor = monitorNames(stack, ['orders']);

    expect(monitor[method]('orders')).toMatchObject({
      namespace: 'GlueConnections',
      metricName,
      dimensions: { ConnectionName: 'orders' },
      statistic,
      period: Duration.minutes(70),
      region: 'eu-west-1',
      account: '111122223333',
    });
    expect(monitor[method]('orders', { statistic: Stats.p(99), period: Duration.hours(6) })).toMatchObject({
      statistic: 'p99',
      period: Duration.hours(6),
    });
  });

  test('take a name that is only known at deployment', () => {
    const stack = createStack();
    const test = createTestOfConnection(stack, 'Db');
    const { dimensions } = monitorNames(stack, ['orders']).metricHealthy(test.connectionName);

    expect(stack.resolve(dimensions)).toEqual({
      ConnectionName: { 'Fn::GetAtt': [expect.stringMatching(/^DbTest/), 'ConnectionName'] },
    });
  });

  test.each([
    ['', "'connectionName' must not be empty"],
    [
      'bestellungen-ä',
      "'connectionName' must be in ASCII, since CloudWatch allows no other characters in dimensions, got: 'bestellungen-ä'",
    ],
    ['arn:aws:glue:eu-west-1:111122223333:connection/orders', "'connectionName' must be a name, got: the ARN"],
  ])('refuse a name like %p', (name, message) => {
    const monitor = monitorNames(createStack(), ['orders']);

    expect(() => monitor.metricHealthy(name)).toThrow(message);
  });
});

describe('the switch', () => {
  test('of a test turns the metrics of its deployments off', () => {
    const [on, off] = [createStack(), createStack()];
    createTest(on);
    createTest(off, 'orders', { metrics: false });

    expect(testResourceOf(on).Properties).not.toHaveProperty('Metrics');
    expect(testResourceOf(off).Properties.Metrics).toBe('DISABLED');
  });

  test.each([
    [undefined, undefined],
    [true, undefined],
    [false, 'DISABLED'],
  ])('of a monitor decides about its own tests: %p', (metrics, expected) => {
    const stack = createStack();
    monitorNames(stack, ['orders'], { metrics });

    expect(scheduledIn(stack)[0]!.Connections[0]!.Properties.Metrics).toBe(expected);
  });
});
