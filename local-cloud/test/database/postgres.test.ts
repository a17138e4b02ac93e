import { existsSync } from 'node:fs';
import { Client, type ClientConfig } from 'pg';
import { PostgresServer } from '../../src/database/postgres';
import { commandLines, isRunning } from '../processes';
import { folderOf, OPTIONS, pidsOf, startOnTakenPort } from './servers';

jest.setTimeout(60_000);

async function connect(server: { host: string; port: number }, config: ClientConfig = {}, sql = 'SELECT 1 AS one') {
  const client = new Client({ host: server.host, port: server.port, ssl: false, ...OPTIONS, ...config });
  try {
    await client.connect();
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

describe('a server', () => {
  let server: PostgresServer;
  let occupied: number;
  let stop: () => Promise<void>;
  beforeAll(async () => {
    ({ server, occupied, stop } = await startOnTakenPort((options) => PostgresServer.start(options)));
  });
  afterAll(() => stop());

  test('takes another port when the one wanted is taken', async () => {
    expect(server.port).not.toBe(occupied);
    expect(await connect(server)).toEqual([{ one: 1 }]);
  });

  test('lets the user in, as an ordinary role that owns the database', async () => {
    const sql = `SELECT rolname, rolsuper, rolcreaterole, datname FROM pg_roles JOIN pg_database ON datdba = pg_roles.oid
      WHERE datname = current_database() AND rolname = current_user`;
    expect(await connect(server, {}, sql)).toEqual([
      { rolname: 'orders', rolsuper: false, rolcreaterole: false, datname: 'Orders' },
    ]);
  });

  test('fails when the password is wrong: 28P01', async () => {
    await expect(connect(server, { password: 'wrong' })).rejects.toMatchObject({ code: '28P01' });
  });

  test('fails when the user is unknown: 28P01', async () => {
    await expect(connect(server, { user: 'nobody' })).rejects.toMatchObject({ code: '28P01' });
  });

  test('fails when the database is missing: 3D000', async () => {
    await expect(connect(server, { database: 'absent' })).rejects.toMatchObject({ code: '3D000' });
  });

  test('fails when the client demands TLS', async () => {
    await expect(connect(server, { ssl: true })).rejects.toThrow('The server does not support SSL connections');
  });

  test('stores passwords for SCRAM, listens on the loopback address only, has no socket file', async () => {
    const [row] = await server.query(
      `SELECT (SELECT rolpassword FROM pg_authid WHERE rolname = $1) AS stored,
        (SELECT string_agg(DISTINCT auth_method, ',') FROM pg_hba_file_rules) AS methods,
        current_setting('listen_addresses') AS addresses, current_setting('unix_socket_directories') AS sockets`,
      ['orders'],
    );
    expect(row).toEqual({
      stored: expect.stringMatching(/^SCRAM-SHA-256\$/) as string,
      methods: 'scram-sha-256',
      addresses: '127.0.0.1',
      sockets: '',
    });
  });

  test('takes a new password', async () => {
    await server.setPassword('orders', 'changed');
    await expect(connect(server)).rejects.toMatchObject({ code: '28P01' });
    expect(await connect(server, { password: 'changed' })).toEqual([{ one: 1 }]);
    await expect(server.setPassword('absent', 'x')).rejects.toMatchObject({ code: '42704' });
  });

  test('shows no password on a command line', () => {
    const lines = commandLines();
    expect(lines).toMatch(/postgres -D/);
    for (const password of ['changed', OPTIONS.password, 'pwfile']) {
      expect(lines).not.toContain(password);
    }
  });

  test('leaves no process and no folder when it is stopped', async () => {
    const folder = await folderOf(server);
    const pids = await pidsOf(server);
    await server.stop();
    await server.stop();
    expect(existsSync(folder)).toBe(false);
    expect(pids.filter(isRunning)).toEqual([]);
    await expect(connect(server)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });
});
