/** How much of the remaining time is reserved for what comes after the test. */
const RESERVE_MS = 20_000;

/** How to spend the time of one invocation, in milliseconds. */
export interface Budget {
  /** For the test, all attempts together. */
  readonly test: number;
  /** For reading the connection's details after a failed test. */
  readonly details: number;
}

export function budgetFor(timeoutSeconds: number, left: number): Budget {
  // If little time is left, the test gets half of it.
  const reserve = Math.min(RESERVE_MS, left / 2);
  const test = Math.max(1, Math.min(timeoutSeconds * 1_000, left - reserve));
  return { test, details: reserve / 4 };
}

/** However much time there is, EC2 gets no more than this to describe a network. */
const MAX_DIAGNOSIS_MS = 8_000;

/** How long the network of a connection may be looked at, of the milliseconds that are left after its test. */
export function diagnosisTime(left: number): number {
  return Math.max(1, Math.min(MAX_DIAGNOSIS_MS, left / 4));
}

/** The shortest time, in seconds, in which a test gets its full timeout. */
export function leastSecondsFor(timeoutSeconds: number): number {
  return timeoutSeconds + Math.min(RESERVE_MS / 1_000, timeoutSeconds);
}

/** The longest timeout that fits into this many seconds, or 0 if none does. */
export function longestTimeoutIn(seconds: number): number {
  return Math.floor(Math.max(seconds - RESERVE_MS / 1_000, Math.min(seconds, 2 * (RESERVE_MS / 1_000)) / 2));
}
