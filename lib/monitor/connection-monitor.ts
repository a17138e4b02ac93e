import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import { Construct, type IConstruct } from 'constructs';
import type { ConnectionTest } from '../connection-test/connection-test';
import type { RegisteredTest } from '../gate/tests-of-app';
import { checkProps } from '../props/check-props';
import { CONSTRUCT } from '../props/kinds';
import { checkConnectionName } from '../secrets/value-checks';
import { Alarms } from './alarms';
import { checkTest } from './checked-test';
import {
  MONITOR_OPTIONS,
  MONITOR_PROPS,
  type ConnectionMonitorOptions,
  type ConnectionMonitorProps,
} from './connection-monitor-props';
import { createDashboard, type DashboardContent } from './dashboard';
import { intervalOf } from './interval';
import { canHaveMetrics, connectionMetric, periodFor, type MetricName } from './metrics';
import type { IConnectionMonitor } from './monitor';
import { logGroupsOf, MonitoredConnections } from './monitored-connections';
import { MonitorsOfScope } from './monitors-of-scope';

/**
 * Tests connections again after their deployment: on a schedule, and when a secret changes. It uses the same function
 * as the tests in a deployment, and adds metrics, alarms and a dashboard.
 *
 * Repeated wrong passwords can lock a database account. So after a data store has refused the credentials, scheduled
 * tests of the connection wait for 1 interval, then for 2, 4 and up to 24, until its secret or its definition changes.
 *
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/what-is-scheduler.html
 * @example
 *
 * const monitor = new ConnectionMonitor(this, 'Monitor', { tests: [test] });
 * monitor.addAlarmAction(new actions.SnsAction(topic));
 */
export class ConnectionMonitor extends Construct implements IConnectionMonitor {
  /**
   * Monitors all tests below a scope, including tests that are added later or by `ConnectionTests.applyTo`. Each stack
   * with tests gets a monitor with its own dashboard. Tests of an input are left out, because it has no name. Tests
   * that already have a monitor are left out, too.
   *
   * Create the stages below the scope before this call, and add them to a pipeline after it. Otherwise synthesis fails,
   * and the error names the line to move.
   *
   * @param scope the app, a stage or a stack
   * @param options how to monitor the tests
   * @throws an error when the scope is already monitored
   */
  static ofAll(scope: IConstruct, options: ConnectionMonitorOptions = {}): IConnectionMonitor {
    CONSTRUCT.check('scope', scope);
    checkProps('options', options, MONITOR_OPTIONS);
    intervalOf(options.schedule ?? HOURLY);
    return MonitorsOfScope.create(
      scope,
      (stack, tests) =>
        new ConnectionMonitor(stack, 'GlueConnectionMonitor', {
          ...options,
          tests: tests as unknown as ConnectionTest[],
        }),
    );
  }

  /**
   * The dashboard; undefined with `dashboard: false`.
   */
  readonly dashboard?: cloudwatch.Dashboard;

  private readonly connections: MonitoredConnections;
  private readonly interval: number;
  private readonly alarmsOfTests?: Alarms;

  /**
   * Adds the monitor to a stack.
   *
   * @param scope the stack of the monitor, or a construct in it
   * @param id the id of the monitor in that scope
   * @param props which tests to repeat, and how
   * @throws an error when there is no test; when a test is in another account or Region, tests an input, or uses a
   * provider that is deployed elsewhere; or when the schedule's interval is under a minute, over a day, or over 80
   * minutes with more than `maxAlarms` connections
   */
  constructor(scope: Construct, id: string, props: ConnectionMonitorProps) {
    super(scope, id);
    checkProps('props', props, MONITOR_PROPS);
    const { tests, schedule = HOURLY, maxConcurrency, onSecretChange = true, metrics = true, maxAlarms = 50 } = props;
    this.interval = intervalOf(schedule);
    if (tests.length === 0) {
      throw new Error(
        "'tests' must hold at least one test, got: none; use ConnectionMonitor.ofAll(app) to monitor all tests",
      );
    }
    tests.forEach((test) => {
      checkTest(this, test);
    });
    const { interval } = this;
    this.connections = new MonitoredConnections(this, { schedule, interval, maxConcurrency, onSecretChange, metrics });
    tests.forEach((test) => this.connections.add(test));
    if (metrics) {
      this.alarmsOfTests = new Alarms(this, this.connections.all, {
        interval,
        maxAlarms,
        metricOf: ({ name }) => this.metricHealthy(name),
        logGroupsOf,
      });
      this.addAlarmAction(...(props.alarmActions ?? []));
    }
    if (props.dashboard ?? true) {
      this.dashboard = createDashboard(this, () => this.content());
    }
  }

  /**
   * The alarms: one for each connection, or one for all if there are more than `maxAlarms` connections. There are none
   * with `metrics: false`.
   */
  get alarms(): cloudwatch.Alarm[] {
    return [...(this.alarmsOfTests?.all ?? [])];
  }

  /**
   * Adds actions to run when a connection is broken. This means that no test has passed for two periods, each a little
   * longer than the schedule's interval. The actions also run when a connection is no longer tested, which the alarm
   * shows as INSUFFICIENT_DATA.
   *
   * @param actions the actions, such as `SnsAction`
   * @throws an error with `metrics: false`, because there are no alarms
   */
  addAlarmAction(...actions: cloudwatch.IAlarmAction[]): void {
    this.alarmsFor(actions)?.addAlarmAction(actions);
  }

  /**
   * Adds actions to run when a connection works again.
   *
   * @param actions the actions, such as `SnsAction`
   * @throws an error with `metrics: false`, because there are no alarms
   */
  addOkAction(...actions: cloudwatch.IAlarmAction[]): void {
    this.alarmsFor(actions)?.addOkAction(actions);
  }

  /**
   * Whether a connection works: 1 after a test passed, 0 after a test failed. Tests during a deployment count, too.
   *
   * @param connectionName the name of the connection, such as `connectionName` of its test
   * @param props options that differ from the defaults
   * @default maximum over a little more than the schedule's interval
   */
  metricHealthy(connectionName: string, props: cloudwatch.MetricOptions = {}): cloudwatch.Metric {
    return this.metric('Healthy', connectionName, { statistic: cloudwatch.Stats.MAXIMUM, ...props });
  }

  /**
   * How long a test took, in milliseconds, with all its attempts.
   *
   * @param connectionName the name of the connection, such as `connectionName` of its test
   * @param props options that differ from the defaults
   * @default average over a little more than the schedule's interval
   */
  metricDuration(connectionName: string, props: cloudwatch.MetricOptions = {}): cloudwatch.Metric {
    return this.metric('Duration', connectionName, { statistic: cloudwatch.Stats.AVERAGE, ...props });
  }

  /**
   * How many attempts a test took.
   *
   * @param connectionName the name of the connection, such as `connectionName` of its test
   * @param props options that differ from the defaults
   * @default maximum over a little more than the schedule's interval
   */
  metricAttempts(connectionName: string, props: cloudwatch.MetricOptions = {}): cloudwatch.Metric {
    return this.metric('Attempts', connectionName, { statistic: cloudwatch.Stats.MAXIMUM, ...props });
  }

  /**
   * Monitors one more test.
   *
   * @internal
   */
  _add(test: RegisteredTest): void {
    const connection = this.connections.add(test);
    if (connection !== undefined) {
      this.alarmsOfTests?.add(connection);
    }
  }

  /** What the dashboard shows. */
  private content(): DashboardContent {
    const {
      connections: { all: connections },
      alarms,
    } = this;
    // The ARN of an alarm that need not exist can't be in the list of a widget.
    const haveTiles =
      alarms.length === connections.length && connections.every(({ condition }) => condition === undefined);
    const measured = this.alarmsOfTests === undefined ? [] : connections.filter(({ hasMetrics }) => hasMetrics);
    const names = measured.map((one) => one.ifExists(one.name, '-'));
    return {
      alarms: haveTiles ? alarms : [],
      healthy: names.map((name) => this.metricHealthy(name)),
      durations: names.map((name) => this.metricDuration(name)),
      logGroupNames: logGroupsOf(connections),
    };
  }

  private metric(name: MetricName, connectionName: string, props: cloudwatch.MetricOptions): cloudwatch.Metric {
    checkConnectionName(connectionName);
    if (!canHaveMetrics(connectionName)) {
      throw new Error(
        `'connectionName' must be in ASCII, since CloudWatch allows no other characters in dimensions, got: '${connectionName}'; such a ` +
          'connection has no metrics',
      );
    }
    return connectionMetric(this, name, connectionName, { period: periodFor(this.interval), ...props });
  }

  private alarmsFor(actions: readonly cloudwatch.IAlarmAction[]): Alarms | undefined {
    if (this.alarmsOfTests === undefined && actions.length > 0) {
      throw new Error(
        `'actions' must not be added to a monitor without alarms, got: ${this.node.path}, which has 'metrics: false'; ` +
          'leave one of them out',
      );
    }
    return this.alarmsOfTests;
  }
}

const HOURLY = scheduler.ScheduleExpression.rate(Duration.hours(1));
