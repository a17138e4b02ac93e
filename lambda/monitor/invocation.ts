import type { Context } from 'aws-lambda';
import type { Clock } from '../base/clock';
import type { Log } from '../base/log';
import type { Settings } from './event';
import type { Schedules } from './schedules';

/** What a monitor's event needs to know of Lambda. */
export type MonitorContext = Pick<Context, 'awsRequestId' | 'getRemainingTimeInMillis' | 'invokedFunctionArn'>;

/** What all steps of an invocation use. */
export interface Invocation {
  readonly settings: Settings;
  readonly schedules: Schedules;
  readonly context: MonitorContext;
  readonly clock: Clock;
  /** For what is about no connection. */
  readonly log: Log;
}

/** How long a call of EventBridge Scheduler is tried, at the end of a test. */
export const SCHEDULER_MS = 8_000;

/** At the beginning, nothing can be done without it. */
const MOST_PATIENCE_MS = 30_000;

/** How long a call of EventBridge Scheduler is tried that comes before everything else. */
export function patienceAtStart({ context }: Pick<Invocation, 'context'>): number {
  return Math.min(MOST_PATIENCE_MS, context.getRemainingTimeInMillis() / 3);
}

/** How long a call of EventBridge Scheduler is tried that comes after all tests: several of them fit into what is left. */
export function patienceAtEnd({ context }: Pick<Invocation, 'context'>): number {
  return Math.min(SCHEDULER_MS, context.getRemainingTimeInMillis() / 4);
}
