import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { MariaDbServer } from '../../src/database/mariadb';
import { PostgresServer } from '../../src/database/postgres';
import { describeIf } from '../conditions';
import { commandLines, isRunning, runScript, until } from '../processes';
import { folderOf, OPTIONS, pidsOf } from './servers';

jest.setTimeout(60_000);

let directory: string;
const leftovers = () => readdirSync(directory).filter((name) => name.startsWith('cdk-glue-connection-test-'));
const isGone = () => leftovers().length === 0 && !commandLines().includes(`${directory}/cdk-glue-connection-test-`);

beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'database-test-'));
  // For the account that the server runs as when this is root.
  chmodSync(directory, 0o755);
});

afterEach(() => rmSync(directory, { recursive: true, maxRetries: 5 }));

const ENGINES = [
  {
    name: 'PostgreSQL',
    isInstalled: true,
    DatabaseServer: PostgresServer,
    module: require.resolve('../../src/database/postgres'),
    existing: 'template1',
    exists: 'database "template1" already exists',
  },
  {
    name: 'MariaDB',
    isInstalled: MariaDbServer.isInstalled(),
    DatabaseServer: MariaDbServer,
    module: require.resolve('../../src/database/mariadb'),
    existing: 'mysql',
    exists: "Can't create database 'mysql'; database exists",
  },
];

for (const { name, isInstalled, DatabaseServer, module, existing, exists } of ENGINES) {
  describeIf(isInstalled)(`the end with ${name}`, () => {
    const begin = (body: string) =>
      runScript(
        directory,
        `import * as database from ${JSON.stringify(module)};
        const { ${DatabaseServer.name}: DatabaseServer } = database;
        const options = ${JSON.stringify(OPTIONS)};`,
        body,
      );
    const started = 'const server = await DatabaseServer.start(options); console.log(server.port);';

    test('of a start that fails leaves nothing, and says why', async () => {
      const { nextLine, ended } = begin(`await DatabaseServer.start({ ...options, database: '${existing}' })
        .catch((error) => console.log(error.message));`);
      expect(await nextLine()).toBe(exists);
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
      await until(() => leftovers().some((folder) => existsSync(path.join(directory, folder, entry))));
      process.kill(pid, 'SIGKILL');
      await until(isGone);
    });

    test('of the server by SIGKILL leaves no process, and no folder once it is stopped', async () => {
      const server = await DatabaseServer.start(OPTIONS);
      const folder = await folderOf(server);
      const pids = await pidsOf(server);
      process.kill(pids[0] ?? 0, 'SIGKILL');
      await until(() => !pids.some(isRunning));
      await expect(server.query('SELECT 1')).rejects.toThrow('ECONNREFUSED');
      await server.stop();
      expect(existsSync(folder)).toBe(false);
    });
  });
}
