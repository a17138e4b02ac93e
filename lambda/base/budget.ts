/** Of the time that there is, this much is kept for what comes after the test. */
const RESERVE_MS = 20_000;

/** How the time of one invocation is spent, in milliseconds from now. */
export interface Budget {
  /** The test, all attempts together. */
  readonly test: number;
  /** After that, asking Glue for details of the connection that failed. */
  readonly details: number;
}

export function budgetFor(timeoutSeconds: number, left: number): Budget {
  // A function with little time spends half of it on the test.
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

/** The least time, in seconds, of which a test gets all that its timeout allows. */
export function leastSecondsFor(timeoutSeconds: number): number {
  return timeoutSeconds + Math.min(RESERVE_MS / 1_000, timeoutSeconds);
}

/** The longest timeout that fits into so many seconds; 0 where none does. */
export function longestTimeoutIn(seconds: number): number {
  return Math.floor(Math.max(seconds - RESERVE_MS / 1_000, Math.min(seconds, 2 * (RESERVE_MS / 1_000)) / 2));
}
