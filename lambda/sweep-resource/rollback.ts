import { askForRollback } from '../cloudformation/ask-for-rollback';
import type { ResourceEvent } from '../cloudformation/event';
import { firstCharacters } from '../base/text';
import type { Dependencies } from './dependencies';
import { SweepFailedError } from './sweep-failed';

/** How long to keep asking CloudFormation after a failure. */
const ASK_MS = 30_000;

/**
 * Throws the failure of an Update, unless the stack rolls back by now. An Update must not fail while it does: the stack
 * would stay in UPDATE_ROLLBACK_FAILED.
 */
export async function throwUnlessRollingBack(
  failure: unknown,
  { requestType, stackId }: ResourceEvent,
  { clock, log }: Dependencies,
): Promise<void> {
  if (requestType !== 'Update') {
    throw failure;
  }
  const after = await askForRollback(stackId, ASK_MS, clock, log);
  const { message } = failure as Error;
  switch (after.state) {
    case 'rolling back':
      log({ level: 'WARN', event: 'skipped', message: `SKIPPED: the stack is rolling back; otherwise: ${message}` });
      return;
    case 'not rolling back':
      throw failure;
    case 'unknown': {
      const cause = firstCharacters(after.cause, 100);
      throw new SweepFailedError(
        `${message}\nCloudFormation did not tell whether the stack is rolling back (${cause}).`,
      );
    }
  }
}
