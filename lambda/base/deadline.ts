import type { Clock } from './clock';

/** When work must end, and a signal that says so. */
export interface Deadline {
  /** Milliseconds from the start of the work. */
  readonly milliseconds: number;
  readonly signal: AbortSignal;
  /** Milliseconds left, at least 0. */
  remaining(): number;
}

/** The work ignored the signal. */
class DeadlineExceededError extends Error {
  override readonly name = 'DeadlineExceededError';
}

/** Work that obeys the signal has this long to report how far it got. */
const GRACE_MS = 100;

/**
 * Runs work that must end in time. Aborts the signal at the deadline, and also when the work has ended, so that none of
 * it continues in a warm function.
 *
 * @throws DeadlineExceededError shortly after the deadline, if the work has not ended by then
 */
export async function withDeadline<T>(
  milliseconds: number,
  clock: Clock,
  work: (deadline: Deadline) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const { signal } = controller;
  const at = clock.now() + milliseconds;
  let stopTimer = clock.timer(milliseconds, () => controller.abort());
  const exceeded = new Promise<never>((_, reject) => {
    const refuse = () => reject(new DeadlineExceededError(`not done within ${milliseconds} ms`));
    signal.addEventListener('abort', () => (stopTimer = clock.timer(GRACE_MS, refuse)));
  });
  try {
    const remaining = () => Math.max(0, at - clock.now());
    return await Promise.race([work({ milliseconds, signal, remaining }), exceeded]);
  } finally {
    controller.abort();
    stopTimer();
  }
}
