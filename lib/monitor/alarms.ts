import { Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { shareCondition } from '../cdk/share-condition';
import { warnOnce } from '../cdk/warn-once';
import { maxLength } from '../grants/policies/policy-length';
import { failuresQuery, linkToQuery } from './logs';
import { NAMESPACE, periodFor } from './metrics';
import type { MonitoredConnection } from './monitored-connection';

export interface AlarmsOptions {
  /** Between two runs of the schedule, in minutes. */
  readonly interval: number;
  readonly maxAlarms: number;
  readonly metricOf: (connection: MonitoredConnection) => cloudwatch.Metric;
  readonly logGroupsOf: (connections: readonly MonitoredConnection[]) => string[];
}

/** The periods in all of which no test has passed. */
const PERIODS = 2;

/**
 * Of an alarm's description, by CloudWatch.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
 */
const MAX_DESCRIPTION = 1_024;

/**
 * How far back an alarm with a query of Metrics Insights looks, in minutes.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-limits.html
 */
const INSIGHTS_RANGE = 180;

/**
 * The alarms of a monitor: one for each connection, or one for all.
 *
 * An alarm counts a period without a result as missing. So a new alarm waits for its first result; after a failure, a
 * missing result counts as one more failure (CloudWatch itself does so); and after both periods without a result, the
 * state is INSUFFICIENT_DATA, which takes the same actions as ALARM. `breaching` would report each new monitor and each
 * connection that is deleted as broken.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
 */
export class Alarms extends Construct {
  readonly all: cloudwatch.Alarm[] = [];
  private readonly onAlarm: cloudwatch.IAlarmAction[] = [];
  private readonly onOk: cloudwatch.IAlarmAction[] = [];
  private forAll?: cloudwatch.Alarm;

  constructor(
    scope: Construct,
    private readonly connections: readonly MonitoredConnection[],
    private readonly options: AlarmsOptions,
  ) {
    super(scope, 'Alarms');
    if (connections.length > options.maxAlarms) {
      this.forAll = this.createForAll();
    } else {
      connections.forEach((connection) => {
        this.add(connection);
      });
    }
  }

  /** Watches one more connection. */
  add(connection: MonitoredConnection): void {
    if (this.forAll !== undefined) {
      return;
    }
    if (!connection.hasMetrics) {
      warnOnce(
        this,
        'noMetrics',
        `the connection that ${connection.test.node.path} tests has no alarm, because CloudWatch allows only ASCII in names: ` +
          'give the connection another name, or acknowledge this warning',
      );
      return;
    }
    const alarm = this.create(
      idOf(this, connection),
      this.descriptionOf(connection),
      this.options.metricOf(connection),
    );
    shareCondition(connection.test._facts.resource, alarm);
  }

  addAlarmAction(actions: readonly cloudwatch.IAlarmAction[]): void {
    this.onAlarm.push(...actions);
    this.all.forEach((alarm) => {
      alarm.addAlarmAction(...actions);
      alarm.addInsufficientDataAction(...actions);
    });
  }

  addOkAction(actions: readonly cloudwatch.IAlarmAction[]): void {
    this.onOk.push(...actions);
    this.all.forEach((alarm) => {
      alarm.addOkAction(...actions);
    });
  }

  private create(id: string, alarmDescription: string, metric: cloudwatch.IMetric): cloudwatch.Alarm {
    const alarm = new cloudwatch.Alarm(this, id, {
      alarmDescription,
      metric,
      comparisonOperator: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
      threshold: 1,
      evaluationPeriods: PERIODS,
      datapointsToAlarm: PERIODS,
      treatMissingData: cloudwatch.TreatMissingData.MISSING,
    });
    alarm.addAlarmAction(...this.onAlarm);
    alarm.addInsufficientDataAction(...this.onAlarm);
    alarm.addOkAction(...this.onOk);
    this.all.push(alarm);
    return alarm;
  }

  /**
   * One alarm whose contributors are the connections. The query can't be limited to some of them: its conditions can be
   * joined by AND alone.
   *
   * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/multi-time-series-alarm.html
   */
  private createForAll(): cloudwatch.Alarm {
    const { interval, maxAlarms, logGroupsOf } = this.options;
    const period = periodFor(interval);
    if (PERIODS * period.toMinutes() > INSIGHTS_RANGE) {
      throw new Error(
        `'schedule' must run at least every 80 minutes when one alarm watches all connections, since CloudWatch Metrics ` +
          `Insights looks back only 3 hours, got: ${interval} minutes (connections: ${this.connections.length}, 'maxAlarms': ` +
          `${maxAlarms}); raise 'maxAlarms', or run the schedule more often`,
      );
    }
    const link = linkToQuery(this, failuresQuery(), logGroupsOf(this.connections));
    return this.create(
      'AllConnections',
      this.described(`Glue connections of which no test has passed for ${PERIODS} periods.`, link),
      new cloudwatch.MathExpression({
        expression: `SELECT MAX(Healthy) FROM SCHEMA("${NAMESPACE}", ConnectionName) GROUP BY ConnectionName ORDER BY MAX() ASC`,
        period,
        label: 'Healthy',
      }),
    );
  }

  private descriptionOf(connection: MonitoredConnection): string {
    const { name } = connection;
    const groups = this.options.logGroupsOf([connection]);
    const links = [failuresQuery(name), failuresQuery()].map((query) => linkToQuery(this, query, groups));
    return this.described(`Glue connection '${name}': no test has passed for ${PERIODS} periods.`, ...links);
  }

  /** A description with the first link for which there is room. */
  private described(text: string, ...links: string[]): string {
    const withLinks = links.map((link) => `${text} Log: ${link}`);
    return withLinks.find((one) => maxLength(this, one) <= MAX_DESCRIPTION) ?? text;
  }
}

/** The path of the test, without that of the stack if it is the alarm's own. */
function idOf(monitor: Construct, { test }: MonitoredConnection): string {
  const [own, other] = [Stack.of(monitor), Stack.of(test)];
  return test.node.scopes
    .slice(own === other ? own.node.scopes.length : 0)
    .map(({ node }) => node.id)
    .filter((id) => id !== '')
    .join('--');
}
