import type { Clock } from '../base/clock';
import type { Log } from '../base/log';
import type { Executions } from './executions';
import type { Fail } from './sweep-failed';

export interface Dependencies {
  readonly executions: Executions;
  readonly clock: Clock;
  readonly log: Log;
  readonly fail: Fail;
}
