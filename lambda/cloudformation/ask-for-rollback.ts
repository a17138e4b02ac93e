import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { clientOptions } from '../base/client-options';
import { backoff, type Clock } from '../base/clock';
import { closeQuietly } from '../base/close';
import type { Category } from '../contract';
import { withDeadline } from '../base/deadline';
import { diagnose } from '../failures/exceptions';
import { factsOf } from '../failures/failure';
import type { Log } from '../base/log';
import { isTransient } from '../failures/retry';

/** Whether a stack is rolling back. If that is unknown, `cause` says why. */
export type RollbackState =
  { readonly state: 'rolling back' | 'not rolling back' } | { readonly state: 'unknown'; readonly cause: string };

/** A call to CloudFormation that did not return the status of the stack. */
interface FailedCall {
  readonly name: string;
  readonly message: string;
  readonly category: Exclude<Category, 'NONE'>;
}

/** How long one call may take. A call that gets no answer is repeated. */
const ATTEMPT_MS = 5_000;
const FIRST_DELAY_MS = 500;
const MAX_DELAY_MS = 5_000;
/** Kept for a last call, however long the wait before it would be. */
const LAST_ATTEMPT_MS = 250;

/** How many times to make a call that is denied, because the permission may have been granted only just now. */
const MAX_DENIALS = 5;

/**
 * Asks CloudFormation whether a stack is rolling back. Repeats a call that is throttled, fails or gets no answer. Never
 * throws.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html#cfn-console-view-stack-data-resources-status-codes
 */
export async function askForRollback(
  stackId: string,
  patienceMs: number,
  clock: Clock,
  log: Log,
): Promise<RollbackState> {
  try {
    return await askUntil(clock.now() + patienceMs, stackId, patienceMs, clock, log);
  } catch (error) {
    const failedCall = failedCallFrom(error);
    logFailedCall(log, failedCall, 1);
    return { state: 'unknown', cause: failedCall.name };
  }
}

async function askUntil(
  endsAt: number,
  stackId: string,
  patienceMs: number,
  clock: Clock,
  log: Log,
): Promise<RollbackState> {
  const attemptMs = Math.min(ATTEMPT_MS, patienceMs / 3);
  const ask = createQuestion(stackId, attemptMs, clock);
  try {
    for (let attempt = 1; ; attempt++) {
      const answer = await ask.once(Math.max(1, Math.min(attemptMs, endsAt - clock.now())));
      if (typeof answer === 'string') {
        return { state: answer.includes('ROLLBACK') ? 'rolling back' : 'not rolling back' };
      }
      const left = endsAt - clock.now();
      const isLast = !isWorthAsking(answer, attempt) || left <= LAST_ATTEMPT_MS;
      if (isLast || attempt === 1) {
        // The failures in between would say the same.
        logFailedCall(log, answer, attempt);
      }
      if (isLast) {
        return { state: 'unknown', cause: answer.name };
      }
      const delay = backoff(attempt, FIRST_DELAY_MS, MAX_DELAY_MS, clock);
      await clock.sleep(Math.min(delay, left - LAST_ATTEMPT_MS));
    }
  } finally {
    ask.close();
  }
}

function isWorthAsking({ category }: FailedCall, attempt: number): boolean {
  return category === 'ACCESS_DENIED' ? attempt < MAX_DENIALS : isTransient(category);
}

function createQuestion(stackId: string, attemptMs: number, clock: Clock) {
  const client = new CloudFormationClient(clientOptions(attemptMs));
  return {
    once: async (milliseconds: number): Promise<string | FailedCall> => {
      const answer = withDeadline(milliseconds, clock, async ({ signal }) => {
        try {
          const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: stackId }), {
            abortSignal: signal,
          });
          return Stacks?.[0]?.StackStatus ?? NO_STATUS;
        } catch (error) {
          return signal.aborted ? SILENCE : failedCallFrom(error);
        }
      });
      return answer.catch(() => SILENCE);
    },
    close: () => closeQuietly(client),
  };
}

const SILENCE: FailedCall = { name: 'Timeout', message: 'CloudFormation did not answer', category: 'TIMEOUT' };
const NO_STATUS: FailedCall = { name: 'NoStatus', message: 'the answer has no status', category: 'SERVICE_FAULT' };

function logFailedCall(log: Log, { name, message }: FailedCall, attempt: number): void {
  const text = `can't tell whether the stack is rolling back, attempt ${attempt}: ${name}: ${message}`;
  log({ level: 'WARN', event: 'rollback unknown', message: text, attempt, exception: name, cause: message });
}

function failedCallFrom(error: unknown): FailedCall {
  const { name, message, statusCode, isNetwork } = factsOf(error);
  return { name, message, category: diagnose(name, statusCode, isNetwork).category };
}
