import { createHash } from 'node:crypto';

/**
 * Says how long a connection whose credentials the data store refused is left alone, because repeated wrong passwords
 * lock accounts.
 *
 * There is no table for it: a schedule keeps it in its name. The schedule is disabled, so that it invokes nothing, and
 * is in the monitor's group, so that it goes with the stack.
 */
export interface BackOff {
  /** Of the schedule. */
  readonly name: string;
  /** Tells connections apart. */
  readonly connection: string;
  /** How many times in a row the store has refused the credentials. */
  readonly refusals: number;
  /** Runs that begin before leave the connection out. In milliseconds since 1970. */
  readonly until: number;
  /** Of the connection and its secrets when they were refused; undefined if that could not be read. */
  readonly fingerprint: string | undefined;
}

const PREFIX = 'backoff-';

/** No connection is left alone for more than so many intervals. */
const MOST_INTERVALS = 24;

const MOST_REFUSALS = 999;
const UNREADABLE = 'unread';

/**
 * Backs off for 1, 2, 4, 8, 16, 24, 24 … intervals.
 *
 * @param beganAt when the run began whose test failed
 */
export function backOff(
  key: string,
  refusals: number,
  beganAt: number,
  intervalMs: number,
  fingerprint: string | undefined,
): BackOff {
  const count = Math.min(refusals, MOST_REFUSALS);
  const intervals = Math.min(2 ** (count - 1), MOST_INTERVALS);
  // Runs don't begin on the second: half an interval earlier is before that run, and after the one before it.
  const until = Math.floor((beganAt + (intervals - 0.5) * intervalMs) / 1_000);
  const connection = hash(key);
  const name = [`${PREFIX}${count}`, until.toString(36), connection, fingerprint ?? UNREADABLE].join('-');
  return { name, connection, refusals: count, until: until * 1_000, fingerprint };
}

/** Reads the name of a schedule; undefined if it is another one's. */
export function readBackOff(name: string): BackOff | undefined {
  const [, refusals, until, connection, fingerprint] =
    /^backoff-(\d{1,3})-([a-z0-9]{1,8})-([0-9a-f]{16})-([0-9a-f]{16}|unread)$/.exec(name) ?? [];
  if (refusals === undefined || until === undefined || connection === undefined) {
    return undefined;
  }
  return {
    name,
    connection,
    refusals: Number(refusals),
    until: parseInt(until, 36) * 1_000,
    fingerprint: fingerprint === UNREADABLE ? undefined : fingerprint,
  };
}

/** A short name for a text, in characters that the name of a schedule may have. */
export function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
