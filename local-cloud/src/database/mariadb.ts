import { createConnection } from 'mysql2/promise';
import { DatabaseServer, type DatabaseOptions } from './database-server';
import { SUPERUSER } from './engines';
import { launch } from './launch';
import { isInstalled } from './mariadb-instance';

/**
 * A real MariaDB on this machine, which must have Debian's `mariadb-server-core` and `mariadb-client-core` or the like:
 * password authentication, no TLS, nothing kept. It speaks the protocol of MySQL.
 */
export class MariaDbServer extends DatabaseServer {
  /** Whether this machine has the programs. */
  static isInstalled(): boolean {
    return isInstalled();
  }

  static async start({ user, password, database, port }: DatabaseOptions): Promise<MariaDbServer> {
    return new MariaDbServer(database, await launch('mariadb', port)).prepare(async (server) => {
      await server.run(undefined, `CREATE USER ?@'%' IDENTIFIED BY ?`, [user, password]);
      await server.run(undefined, 'CREATE DATABASE ??', [database]);
      // Where a database is granted, `_` and `%` stand for others.
      await server.run(undefined, `GRANT ALL ON ??.* TO ?@'%'`, [database.replace(/[_%\\]/g, String.raw`\$&`), user]);
    });
  }

  async setPassword(user: string, password: string): Promise<void> {
    await this.query(`ALTER USER ?@'%' IDENTIFIED BY ?`, [user, password]);
  }

  protected async run(database: string | undefined, sql: string, values: readonly unknown[] = []) {
    const { host, port, superuserPassword: password } = this;
    const connection = await createConnection({ host, port, database, user: SUPERUSER, password });
    try {
      const [result] = await connection.query(sql, [...values]);
      return Array.isArray(result) ? (result as Record<string, unknown>[]) : [];
    } finally {
      await connection.end();
    }
  }
}
