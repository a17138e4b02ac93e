import type { Category } from '../contract';

/** How long a category of failures is tried again. */
type Persistence = 'until the deadline' | 'for the first minute' | 'up to MaxAttempts' | 'not at all';

/** The one place that decides; the SDK's own retries are off. */
const PERSISTENCE: Readonly<Record<Exclude<Category, 'NONE'>, Persistence>> = {
  THROTTLED: 'until the deadline',
  SERVICE_FAULT: 'until the deadline',
  NETWORK: 'until the deadline',
  RESOURCE_LIMIT: 'until the deadline',
  CONFLICT: 'until the deadline',
  TIMEOUT: 'until the deadline',
  // What was made or granted just now may not be known everywhere yet.
  NOT_FOUND: 'for the first minute',
  ACCESS_DENIED: 'for the first minute',
  UNREACHABLE: 'up to MaxAttempts',
  CREDENTIALS: 'not at all',
  CONFIGURATION: 'not at all',
  INVALID_INPUT: 'not at all',
  ENCRYPTION: 'not at all',
  FEDERATION_SOURCE: 'not at all',
  SECRET: 'not at all',
  UNSUPPORTED: 'not at all',
  UNKNOWN: 'not at all',
};

/** Whether such a failure can go away by itself. */
export function isTransient(category: Exclude<Category, 'NONE'>): boolean {
  return PERSISTENCE[category] !== 'not at all';
}

/** How long new policies take to be known everywhere, most of the time. */
const PROPAGATION_MS = 60_000;

export interface Situation {
  readonly category: Exclude<Category, 'NONE'>;
  /** Attempts so far that did not reach the data store. */
  readonly unreachable: number;
  readonly maxAttempts: number;
  /** Milliseconds since the first attempt. */
  readonly elapsedMs: number;
}

/** Whether another attempt makes sense, if there is time for it. */
export function isWorthAnotherTry({ category, unreachable, maxAttempts, elapsedMs }: Situation): boolean {
  switch (PERSISTENCE[category]) {
    case 'until the deadline':
      return true;
    case 'for the first minute':
      return elapsedMs < PROPAGATION_MS;
    case 'up to MaxAttempts':
      return unreachable < maxAttempts;
    case 'not at all':
      return false;
  }
}

/**
 * Which attempt of how many has failed. Where the time is the limit, there is no number of attempts: then the time that
 * is used up, of the time that there is.
 */
export function positionOf(attempt: number, situation: Situation, deadlineMs: number): string {
  const { category, unreachable, maxAttempts, elapsedMs } = situation;
  const inTime = (limitMs: number) =>
    `attempt ${attempt}, ${Math.round(elapsedMs / 1_000)} of ${Math.round(limitMs / 1_000)} s`;
  switch (PERSISTENCE[category]) {
    case 'until the deadline':
      return inTime(deadlineMs);
    case 'for the first minute':
      return inTime(Math.min(PROPAGATION_MS, deadlineMs));
    case 'up to MaxAttempts':
      // Attempts that failed in another way don't count.
      return `attempt ${attempt} of ${attempt + maxAttempts - unreachable}`;
    case 'not at all':
      return `attempt ${attempt} of ${attempt}`;
  }
}
