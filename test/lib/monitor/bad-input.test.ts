import { App, CfnParameter, Duration, Stack } from 'aws-cdk-lib';
import * as glue from 'aws-cdk-lib/aws-glue';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import {
  ConnectionMonitor,
  ConnectionTarget,
  ConnectionTest,
  ConnectionTestProvider,
  type ConnectionMonitorOptions,
  type ConnectionMonitorProps,
} from '../../../lib/index';
import { createStack } from '../harness';
import { createTest } from './monitor-harness';

/** What JavaScript and `tsx` let through. */
type Untyped = never;

const monitor = (stack: Stack, options: ConnectionMonitorOptions) =>
  new ConnectionMonitor(stack, 'Monitor', { tests: [createTest(stack)], ...options });
const expression = (text: string) => ScheduleExpression.expression(text);

describe('fails when the schedule', () => {
  const OFTEN = "'schedule' must run at most once a minute and at least once a day, got: ";

  test.each<[string, ScheduleExpression, string]>([
    ['runs every other day', ScheduleExpression.rate(Duration.days(2)), `${OFTEN}'rate(2 days)'`],
    ['runs every 25 hours', ScheduleExpression.rate(Duration.hours(25)), `${OFTEN}'rate(25 hours)'`],
    ['runs every second', expression('rate(30 seconds)'), `${OFTEN}'rate(30 seconds)'`],
    ['runs every 0 minutes', expression('rate(0 minutes)'), `${OFTEN}'rate(0 minutes)'`],
    [
      'leaves out weekends',
      ScheduleExpression.cron({ minute: '0', weekDay: 'MON-FRI' }),
      `${OFTEN}'cron(0 * ? * MON-FRI *)'`,
    ],
    ['runs once a month', ScheduleExpression.cron({ minute: '0', hour: '0', day: '1' }), `${OFTEN}'cron(0 0 1 * ? *)'`],
    ['runs on the last day', expression('cron(0 0 L * ? *)'), `${OFTEN}'cron(0 0 L * ? *)'`],
    ['leaves out a month', expression('cron(0 0 * 1-11 ? *)'), `${OFTEN}'cron(0 0 * 1-11 ? *)'`],
    ['ends', expression('cron(0 * * * ? 2030)'), `${OFTEN}'cron(0 * * * ? 2030)'`],
    ['is a date', ScheduleExpression.at(new Date(0)), "'schedule' must be a rate or a cron expression, got: 'at("],
    [
      'is cron of Unix',
      expression('cron(0 * * * *)'),
      "'schedule' must be a rate or a cron expression, got: 'cron(0 * * * *)'",
    ],
    ['has an hour that is none', expression('cron(0 24 * * ? *)'), "'schedule' must be a rate or a cron expression"],
    ['has a step of 0', expression('cron(0/0 * * * ? *)'), "'schedule' must be a rate or a cron expression"],
    [
      'has a range that ends before it begins',
      expression('cron(0 8-7 * * ? *)'),
      "'schedule' must be a rate or a cron",
    ],
    ['has words in an hour', expression('cron(0 NOON * * ? *)'), "'schedule' must be a rate or a cron expression"],
  ])('%s', (_, schedule, message) => {
    expect(() => monitor(createStack(), { schedule })).toThrow(message);
    expect(() => ConnectionMonitor.ofAll(createStack(), { schedule })).toThrow(message);
  });

  test('is only known at deployment', () => {
    const stack = createStack();
    const schedule = expression(new CfnParameter(stack, 'Schedule').valueAsString);

    expect(() => monitor(stack, { schedule })).toThrow(
      "'schedule' must be known at synthesis, since it sets the periods of the alarms",
    );
  });
});

describe('fails when a test', () => {
  const create = (tests: (stack: Stack) => ConnectionTest[], stack = createStack()) =>
    new ConnectionMonitor(stack, 'Monitor', { tests: tests(stack) });

  test('is missing', () => {
    expect(() => create(() => [])).toThrow(
      "'tests' must hold at least one test, got: none; use ConnectionMonitor.ofAll(app) to monitor all tests",
    );
  });

  test('is that of an input, which has no name', () => {
    const target = ConnectionTarget.fromInput({
      connectionType: glue.ConnectionType.JDBC,
      connectionProperties: { JDBC_CONNECTION_URL: 'jdbc:postgresql://db:5432/orders', SECRET_ID: 'orders' },
    });

    expect(() => create((stack) => [createTest(stack), new ConnectionTest(stack, 'Input', { target })])).toThrow(
      "'tests' must not contain the test of an input, which has no name to find it by, got: Stack/Input; test the " +
        'connection that is created after it',
    );
  });

  test.each([
    ['account', { account: '444455556666', region: 'eu-west-1' }],
    ['Region', { account: '111122223333', region: 'us-east-1' }],
  ])('is of another %s', (_, env) => {
    const app = new App();
    const elsewhere = new Stack(app, 'Elsewhere', { env });
    const here = new Stack(app, 'Here', { env: { account: '111122223333', region: 'eu-west-1' } });

    expect(() => create(() => [createTest(elsewhere)], here)).toThrow(
      "'tests' must be in the account and Region of the monitor, 111122223333/eu-west-1, got: Elsewhere/ordersTest in " +
        `${env.account}/${env.region}; create a monitor in a stack of that account and Region, or use ConnectionMonitor.ofAll(app)`,
    );
  });

  test('has a provider that is deployed elsewhere', () => {
    const serviceToken = 'arn:aws:lambda:eu-west-1:111122223333:function:provider';

    expect(() =>
      create((stack) => [
        createTest(stack, 'orders', {
          provider: ConnectionTestProvider.fromServiceToken(stack, 'Imported', serviceToken),
        }),
      ]),
    ).toThrow(
      "'tests' must have a provider of this app, since a function that is deployed elsewhere can't be given what a monitor " +
        "needs, and that of the CloudFormation template has no code for it, got: Stack/ordersTest; leave out its 'provider'",
    );
  });
});

test('nothing is created before all tests have been checked', () => {
  const stack = createStack();
  const target = ConnectionTarget.fromInput({
    connectionType: glue.ConnectionType.JDBC,
    connectionProperties: { JDBC_CONNECTION_URL: 'jdbc:postgresql://db:5432/orders', SECRET_ID: 'orders' },
  });
  const tests = [createTest(stack), new ConnectionTest(stack, 'Input', { target })];

  expect(() => new ConnectionMonitor(stack, 'Monitor', { tests })).toThrow('the test of an input');
  expect(stack.node.findChild('Monitor').node.children).toEqual([]);
});

test('fails when the connections are more than a schedule can send', () => {
  const stack = createStack();
  const tests = Array.from({ length: 5 }, (_, index) => createTest(stack, `${index}${'x'.repeat(250)}`));
  new ConnectionMonitor(stack, 'Monitor', { tests, dashboard: false });
  // Each has its name, and at most 20 secrets.
  const longest = 'x'.repeat(60_000);
  tests.forEach((test) => Object.assign(test._repeated, { CatalogId: longest }));

  expect(() => (stack.node.root as App).synth()).toThrow(
    /the connections of a monitor must take at most 261120 characters, which is what a schedule can send, got: up to 30\d{4} for Stack\/Monitor\/Function; give some of the tests a monitor of their own/,
  );
});

test.each<[string, object, string]>([
  ['tests are none of a list', { tests: {} }, "'tests' must be a list of tests, got: an object; put it in brackets"],
  [
    'a test is a target',
    { tests: [ConnectionTarget.fromName('a')] },
    "'tests[0]' must be a ConnectionTest, got: an object of the class ConnectionTarget",
  ],
  ['there are no tests', {}, "'tests' must be a list of tests, got: undefined"],
  [
    'a schedule is a text',
    { schedule: 'rate(1 hour)' },
    "'schedule' must be a ScheduleExpression of aws-cdk-lib/aws-scheduler, got: 'rate(1 hour)'; use scheduler.ScheduleExpression.rate",
  ],
  ['a switch is a text', { dashboard: 'no' }, "'dashboard' must be true or false, got: 'no'"],
  ['maxAlarms is negative', { maxAlarms: -1 }, "'maxAlarms' must be a whole number of at least 0, got: -1"],
  ['maxConcurrency is 0', { maxConcurrency: 0 }, "'maxConcurrency' must be a whole number from 1 to 100, got: 0"],
  ['maxConcurrency is 101', { maxConcurrency: 101 }, "'maxConcurrency' must be a whole number from 1 to 100, got: 101"],
  [
    'an action is none',
    { alarmActions: ['arn'] },
    "'alarmActions[0]' must be an IAlarmAction of aws-cdk-lib/aws-cloudwatch, got: 'arn'",
  ],
  ['a name is written differently', { on_secret_change: true }, "'on_secret_change' must be written 'onSecretChange'"],
])('fails when %s', (_, given, message) => {
  const stack = createStack();
  const props = {
    ...('tests' in given || message.startsWith("'tests'") ? {} : { tests: [createTest(stack)] }),
    ...given,
  };

  expect(() => new ConnectionMonitor(stack, 'Monitor', props as ConnectionMonitorProps)).toThrow(message);
});

test('fails when the options of ofAll are none', () => {
  expect(() => ConnectionMonitor.ofAll(createStack(), 'all' as Untyped)).toThrow(
    "'options' must be an object of properties, got: a string",
  );
  expect(() => ConnectionMonitor.ofAll('app' as Untyped)).toThrow("'scope' must be a construct, got: 'app'");
});
