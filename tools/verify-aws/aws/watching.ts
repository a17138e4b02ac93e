import { DescribeAlarmsCommand, ListMetricsCommand, type CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { DescribeLogGroupsCommand, type CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import type { Alarm } from '../evidence';

/** Each gives nothing where there is no such service. */
export async function metricsOf(
  client: CloudWatchClient,
  connections: readonly string[],
): Promise<string[] | undefined> {
  try {
    const { Metrics = [] } = await client.send(new ListMetricsCommand({ Namespace: 'GlueConnections' }));
    const ours = Metrics.filter(({ Dimensions = [] }) =>
      Dimensions.some(({ Value = '' }) => connections.includes(Value)),
    );
    return [...new Set(ours.map(({ MetricName = '' }) => MetricName))].sort();
  } catch {
    return undefined;
  }
}

export async function alarmsOf(client: CloudWatchClient, names: readonly string[]): Promise<Alarm[] | undefined> {
  if (names.length === 0) {
    // Without a name, CloudWatch would give those of others.
    return undefined;
  }
  try {
    const { MetricAlarms = [] } = await client.send(new DescribeAlarmsCommand({ AlarmNames: [...names] }));
    return MetricAlarms.map(({ AlarmName = '', StateValue = '', Metrics = [] }) => ({
      name: AlarmName,
      state: StateValue,
      isQuery: Metrics.some(({ Expression = '' }) => Expression.startsWith('SELECT')),
    }));
  } catch {
    return undefined;
  }
}

/** The log groups that Glue may write by itself. */
export async function logGroupsOfGlue(client: CloudWatchLogsClient): Promise<string[] | undefined> {
  try {
    const { logGroups = [] } = await client.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: '/aws-glue/' }));
    return logGroups.map(({ logGroupName = '' }) => logGroupName);
  } catch {
    return undefined;
  }
}
