import { CfnParameter, Duration, type Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import * as actions from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as glue from 'aws-cdk-lib/aws-glue';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { LAMBDA_PERMISSION_LOGICAL_ID_FOR_LAMBDA_ACTION } from 'aws-cdk-lib/cx-api';
import * as sns from 'aws-cdk-lib/aws-sns';
import { ConnectionMonitor, ConnectionTarget, ConnectionTest } from '../../../lib/index';
import { createStack, onlyResourceOf, resourcesOf } from '../harness';
import {
  ALARM,
  createTest,
  createTestOfConnection,
  inJson,
  monitoredIn,
  monitorNames,
  widgetsIn,
} from './monitor-harness';

const names = (count: number) => Array.from({ length: count }, (_, index) => `db${index + 1}`);
const every = (minutes: number) => ({ schedule: ScheduleExpression.rate(Duration.minutes(minutes)) });
const alarmsIn = (stack: Stack) => Object.values(resourcesOf(stack, ALARM)).map(({ Properties }) => Properties);

test('each connection has an alarm: no test has passed in either of two periods', () => {
  const stack = createStack();
  const monitor = new ConnectionMonitor(stack, 'Monitor', {
    tests: [createTest(stack, 'orders'), createTestOfConnection(stack, 'Stock')],
  });

  expect(monitor.alarms).toHaveLength(2);
  const [orders, stock] = alarmsIn(stack);
  const common = {
    Namespace: 'GlueConnections',
    MetricName: 'Healthy',
    // One pass in a period is enough.
    Statistic: 'Maximum',
    ComparisonOperator: 'LessThanThreshold',
    Threshold: 1,
    EvaluationPeriods: 2,
    DatapointsToAlarm: 2,
    TreatMissingData: 'missing',
  };
  expect(orders).toMatchObject({ ...common, Dimensions: [{ Name: 'ConnectionName', Value: 'orders' }] });
  expect(stock).toMatchObject({
    ...common,
    Dimensions: [{ Name: 'ConnectionName', Value: { Ref: expect.stringMatching(/^Stock/) as string } }],
  });
});

test.each([
  [1, 2],
  [5, 7],
  [60, 70],
  [1_440, 1_450],
])('with a test every %p minutes, a period is %p: never one without a test', (interval, period) => {
  const stack = createStack();
  monitorNames(stack, ['orders'], every(interval));

  expect(onlyResourceOf(stack, ALARM).Properties.Period).toBe(period * 60);
});

describe("an alarm's description", () => {
  const describedIn = (stack: Stack) => alarmsIn(stack).map(({ AlarmDescription }) => inJson(AlarmDescription));

  test('has the name of the connection, and a link to the log query for it', () => {
    const stack = createStack({ env: { account: '111122223333', region: 'eu-west-1' } });
    monitorNames(stack, ["sales' 100%"]);

    const [description = ''] = describedIn(stack);
    const [text, link = ''] = description.split(' Log: ');
    expect(text).toBe("Glue connection 'sales' 100%': no test has passed for 2 periods.");
    const [, host, query = '', group] =
      /^https:\/\/([^/]+)\/cloudwatch\/home\?region=eu-west-1#logsV2:logs-insights\$3FqueryDetail\$3D~\(.*~editorString~'([^~']*)~source~\(~'(\$\{\w+\})\)\)$/.exec(
        link,
      ) ?? [];
    expect(host).toBe('eu-west-1.console.aws.amazon.com');
    expect(decodeURIComponent(query.replaceAll('*', '%'))).toBe(
      'fields @timestamp, connectionName, category, said, cause, nextStep | ' +
        'filter event = "connection failed" and connectionName = "sales\' 100%" | sort @timestamp desc | limit 50',
    );
    expect(group).toMatch(/^\$\{GlueConnectionTestProviderLogGroup/);
  });

  test('finds a connection whatever its name', () => {
    const stack = createStack({ env: { account: '111122223333', region: 'eu-west-1' } });
    monitorNames(stack, ['the "new" \\ orders']);

    const [, query = ''] = /editorString~'([^~']*)~/.exec(describedIn(stack)[0] ?? '') ?? [];
    expect(decodeURIComponent(query.replaceAll('*', '%'))).toContain('connectionName = "the \\"new\\" \\\\ orders" |');
  });

  test.each([
    ['cn-north-1', 'cn-north-1.console.amazonaws.cn'],
    ['us-gov-west-1', 'us-gov-west-1.console.amazonaws-us-gov.com'],
  ])('leads to the console of %s', (region, host) => {
    const stack = createStack({ env: { account: '111122223333', region } });
    monitorNames(stack, ['orders']);

    expect(describedIn(stack)[0]).toContain(` Log: https://${host}/`);
  });

  test('fits into the 1,024 characters that CloudWatch takes, whatever the name', () => {
    const stack = createStack();
    const parameter = new CfnParameter(stack, 'Name').valueAsString;
    const targets = ['x'.repeat(255), parameter, 'x'.repeat(200)];
    const tests = targets.map(
      (name, index) =>
        new ConnectionTest(stack, `Test${index}`, {
          target: ConnectionTarget.fromName(name, { inVpc: false, hasSecret: false }),
        }),
    );
    new ConnectionMonitor(stack, 'Monitor', { tests });

    for (const description of describedIn(stack)) {
      const logGroup = `Stack-GlueConnectionTestProviderLogGroup1423F44F-${'x'.repeat(12)}`;
      const deployed = description
        .replace(/\$\{GlueConnection\w+\}/g, logGroup)
        .replaceAll('${AWS::Region}', 'ap-northeast-1');
      expect(deployed.length).toBeLessThanOrEqual(1_024);
      expect(deployed).toContain(' Log: https://');
    }
  });
});

describe('actions', () => {
  test('run for a connection that is broken or no longer tested, and others when it works again', () => {
    const stack = createStack();
    const [broken, works] = [new sns.Topic(stack, 'Broken'), new sns.Topic(stack, 'Works')];
    const given = new sns.Topic(stack, 'Given');
    const monitor = monitorNames(stack, ['orders', 'stock'], { alarmActions: [new actions.SnsAction(given)] });
    monitor.addAlarmAction(new actions.SnsAction(broken));
    monitor.addOkAction(new actions.SnsAction(works));

    const refs = (...topics: sns.Topic[]) => topics.map(({ topicArn }) => stack.resolve(topicArn) as unknown);
    for (const alarm of alarmsIn(stack)) {
      expect(alarm).toMatchObject({
        AlarmActions: refs(given, broken),
        InsufficientDataActions: refs(given, broken),
        OKActions: refs(works),
      });
    }
  });

  test('may invoke a function, which each alarm is allowed once', () => {
    // Without this flag, the action of the CDK serves one alarm only.
    const stack = createStack(undefined, { [LAMBDA_PERMISSION_LOGICAL_ID_FOR_LAMBDA_ACTION]: true });
    const handler = new lambda.Function(stack, 'Handler', {
      code: lambda.Code.fromInline('exports.handler = async () => {};'),
      runtime: lambda.Runtime.NODEJS_24_X,
      handler: 'index.handler',
    });
    monitorNames(stack, ['orders', 'stock']).addAlarmAction(new actions.LambdaAction(handler));

    expect(Object.values(resourcesOf(stack, 'AWS::Lambda::Permission'))).toHaveLength(2);
  });
});

describe('one alarm for all', () => {
  test.each([
    ['50 connections have 50 alarms', 50, undefined, 50],
    ['51 have one', 51, undefined, 1],
    ['2 have one with maxAlarms 1', 2, 1, 1],
    ['1 has one with maxAlarms 0', 1, 0, 1],
  ])('%s', (_, connections, maxAlarms, alarms) => {
    const stack = createStack();
    const monitor = monitorNames(stack, names(connections), { maxAlarms });

    expect(monitor.alarms).toHaveLength(alarms);
    expect(alarmsIn(stack)).toHaveLength(alarms);
  });

  test('it asks Metrics Insights, with a contributor for each connection', () => {
    const stack = createStack();
    monitorNames(stack, ['orders'], { maxAlarms: 0 });

    expect(onlyResourceOf(stack, ALARM).Properties).toMatchObject({
      ComparisonOperator: 'LessThanThreshold',
      Threshold: 1,
      EvaluationPeriods: 2,
      DatapointsToAlarm: 2,
      TreatMissingData: 'missing',
      Metrics: [
        {
          Expression:
            'SELECT MAX(Healthy) FROM SCHEMA("GlueConnections", ConnectionName) GROUP BY ConnectionName ORDER BY MAX() ASC',
          Period: 4_200,
          ReturnData: true,
        },
      ],
    });
    expect(inJson(onlyResourceOf(stack, ALARM).Properties.AlarmDescription)).toMatch(
      /^Glue connections of which no test has passed for 2 periods\. Log: https:/,
    );
  });

  test('it looks back three hours at most, so the schedule must run every 80 minutes', () => {
    const stack = createStack();
    monitorNames(stack, ['orders'], { maxAlarms: 0, ...every(80) });
    expect(onlyResourceOf(stack, ALARM).Properties.Metrics).toMatchObject([{ Period: 5_400 }]);

    expect(() => monitorNames(createStack(), names(3), { maxAlarms: 2, ...every(81) })).toThrow(
      "'schedule' must run at least every 80 minutes when one alarm watches all connections, since CloudWatch Metrics " +
        "Insights looks back only 3 hours, got: 81 minutes (connections: 3, 'maxAlarms': 2); raise 'maxAlarms', or run the " +
        'schedule more often',
    );
    monitorNames(createStack(), names(3), { maxAlarms: 3, ...every(81) });
  });
});

test('a connection whose name CloudWatch does not take has no alarm, as a warning says', () => {
  const stack = createStack();
  const named = new glue.CfnConnection(stack, 'Named', {
    catalogId: stack.account,
    connectionInput: { name: 'größen', connectionType: 'JDBC' },
  });
  const tests = [
    createTest(stack, 'bestellungen-ä'),
    createTest(stack, 'orders'),
    new ConnectionTest(stack, 'NamedTest', { target: ConnectionTarget.fromCfnConnection(named) }),
  ];
  new ConnectionMonitor(stack, 'Monitor', { tests });

  expect(alarmsIn(stack).map(({ Dimensions }) => Dimensions)).toEqual([[{ Name: 'ConnectionName', Value: 'orders' }]]);
  expect(monitoredIn(stack)).toHaveLength(3);
  expect(JSON.stringify(widgetsIn(stack)[1])).not.toContain('bestellungen');
  for (const test of ['bestellungen-äTest', 'NamedTest']) {
    Annotations.fromStack(stack).hasWarning(
      '/Stack/Monitor/Alarms',
      Match.stringLikeRegexp(
        `the connection that Stack/${test} tests has no alarm, because CloudWatch allows only ASCII in names`,
      ),
    );
  }
});

test('without metrics there are no alarms, and nobody is told', () => {
  const stack = createStack();
  const monitor = monitorNames(stack, names(3), { metrics: false, maxAlarms: 0, ...every(1_440) });

  expect(monitor.alarms).toEqual([]);
  expect(alarmsIn(stack)).toEqual([]);
  const topic = new sns.Topic(stack, 'Topic');
  expect(() => {
    monitor.addAlarmAction(new actions.SnsAction(topic));
  }).toThrow(
    "'actions' must not be added to a monitor without alarms, got: Stack/Monitor, which has 'metrics: false'; leave one of them out",
  );
});
