import type { DatabaseAddress } from './jdbc-url';

export const CONNECT_TIMEOUT_MS = 10_000;

/** A database, and how to get into it. */
export interface Login extends DatabaseAddress {
  readonly username: string;
  readonly password: string;
  readonly enforceSsl: boolean;
}
