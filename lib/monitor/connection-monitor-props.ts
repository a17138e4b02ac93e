import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as scheduler from 'aws-cdk-lib/aws-scheduler';
import type { ConnectionTest } from '../connection-test/connection-test';
import type { Shape } from '../props/check-props';
import { having, kind, listOf, optional, wholeNumber } from '../props/kinds';

/**
 * Options of a `ConnectionMonitor`: when it tests, and what it creates.
 */
export interface ConnectionMonitorOptions {
  /**
   * When to test the connections: at most once a minute and at least once a day.
   *
   * @default ScheduleExpression.rate(Duration.hours(1))
   */
  readonly schedule?: scheduler.ScheduleExpression;

  /**
   * Whether to test a connection about a minute after its secret gets a new version. Secrets Manager sends the event
   * itself, without CloudTrail. The monitor doesn't notice changes to a secret that is only known at deployment, or
   * that is in another account or Region.
   *
   * @default true
   */
  readonly onSecretChange?: boolean;

  /**
   * How many connections a run tests at the same time: 1 to 100. Each running test of a connection in a VPC may take an
   * IP address of its subnet.
   *
   * @default - `maxConcurrency` of the connections' provider, or 10 if it has none
   */
  readonly maxConcurrency?: number;

  /**
   * Whether to emit metrics of the tests that the monitor runs. Without metrics, there are no alarms, and the dashboard
   * shows only the last failures.
   *
   * @default true
   */
  readonly metrics?: boolean;

  /**
   * The largest number of connections that get one alarm each. With more connections, one alarm watches all of them
   * with a query of CloudWatch Metrics Insights. The query covers every connection of the account and Region that has
   * metrics, and the schedule must run at least every 80 minutes. With 0, there is always one alarm.
   *
   * @default 50
   */
  readonly maxAlarms?: number;

  /**
   * Whether to create a dashboard. It shows the status of each connection, how long its tests take, and the last
   * failures.
   *
   * @default true
   */
  readonly dashboard?: boolean;

  /**
   * Actions to run when a connection is broken or no longer tested, as with `addAlarmAction`.
   *
   * @default - none
   */
  readonly alarmActions?: cloudwatch.IAlarmAction[];
}

/**
 * Properties of a `ConnectionMonitor`.
 */
export interface ConnectionMonitorProps extends ConnectionMonitorOptions {
  /**
   * The tests to repeat. They can be in any stack in the account and Region of the monitor.
   */
  readonly tests: ConnectionTest[];
}

const TEST = having(['gateDependents'], 'a ConnectionTest', {
  advice:
    'create one with new ConnectionTest(scope, id, { target }), or use ConnectionMonitor.ofAll(app) to monitor all tests',
});

// These decide which resources there are, and so must be known at synthesis.
const SWITCH = kind('true or false', (value) => typeof value === 'boolean');
const MAX_ALARMS = kind('a whole number of at least 0', (value) => Number.isInteger(value) && Number(value) >= 0);

export const MONITOR_OPTIONS: Shape<ConnectionMonitorOptions> = {
  alarmActions: optional(listOf(having(['bind'], 'an IAlarmAction of aws-cdk-lib/aws-cloudwatch'), 'alarm actions')),
  dashboard: optional(SWITCH),
  maxAlarms: optional(MAX_ALARMS),
  maxConcurrency: optional(wholeNumber('from 1 to 100', { min: 1, max: 100 })),
  metrics: optional(SWITCH),
  onSecretChange: optional(SWITCH),
  schedule: optional(
    having(['expressionString'], 'a ScheduleExpression of aws-cdk-lib/aws-scheduler', {
      advice: 'use scheduler.ScheduleExpression.rate(Duration.hours(1))',
    }),
  ),
};

export const MONITOR_PROPS: Shape<ConnectionMonitorProps> = {
  ...MONITOR_OPTIONS,
  tests: listOf(TEST, 'tests'),
};
