import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';

/**
 * A `ConnectionMonitor`, or all monitors of an app.
 */
export interface IConnectionMonitor {
  /**
   * The alarms so far. `ConnectionMonitor.ofAll` creates its alarms when the app is synthesized.
   */
  readonly alarms: cloudwatch.Alarm[];

  /**
   * Adds actions for when a connection is broken, or no longer tested.
   *
   * @param actions such as `SnsAction`
   */
  addAlarmAction(...actions: cloudwatch.IAlarmAction[]): void;

  /**
   * Adds actions for when a connection works again.
   *
   * @param actions such as `SnsAction`
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
