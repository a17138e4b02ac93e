import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';

/**
 * A `ConnectionMonitor`, or all monitors below a scope.
 */
export interface IConnectionMonitor {
  /**
   * The alarms so far. `ConnectionMonitor.ofAll` creates its alarms at synthesis.
   */
  readonly alarms: cloudwatch.Alarm[];

  /**
   * Adds actions to run when a connection is broken or no longer tested.
   *
   * @param actions the actions, such as `SnsAction`
   */
  addAlarmAction(...actions: cloudwatch.IAlarmAction[]): void;

  /**
   * Adds actions to run when a connection works again.
   *
   * @param actions the actions, such as `SnsAction`
   */
  addOkAction(...actions: cloudwatch.IAlarmAction[]): void;
}

const MONITORED = new WeakSet();

/** Remembers that a test has a monitor. */
export function markMonitored(test: object): void {
  MONITORED.add(test);
}

export function isMonitored(test: object): boolean {
  return MONITORED.has(test);
}
