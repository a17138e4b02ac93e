import { setTimeout } from 'node:timers/promises';

/** @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html */
const DEFAULT_DELAYS_MS = [1, 2, 4, 8, 16, 32, 64, 128, 256, 300].map((seconds) => seconds * 1000);

/** @see https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html#API_Invoke_Errors */
export class TooManyRequestsException extends Error {
  override readonly name = 'TooManyRequestsException';

  constructor() {
    super('Rate Exceeded.');
  }
}

/** Repeats what is throttled, after each of the delays, and after the last one over and over. */
export async function retryWhileThrottled<T>(
  attempt: () => Promise<T>,
  signal: AbortSignal,
  delaysMs: readonly number[] = DEFAULT_DELAYS_MS,
): Promise<T> {
  for (let index = 0; ; index += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof TooManyRequestsException)) {
        throw error;
      }
    }
    await setTimeout(delaysMs[index] ?? delaysMs.at(-1), undefined, { signal });
  }
}
