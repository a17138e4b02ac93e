import type { Clock } from './clock';

/** When a test has to end, and a signal that says so. */
export interface Deadline {
  /** Milliseconds from the start of the test. */
  readonly milliseconds: number;
  readonly signal: AbortSignal;
  /** Milliseconds that are left, at least 0. */
  remaining(): number;
}

/**
 * Runs something that has to end in time. The signal is raised at the deadline, and when the work has ended, so that
 * nothing of it goes on in a warm function; no timer is left behind.
 */
export async function withDeadline<T>(
  milliseconds: number,
  clock: Clock,
  work: (deadline: Deadline) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const at = clock.now() + milliseconds;
  const timer = setTimeout(() => controller.abort(), milliseconds);
  try {
    return await work({ milliseconds, signal: controller.signal, remaining: () => Math.max(0, at - clock.now()) });
  } finally {
    clearTimeout(timer);
    controller.abort();
  }
}

/** The work's result, or, if it is not there in time, what the fallback makes of the state by then. */
export async function orElseAfter<T>(milliseconds: number, work: Promise<T>, fallback: () => T): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<T>((resolve) => {
    timer = setTimeout(() => resolve(fallback()), milliseconds);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
