import type { Category } from '../contract';

/** How long a category of failures is retried. */
type Persistence =
  'until the deadline' | 'for the first minute' | 'for the first two minutes' | 'up to MaxAttempts' | 'not at all';

/** This table alone decides on retries. The SDK's own retries are off. */
const PERSISTENCE: Readonly<Record<Exclude<Category, 'NONE'>, Persistence>> = {
  THROTTLED: 'until the deadline',
  SERVICE_FAULT: 'until the deadline',
  NETWORK: 'until the deadline',
  RESOURCE_LIMIT: 'until the deadline',
  CONFLICT: 'until the deadline',
  TIMEOUT: 'until the deadline',
  // A new resource or permission may not be known everywhere yet.
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

/** Whether a failure of this category can go away by itself. */
export function isTransient(category: Exclude<Category, 'NONE'>): boolean {
  return PERSISTENCE[category] !== 'not at all';
}

/** How long new policies usually take to become effective everywhere. */
const PROPAGATION_MS = 60_000;

/** How long a network that was made just now may take until Glue finds it ready. */
const COMING_UP_MS = 120_000;

export interface Situation {
  readonly category: Exclude<Category, 'NONE'>;
  /** Attempts so far that did not reach the data store. */
  readonly unreachable: number;
  readonly maxAttempts: number;
  /**
   * Whether the network of the connection may have been made just now, and not be ready yet.
   *
   * @default false
   */
  readonly isComingUp?: boolean;
  /**
   * Whether nothing has to spread first: no connection and no permission is new.
   *
   * @default false
   */
  readonly isSettled?: boolean;
  /** Milliseconds since the first attempt. */
  readonly elapsedMs: number;
}

/** Whether another attempt makes sense, if there is time for it. */
export function isWorthAnotherTry(situation: Situation): boolean {
  const { unreachable, maxAttempts, elapsedMs } = situation;
  switch (persistenceIn(situation)) {
    case 'until the deadline':
      return true;
    case 'for the first minute':
      return elapsedMs < PROPAGATION_MS;
    case 'for the first two minutes':
      return elapsedMs < COMING_UP_MS;
    case 'up to MaxAttempts':
      return unreachable < maxAttempts;
    case 'not at all':
      return false;
  }
}

/** Says which attempt of how many has failed. If time is the limit, says how much of the time is used up instead. */
export function positionOf(attempt: number, situation: Situation, deadlineMs: number): string {
  const { unreachable, maxAttempts, elapsedMs } = situation;
  const inTime = (limitMs: number) =>
    `attempt ${attempt}, ${Math.round(elapsedMs / 1_000)} of ${Math.round(limitMs / 1_000)} s`;
  switch (persistenceIn(situation)) {
    case 'until the deadline':
      return inTime(deadlineMs);
    case 'for the first minute':
      return inTime(Math.min(PROPAGATION_MS, deadlineMs));
    case 'for the first two minutes':
      return inTime(Math.min(COMING_UP_MS, deadlineMs));
    case 'up to MaxAttempts':
      // Attempts that failed in another way don't count towards `MaxAttempts`.
      return `attempt ${attempt} of ${attempt + maxAttempts - unreachable}`;
    case 'not at all':
      return `attempt ${attempt} of ${attempt}`;
  }
}

function persistenceIn({ category, isComingUp, isSettled }: Situation): Persistence {
  if (isComingUp === true) {
    return 'for the first two minutes';
  }
  const persistence = PERSISTENCE[category];
  return isSettled === true && persistence === 'for the first minute' ? 'not at all' : persistence;
}
