import type { LogEntry } from '../base/log';

/**
 * Makes a log entry a carrier of the metric `FailedConnections` of a sweep.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function metricOf(stateMachine: string, failed: number, now: number): Partial<LogEntry> {
  const directive = {
    Namespace: 'GlueConnections',
    Dimensions: [['StateMachine']],
    Metrics: [{ Name: 'FailedConnections', Unit: 'Count' }],
  };
  return {
    _aws: { Timestamp: now, CloudWatchMetrics: [directive] },
    StateMachine: stateMachine,
    FailedConnections: failed,
  };
}
