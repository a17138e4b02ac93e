import type { Launched } from './launch';

/** What a database server holds when it has started. */
export interface DatabaseOptions {
  /** An ordinary user, to whom `database` belongs. */
  readonly user: string;
  readonly password: string;
  readonly database: string;
  /** Tried first. @default - a free port */
  readonly port?: number;
}

/** A real database server on this machine, which ends with this process. */
export abstract class DatabaseServer {
  readonly host = '127.0.0.1';
  readonly port: number;
  protected readonly superuserPassword: string;

  constructor(
    private readonly database: string,
    private readonly launched: Launched,
  ) {
    this.port = launched.port;
    this.superuserPassword = launched.superuserPassword;
  }

  abstract setPassword(user: string, password: string): Promise<void>;

  /** Runs SQL in the database as superuser; values stand for the driver's placeholders. */
  query(sql: string, values: readonly unknown[] = []): Promise<Record<string, unknown>[]> {
    return this.run(this.database, sql, values);
  }

  /** Ends the server and removes its data. */
  stop(): Promise<void> {
    return this.launched.stop();
  }

  protected abstract run(
    database: string | undefined,
    sql: string,
    values?: readonly unknown[],
  ): Promise<Record<string, unknown>[]>;

  /** Puts into the server what it holds from the start; stops it if that fails. */
  protected async prepare(put: (server: this) => Promise<unknown>): Promise<this> {
    try {
      await put(this);
    } catch (error) {
      await this.stop();
      throw error;
    }
    return this;
  }
}
