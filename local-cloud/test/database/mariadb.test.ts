import { existsSync } from 'node:fs';
import { createConnection, type ConnectionOptions } from 'mysql2/promise';
import { MariaDbServer } from '../../src/database/mariadb';
import { commandLines, isRunning } from '../processes';
import { describeIf } from '../conditions';
import { folderOf, OPTIONS, pidsOf, startOnTakenPort } from './servers';

jest.setTimeout(60_000);

async function connect(server: MariaDbServer, config: ConnectionOptions = {}, sql = 'SELECT 1 AS one') {
  const connection = await createConnection({ host: server.host, port: server.port, ...OPTIONS, ...config });
  try {
    return (await connection.query(sql))[0];
  } finally {
    await connection.end();
  }
}

describeIf(MariaDbServer.isInstalled())('a server', () => {
  let server: MariaDbServer;
  let occupied: number;
  let stop: () => Promise<void>;
  beforeAll(async () => {
    ({ server, occupied, stop } = await startOnTakenPort((options) => MariaDbServer.start(options)));
  });
  afterAll(() => stop());

  test('takes another port when the one wanted is taken', async () => {
    expect(server.port).not.toBe(occupied);
    expect(await connect(server)).toEqual([{ one: 1 }]);
  });

  test('lets the user in, as an ordinary user who has this database and no other', async () => {
    const grants = (await connect(server, {}, 'SHOW GRANTS')) as Record<string, string>[];
    expect(grants.map((grant) => Object.values(grant)[0])).toEqual([
      expect.stringMatching(/^GRANT USAGE ON \*\.\* TO `orders`@`%`/),
      'GRANT ALL PRIVILEGES ON `Orders`.* TO `orders`@`%`',
    ]);
  });

  test('fails when the password is wrong: 1045', async () => {
    await expect(connect(server, { password: 'wrong' })).rejects.toMatchObject({ errno: 1045 });
  });

  test('fails when the user is unknown, or is root, or is none: 1045', async () => {
    for (const user of ['nobody', 'root', '']) {
      await expect(connect(server, { user, password: '' })).rejects.toMatchObject({ errno: 1045 });
    }
  });

  test('fails when the database is missing: 1044, and 1049 for a user who may see that it is', async () => {
    await expect(connect(server, { database: 'absent' })).rejects.toMatchObject({ errno: 1044 });
    await server.query(`GRANT ALL ON absent.* TO ?@'%'`, [OPTIONS.user]);
    await expect(connect(server, { database: 'absent' })).rejects.toMatchObject({ errno: 1049 });
    await server.query(`REVOKE ALL ON absent.* FROM ?@'%'`, [OPTIONS.user]);
  });

  test('fails when the client demands TLS', async () => {
    await expect(connect(server, { ssl: {} })).rejects.toThrow('does not support secure connection');
  });

  test('listens on the loopback address only, has no socket file', async () => {
    expect(await server.query('SELECT @@bind_address AS address, @@socket AS socket')).toEqual([
      { address: '127.0.0.1', socket: '' },
    ]);
  });

  test('takes a new password', async () => {
    await server.setPassword('orders', 'changed');
    await expect(connect(server)).rejects.toMatchObject({ errno: 1045 });
    expect(await connect(server, { password: 'changed' })).toEqual([{ one: 1 }]);
    await expect(server.setPassword('absent', 'x')).rejects.toMatchObject({ errno: 1396 });
  });

  test('shows no password on a command line, and keeps no file with one', async () => {
    const lines = commandLines();
    expect(lines).toMatch(/mariadbd --no-defaults/);
    for (const password of ['changed', OPTIONS.password]) {
      expect(lines).not.toContain(password);
    }
    expect(existsSync(`${await folderOf(server)}/init.sql`)).toBe(false);
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
