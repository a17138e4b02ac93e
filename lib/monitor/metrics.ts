import { Duration, Token } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';

/** Where the function puts its metrics. Each has the dimension `ConnectionName` alone. */
export const NAMESPACE = 'GlueConnections';

export type MetricName = 'Healthy' | 'Duration' | 'Attempts';

/** A metric of one connection, in the account and Region of the scope. */
export function connectionMetric(
  scope: Construct,
  metricName: MetricName,
  connectionName: string,
  props: cloudwatch.MetricOptions,
): cloudwatch.Metric {
  return new cloudwatch.Metric({
    namespace: NAMESPACE,
    metricName,
    dimensionsMap: { ConnectionName: connectionName },
    ...props,
  }).attachTo(scope);
}

/**
 * Whether CloudWatch can have metrics of a connection, as far as its name is known at synthesis.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_Dimension.html
 */
export function canHaveMetrics(connectionName: string): boolean {
  return Token.isUnresolved(connectionName) || /^[ -~]*[!-~][ -~]*$/.test(connectionName);
}

/** By how much a period is longer than the interval at most, and by which part of the interval. */
const MARGIN = { minutes: 10, part: 1 / 4 };

/**
 * The period of metrics and alarms for tests with this interval, in whole minutes.
 *
 * It is a little longer than the interval, since two tests are not equally long after the beginning of their runs: in a
 * period of exactly one interval, there could be none. A test takes 5 minutes at most, by default.
 *
 * @param interval in minutes
 */
export function periodFor(interval: number): Duration {
  return Duration.minutes(interval + Math.ceil(Math.min(MARGIN.minutes, interval * MARGIN.part)));
}
