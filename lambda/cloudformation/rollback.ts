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

/** Whether a stack is rolling back; where it can't be told, why not. */
export type RollbackState =
  { readonly state: 'rolling back' | 'not rolling back' } | { readonly state: 'unknown'; readonly cause: string };

/** One answer of CloudFormation that doesn't tell. */
interface Miss {
  readonly name: string;
  readonly message: string;
  readonly category: Exclude<Category, 'NONE'>;
}

/** How long one call may take: a silent one is made again. */
const ATTEMPT_MS = 5_000;
const FIRST_DELAY_MS = 500;
const MAX_DELAY_MS = 5_000;

/** How often a call is made that is denied, since the permission may have been granted just now. */
const MAX_DENIALS = 5;

/**
 * Asks CloudFormation whether a stack is rolling back, again and again where it is throttled, fails or is silent. Never
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
    const miss = missOf(error);
    logMiss(log, miss, 1);
    return { state: 'unknown', cause: miss.name };
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
      const delay = backoff(attempt, FIRST_DELAY_MS, MAX_DELAY_MS, clock);
      const isLast = !isWorthAsking(answer, attempt) || clock.now() + delay >= endsAt;
      if (isLast || attempt === 1) {
        // Those between would tell the same.
        logMiss(log, answer, attempt);
      }
      if (isLast) {
        return { state: 'unknown', cause: answer.name };
      }
      await clock.sleep(delay);
    }
  } finally {
    ask.close();
  }
}

function isWorthAsking({ category }: Miss, attempt: number): boolean {
  return category === 'ACCESS_DENIED' ? attempt < MAX_DENIALS : isTransient(category);
}

function createQuestion(stackId: string, attemptMs: number, clock: Clock) {
  const client = new CloudFormationClient(clientOptions(attemptMs));
  return {
    once: async (milliseconds: number): Promise<string | Miss> => {
      const answer = withDeadline(milliseconds, clock, async ({ signal }) => {
        try {
          const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: stackId }), {
            abortSignal: signal,
          });
          return Stacks?.[0]?.StackStatus ?? NO_STATUS;
        } catch (error) {
          return signal.aborted ? SILENCE : missOf(error);
        }
      });
      return answer.catch(() => SILENCE);
    },
    close: () => closeQuietly(client),
  };
}

const SILENCE: Miss = { name: 'Timeout', message: 'CloudFormation did not answer', category: 'TIMEOUT' };
const NO_STATUS: Miss = { name: 'NoStatus', message: 'the answer has no status', category: 'SERVICE_FAULT' };

function logMiss(log: Log, { name, message }: Miss, attempt: number): void {
  const text = `can't tell whether the stack is rolling back, attempt ${attempt}: ${name}: ${message}`;
  log({ level: 'WARN', event: 'rollback unknown', message: text, attempt, exception: name, cause: message });
}

function missOf(error: unknown): Miss {
  const { name, message, statusCode, isNetwork } = factsOf(error);
  return { name, message, category: diagnose(name, statusCode, isNetwork).category };
}
