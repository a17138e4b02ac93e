import type { Clock } from '../base/clock';
import type { Log } from '../base/log';
import type { Executions } from './executions';

export interface Dependencies {
  readonly executions: Executions;
  readonly clock: Clock;
  readonly log: Log;
  /** Where the function logs. */
  readonly logGroupName: string;
}

/** Why the deployment fails: the framework passes the message on to CloudFormation. */
export class SweepFailedError extends Error {
  override readonly name = 'SweepFailed';
  // The framework adds each further line of the stack to what CloudFormation shows.
  override readonly stack = '';
}
