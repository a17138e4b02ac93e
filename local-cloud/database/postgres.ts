import { Client, escapeIdentifier, escapeLiteral } from 'pg';
import { SUPERUSER, type DatabaseOptions } from './options';
import { Supervisor } from './supervisor';

/** A real PostgreSQL on this machine: password authentication (SCRAM), no TLS, nothing kept. */
export class PostgresServer {
  static async start({ user, password, database, port }: DatabaseOptions): Promise<PostgresServer> {
    const supervisor = await Supervisor.start('postgres', port);
    return supervisor.prepared(new PostgresServer(database, supervisor), async (server) => {
      const [role, name] = [escapeIdentifier(user), escapeIdentifier(database)];
      await server.run('postgres', `CREATE ROLE ${role} LOGIN PASSWORD ${escapeLiteral(password)}`);
      await server.run('postgres', `CREATE DATABASE ${name} OWNER ${role}`);
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
    await this.query(`ALTER ROLE ${escapeIdentifier(user)} PASSWORD ${escapeLiteral(password)}`);
  }

  /** Runs SQL in the database as superuser. */
  query(sql: string, values: readonly unknown[] = []): Promise<Record<string, unknown>[]> {
    return this.run(this.database, sql, values);
  }

  /** Ends the server and removes its data. */
  stop(): Promise<void> {
    return this.supervisor.stop();
  }

  private async run(database: string, sql: string, values: readonly unknown[] = []) {
    const { host, port } = this;
    const password = this.supervisor.superuserPassword;
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
