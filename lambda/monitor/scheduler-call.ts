import { backoff, type Clock } from '../base/clock';
import { withDeadline } from '../base/deadline';
import { diagnose } from '../failures/exceptions';
import { factsOf } from '../failures/failure';

const FIRST_DELAY_MS = 500;
const MAX_DELAY_MS = 10_000;

/** What may go away by itself. */
const PASSING: ReadonlySet<string> = new Set(['THROTTLED', 'SERVICE_FAULT', 'NETWORK', 'TIMEOUT']);

/** EventBridge Scheduler did not do what it was asked to do. */
export class SchedulerError extends Error {
  override readonly name = 'SchedulerError';

  /** @param isPassing whether it may do so later */
  constructor(
    readonly operation: string,
    readonly exception: string,
    said: string,
    readonly isPassing: boolean,
  ) {
    super(`${operation}: ${exception}: ${said}`);
  }
}

/**
 * Tries a call until it succeeds, can't succeed, or the time is up.
 *
 * @param expected an exception that is fine
 * @throws SchedulerError
 */
export async function callScheduler<T>(
  operation: string,
  patienceMs: number,
  clock: Clock,
  send: (signal: AbortSignal) => Promise<T>,
  expected?: string,
): Promise<T | undefined> {
  let last = new SchedulerError(operation, 'Timeout', `no answer within ${Math.round(patienceMs)} ms`, true);
  const work = withDeadline(patienceMs, clock, async (deadline) => {
    const { signal } = deadline;
    for (let attempt = 1; ; attempt++) {
      try {
        return await send(signal);
      } catch (error) {
        const { name, message, statusCode, isNetwork } = factsOf(error);
        if (name === expected) {
          return undefined;
        }
        if (!signal.aborted) {
          const { category } = diagnose(name, statusCode, isNetwork);
          last = new SchedulerError(operation, name, message, PASSING.has(category));
        }
        const delay = backoff(attempt, FIRST_DELAY_MS, MAX_DELAY_MS, clock);
        if (!last.isPassing || delay > deadline.remaining()) {
          throw last;
        }
        await clock.sleep(delay, signal);
      }
    }
  });
  return work.catch(() => Promise.reject(last));
}
