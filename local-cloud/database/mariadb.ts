import { createConnection } from 'mysql2/promise';
import { isInstalled } from './mariadb-instance';
import { SUPERUSER, type DatabaseOptions } from './options';
import { Supervisor } from './supervisor';

/**
 * A real MariaDB on this machine, which must have Debian's `mariadb-server-core` and `mariadb-client-core` or the like:
 * password authentication, no TLS, nothing kept. It speaks the protocol of MySQL.
 */
export class MariaDbServer {
  /** Whether this machine has the programs. */
  static isInstalled(): boolean {
    return isInstalled();
  }

  static async start({ user, password, database, port }: DatabaseOptions): Promise<MariaDbServer> {
    const supervisor = await Supervisor.start('mariadb', port);
    return supervisor.prepared(new MariaDbServer(database, supervisor), async (server) => {
      await server.run(undefined, `CREATE USER ?@'%' IDENTIFIED BY ?`, [user, password]);
      await server.run(undefined, 'CREATE DATABASE ??', [database]);
      // Where a database is granted, `_` and `%` stand for others.
      await server.run(undefined, `GRANT ALL ON ??.* TO ?@'%'`, [database.replace(/[_%\\]/g, String.raw`\$&`), user]);
    });
  }

  readonly host = '127.0.0.1';
  readonly port: number;

  private constructor(
    private readonly database: string,
    private readonly supervisor: Supervisor,
  ) {
    this.port = supervisor.port;
  }

  async setPassword(user: string, password: string): Promise<void> {
    await this.query(`ALTER USER ?@'%' IDENTIFIED BY ?`, [user, password]);
  }

  /** Runs SQL in the database as superuser; `?` stands for a value, `??` for a name. */
  query(sql: string, values: readonly unknown[] = []): Promise<Record<string, unknown>[]> {
    return this.run(this.database, sql, values);
  }

  /** Ends the server and removes its data. */
  stop(): Promise<void> {
    return this.supervisor.stop();
  }

  private async run(database: string | undefined, sql: string, values: readonly unknown[] = []) {
    const { host, port } = this;
    const password = this.supervisor.superuserPassword;
    const connection = await createConnection({ host, port, database, user: SUPERUSER, password });
    try {
      const [result] = await connection.query(sql, [...values]);
      return Array.isArray(result) ? (result as Record<string, unknown>[]) : [];
    } finally {
      await connection.end();
    }
  }
}
