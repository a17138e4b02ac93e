import { setTimeout as timeout } from 'node:timers/promises';

/** Time and chance, so that tests can do without waiting. A fake replaces all of it: half a fake mixes two times. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Rejects when the signal is raised. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
  /** Calls back once, after so many milliseconds, unless the function that it returns is called before. */
  timer(milliseconds: number, callback: () => void): () => void;
  /** From 0 up to 1. */
  random(): number;
}

export const SYSTEM_CLOCK: Clock = {
  now: Date.now,
  sleep: (milliseconds, signal) => timeout(milliseconds, undefined, { signal }),
  timer: (milliseconds, callback) => {
    const timer = setTimeout(callback, milliseconds);
    return () => clearTimeout(timer);
  },
  random: Math.random,
};

/**
 * The wait before another try: exponential, with full jitter.
 *
 * @see https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
export function backoff(attempt: number, firstMs: number, maxMs: number, clock: Clock): number {
  return clock.random() * Math.min(maxMs, firstMs * 2 ** (attempt - 1));
}
