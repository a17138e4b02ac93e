import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { NAMESPACE } from '../monitor/metrics';

/** How many connections a sweep found to be broken. */
export function failedConnections(
  { stateMachineName }: sfn.StateMachine,
  props: cloudwatch.MetricOptions,
): cloudwatch.Metric {
  return new cloudwatch.Metric({
    namespace: NAMESPACE,
    metricName: 'FailedConnections',
    dimensionsMap: { StateMachine: stateMachineName },
    statistic: cloudwatch.Stats.MAXIMUM,
    period: Duration.minutes(5),
    ...props,
  });
}

/** Tells that a sweep found broken connections, until one finds none. */
export function createAlarm(scope: Construct, metric: cloudwatch.Metric): cloudwatch.Alarm {
  return new cloudwatch.Alarm(scope, 'Alarm', {
    metric,
    alarmDescription:
      'A sweep found broken Glue connections. The output of the last execution of its state machine names them.',
    threshold: 1,
    comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    evaluationPeriods: 1,
    // Between two sweeps there is no data, and nothing changes.
    treatMissingData: cloudwatch.TreatMissingData.IGNORE,
  });
}
