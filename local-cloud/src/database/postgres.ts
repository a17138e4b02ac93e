import { Client, escapeIdentifier, escapeLiteral } from 'pg';
import { DatabaseServer, type DatabaseOptions } from './database-server';
import { SUPERUSER } from './engines';
import { launch } from './launch';

/** A real PostgreSQL on this machine: password authentication (SCRAM), no TLS, nothing kept. */
export class PostgresServer extends DatabaseServer {
  static async start({ user, password, database, port }: DatabaseOptions): Promise<PostgresServer> {
    return new PostgresServer(database, await launch('postgres', port)).prepare(async (server) => {
      const [role, name] = [escapeIdentifier(user), escapeIdentifier(database)];
      await server.run('postgres', `CREATE ROLE ${role} LOGIN PASSWORD ${escapeLiteral(password)}`);
      await server.run('postgres', `CREATE DATABASE ${name} OWNER ${role}`);
    });
  }

  async setPassword(user: string, password: string): Promise<void> {
    await this.query(`ALTER ROLE ${escapeIdentifier(user)} PASSWORD ${escapeLiteral(password)}`);
  }

  protected async run(database: string | undefined, sql: string, values: readonly unknown[] = []) {
    const { host, port, superuserPassword: password } = this;
    const client = new Client({ host, port, database, user: SUPERUSER, password, ssl: false });
    // Else a lost connection would be an uncaught exception; the pending call rejects with it as well.
    client.on('error', () => undefined);
    await client.connect();
    try {
      const { rows } = await client.query<Record<string, unknown>>(sql, [...values]);
      return rows;
    } finally {
      await client.end();
    }
  }
}
