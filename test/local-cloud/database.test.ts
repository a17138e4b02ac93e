import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client, type ClientConfig } from 'pg';
import { PostgresServer } from '../../local-cloud/database/postgres';
import { commandLines, isRunning, parentOf, runScript, until } from './processes';

jest.setTimeout(60_000);

const OPTIONS = { user: 'orders', password: "p'w \\ ü", database: 'Orders' };

async function connect(server: { host: string; port: number }, config: ClientConfig = {}, sql = 'SELECT 1 AS one') {
  const client = new Client({ host: server.host, port: server.port, ssl: false, ...OPTIONS, ...config });
  try {
    await client.connect();
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** The folder that goes with a server. */
async function folderOf(server: PostgresServer): Promise<string> {
  const [row] = await server.query('SHOW data_directory');
  return path.dirname(String(row?.data_directory));
}

/** The server's processes, the one that started the others first. */
async function pidsOf(server: PostgresServer): Promise<number[]> {
  const rows = await server.query("SELECT pid FROM pg_stat_activity WHERE backend_type <> 'client backend'");
  const pids = rows.map(({ pid }) => Number(pid));
  return [parentOf(pids[0] ?? 0), ...pids];
}

describe('a server', () => {
  let server: PostgresServer;
  let occupant: Server;
  let occupied: number;

  beforeAll(async () => {
    occupant = createServer();
    await new Promise<void>((resolve) => occupant.listen(0, '127.0.0.1', resolve));
    occupied = (occupant.address() as AddressInfo).port;
    server = await PostgresServer.start({ ...OPTIONS, port: occupied });
  });

  afterAll(async () => {
    await server.stop();
    occupant.close();
  });

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

describe('the end', () => {
  let directory: string;
  const leftovers = () => readdirSync(directory).filter((name) => name.startsWith('cdk-glue-connection-test-'));
  const isGone = () => leftovers().length === 0 && !commandLines().includes(`${directory}/cdk-glue-connection-test-`);

  beforeEach(() => {
    directory = mkdtempSync(path.join(tmpdir(), 'database-test-'));
    // For the account that PostgreSQL runs as when this is root.
    chmodSync(directory, 0o755);
  });

  afterEach(() => rmSync(directory, { recursive: true, maxRetries: 5 }));

  const begin = (body: string) =>
    runScript(
      directory,
      `import { PostgresServer } from ${JSON.stringify(require.resolve('../../local-cloud/database/postgres'))};
      const options = ${JSON.stringify(OPTIONS)};`,
      body,
    );
  const started = 'const server = await PostgresServer.start(options); console.log(server.port);';

  test('of a start that fails leaves nothing, and says why', async () => {
    const { nextLine, ended } = begin(`await PostgresServer.start({ ...options, database: 'template1' })
      .catch((error) => console.log(error.message));`);
    expect(await nextLine()).toBe('database "template1" already exists');
    expect(await ended).toEqual([0, null]);
    expect(isGone()).toBe(true);
  });

  test('of the process takes the server along, which does not keep the process alive', async () => {
    const { nextLine, ended } = begin(started);
    await nextLine();
    expect(await ended).toEqual([0, null]);
    await until(isGone);
  });

  test('of the process by SIGKILL takes the server along; Ctrl-C, which the process may handle, does not', async () => {
    const { pid, nextLine } = begin(`setInterval(() => {}, 60_000);
    process.on('SIGINT', async () => {
      console.log((await server.query('SELECT 1 AS one'))[0].one);
    });
    ${started}`);
    await nextLine();
    process.kill(-pid, 'SIGINT');
    expect(await nextLine()).toBe('1');
    process.kill(pid, 'SIGKILL');
    await until(isGone);
  });

  test.each(['.', 'data'])('of the process by SIGKILL while the server starts takes it along (%s)', async (entry) => {
    const { pid } = begin(started);
    await until(() => leftovers().some((name) => existsSync(path.join(directory, name, entry))));
    process.kill(pid, 'SIGKILL');
    await until(isGone);
  });

  test('of the process beside the server by SIGKILL ends the server and removes its folder', async () => {
    const server = await PostgresServer.start(OPTIONS);
    const folder = await folderOf(server);
    const pids = await pidsOf(server);
    process.kill(parentOf(pids[0] ?? 0), 'SIGKILL');
    await until(() => !existsSync(folder) && !pids.some(isRunning));
    await server.stop();
  });
});
