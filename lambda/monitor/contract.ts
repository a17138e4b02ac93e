import type { ConnectionTestProperties } from '../contract';

/**
 * What the function needs to know of a monitor. It is in each event of `ConnectionMonitor`, and tells these events from
 * those of CloudFormation.
 *
 * This file holds types only, so that the constructs can share them without loading the function.
 *
 * | sent by                                       | event                                |
 * | --------------------------------------------- | ------------------------------------ |
 * | the recurring schedule                        | `ScheduledEvent`, without `BeganAt`  |
 * | the rule for changed secrets                  | `SecretChangedEvent`                 |
 * | the function, a minute after a secret changed | `SecretTestEvent`                    |
 * | the function, if its time runs out            | `ScheduledEvent`, with the rest      |
 */
export interface MonitorSettings {
  /** The name of the schedule group, in which the function makes its own schedules. */
  readonly Group: string;
  /** The name of the recurring schedule in that group. Its input is a `ScheduledEvent` with all connections. */
  readonly Schedule: string;
  /** The ARN of the role with which EventBridge Scheduler invokes the function. */
  readonly RoleArn: string;
  /** The ID of the stack. A test with a role of its own passes it as the external ID, unless the connection has one. */
  readonly StackId: string;
  /** The time between two runs of the recurring schedule in minutes, 1 to 1440. */
  readonly IntervalMinutes: number;
  /** How many connections to test at the same time, 1 to 100. */
  readonly MaxConcurrency: number;
}

/** Tests connections. EventBridge Scheduler accepts 256 KB of input, so leave out what is the default. */
export interface ScheduledEvent {
  readonly Monitor: MonitorSettings;
  /** Of two entries with the same catalog and name, the function tests the first. */
  readonly Connections: readonly MonitoredConnection[];
  /** When the run began, in ISO 8601 format. Only the function sets it, with what a run leaves for the next one. */
  readonly BeganAt?: string;
  /** The ARN of the secret whose change began the run. Only the function sets it, as above. */
  readonly Secret?: string;
}

/** Secrets have new current versions. `SecretsChanged` is `<$.resources>` of the event from Secrets Manager. */
export interface SecretChangedEvent {
  readonly Monitor: MonitorSettings;
  readonly SecretsChanged: readonly string[];
}

/** Tests the connections of the recurring schedule that have this secret. */
export interface SecretTestEvent {
  readonly Monitor: MonitorSettings;
  /** The ARN of the secret. */
  readonly Secret: string;
}

export interface MonitoredConnection {
  readonly Properties: MonitoredProperties;
  /** The ID of the stack of the test, if that is not the one in `Monitor`. */
  readonly StackId?: string;
  /**
   * The secrets that the connection's credentials are in, at most 20: full ARNs, ARNs without the six characters that
   * Secrets Manager appends, or names.
   */
  readonly Secrets?: readonly string[];
}

/** The properties of the test that mean the same to the monitor. `ConnectionName` is required. */
export type MonitoredProperties = Pick<
  ConnectionTestProperties,
  'ConnectionName' | 'CatalogId' | 'TimeoutSeconds' | 'MaxAttempts' | 'NetworkDiagnosis' | 'Metrics' | 'RoleArn'
>;
