import type { Clock } from './clock';

/** When work must end, and a signal that says so. */
export interface Deadline {
  /** Milliseconds from the start of the work. */
  readonly milliseconds: number;
  readonly signal: AbortSignal;
  /** Milliseconds that are left, at least 0. */
  remaining(): number;
}

/** The work ignored the signal. */
export class DeadlineExceededError extends Error {
  override readonly name = 'DeadlineExceededError';
}

/** What follows the signal gets this long to say how far it came. */
const GRACE_MS = 100;

/**
 * Runs work that must end in time. The signal is raised at the deadline, and when the work has ended, so that nothing of
 * it goes on in a warm function.
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
