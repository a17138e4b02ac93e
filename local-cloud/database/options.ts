export const SUPERUSER = 'local_cloud';

/** What a database server holds when it has started. */
export interface DatabaseOptions {
  /** An ordinary user, to whom `database` belongs. */
  readonly user: string;
  readonly password: string;
  readonly database: string;
  /** Tried first. @default - a free port */
  readonly port?: number;
}
