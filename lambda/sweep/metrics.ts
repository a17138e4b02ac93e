import { carrierOf } from '../base/metrics';

/** Makes a log entry a carrier of the metric `FailedConnections` of a sweep. */
export function metricOf(stateMachine: string, failed: number, now: number) {
  return {
    ...carrierOf('StateMachine', ['FailedConnections'], now),
    StateMachine: stateMachine,
    FailedConnections: failed,
  };
}
