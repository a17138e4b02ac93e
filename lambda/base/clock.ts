import { setTimeout as timeout } from 'node:timers/promises';

/** Time and randomness, so that tests need not wait. A fake replaces all of it: half a fake mixes two clocks. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Rejects when the signal is aborted. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
  /** Calls back once after this many milliseconds, unless the returned function is called first. */
  timer(milliseconds: number, callback: () => void): () => void;
  /** A number from 0 up to, but not including, 1. */
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
 * The wait before another attempt: exponential, with full jitter.
 *
 * @see https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
export function backoff(attempt: number, firstMs: number, maxMs: number, clock: Clock): number {
  return clock.random() * Math.min(maxMs, firstMs * 2 ** (attempt - 1));
}
