import { CfnCondition, Fn, type CfnResource } from 'aws-cdk-lib';
import { ConnectionMonitor } from '../../../lib/index';
import { createStack, resourcesOf } from '../harness';
import { createTest, createTestOfConnection, DASHBOARD, monitorNames, widgetsIn } from './monitor-harness';

const names = (count: number) => Array.from({ length: count }, (_, index) => `db${index + 1}`);

test('shows a tile for each connection, how long its tests take, and the last failures', () => {
  const stack = createStack();
  const monitor = new ConnectionMonitor(stack, 'Monitor', {
    tests: [createTest(stack, 'orders'), createTestOfConnection(stack, 'Stock')],
  });

  const [status, durations, failures, ...rest] = widgetsIn(stack);
  expect(rest).toEqual([]);
  expect(status).toMatchObject({
    type: 'alarm',
    properties: {
      title: 'Connections',
      alarms: [expect.stringMatching(/ordersTest/), expect.stringMatching(/StockTest/)],
    },
  });
  expect(durations).toMatchObject({
    type: 'metric',
    properties: {
      metrics: [
        ['GlueConnections', 'Duration', 'ConnectionName', 'orders', { period: 4_200 }],
        ['GlueConnections', 'Duration', 'ConnectionName', expect.stringMatching(/^\$\{Stock/), { period: 4_200 }],
      ],
    },
  });
  expect(failures).toMatchObject({ type: 'log', properties: { title: 'Last failures', view: 'table' } });
  expect(failures!.properties.query).toMatch(
    /^SOURCE '\$\{GlueConnectionTestProviderLogGroup\w+\}' \| fields @timestamp, connectionName, category, said, cause, nextStep\n\| filter event = "connection failed"\n/,
  );
  expect(monitor.dashboard?.node.path).toBe('Stack/Monitor/Dashboard');
});

test('shows the last result of each connection where they have no alarms of their own', () => {
  const stack = createStack();
  monitorNames(stack, names(3), { maxAlarms: 2 });

  expect(widgetsIn(stack)[0]).toMatchObject({
    type: 'metric',
    properties: {
      view: 'singleValue',
      metrics: names(3).map((name): unknown[] => [
        'GlueConnections',
        'Healthy',
        'ConnectionName',
        name,
        expect.anything(),
      ]),
    },
  });
});

test('stays within what one widget of CloudWatch takes: 100 alarms', () => {
  const stack = createStack();
  monitorNames(stack, names(120), { maxAlarms: 200 });

  const counts = widgetsIn(stack)
    .filter(({ type }) => type === 'alarm')
    .map(({ properties }) => (properties.alarms as unknown[]).length);
  expect(counts).toEqual([100, 20]);
});

test('refers to nothing that need not exist', () => {
  const stack = createStack();
  const tests = [createTestOfConnection(stack, 'Orders'), createTestOfConnection(stack, 'Stock')];
  new ConnectionMonitor(stack, 'Monitor', { tests });
  const condition = new CfnCondition(stack, 'WithStock', { expression: Fn.conditionEquals('a', 'a') });
  (stack.node.findChild('Stock').node.defaultChild as CfnResource).cfnOptions.condition = condition;

  const [status] = widgetsIn(stack);
  expect(status!.properties.metrics).toMatchObject([
    ['GlueConnections', 'Healthy', 'ConnectionName', expect.stringMatching(/^\$\{Orders/), expect.anything()],
    [
      'GlueConnections',
      'Healthy',
      'ConnectionName',
      expect.stringMatching(/^\{'Fn::If':\['WithStock'/),
      expect.anything(),
    ],
  ]);
});

test('has the failures alone without metrics, and is not there if it is switched off', () => {
  const without = createStack();
  monitorNames(without, ['orders'], { metrics: false });
  expect(widgetsIn(without).map(({ type }) => type)).toEqual(['log']);

  const off = createStack();
  expect(monitorNames(off, ['orders'], { dashboard: false }).dashboard).toBeUndefined();
  expect(resourcesOf(off, DASHBOARD)).toEqual({});
});
