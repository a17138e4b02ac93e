import { readFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import path from 'node:path';
import type { MariaDbServer } from '../../src/database/mariadb';
import { PostgresServer } from '../../src/database/postgres';
import { parentOf } from '../processes';

type DatabaseServer = PostgresServer | MariaDbServer;

export const OPTIONS = { user: 'orders', password: "p'w \\ ü", database: 'Orders' };

/** A database server that was told to listen where something else does already. */
export async function startOnTakenPort<T extends DatabaseServer>(
  start: (options: typeof OPTIONS & { readonly port: number }) => Promise<T>,
) {
  const [occupant, occupied] = await occupyPort();
  const server = await start({ ...OPTIONS, port: occupied });
  const stop = async () => {
    await server.stop();
    occupant.close();
  };
  return { server, occupied, stop };
}

/** A server that occupies a port, and the port. */
async function occupyPort(): Promise<[Server, number]> {
  const occupant = createServer();
  await new Promise<void>((resolve) => occupant.listen(0, '127.0.0.1', resolve));
  return [occupant, (occupant.address() as AddressInfo).port];
}

async function one(server: DatabaseServer, sql: string): Promise<string> {
  const [row = {}] = await server.query(sql);
  return String(Object.values(row)[0]);
}

/** The folder that goes with a server. */
export async function folderOf(server: DatabaseServer): Promise<string> {
  const data = await one(server, server instanceof PostgresServer ? 'SHOW data_directory' : 'SELECT @@datadir');
  return path.dirname(data);
}

/** The server's processes, the one that started the others first. */
export async function pidsOf(server: DatabaseServer): Promise<number[]> {
  if (!(server instanceof PostgresServer)) {
    const pidFile = await one(server, 'SELECT @@pid_file');
    return [Number(readFileSync(path.resolve(await folderOf(server), 'data', pidFile), 'utf8'))];
  }
  const rows = await server.query("SELECT pid FROM pg_stat_activity WHERE backend_type <> 'client backend'");
  const pids = rows.map(({ pid }) => Number(pid));
  return [parentOf(pids[0] ?? 0), ...pids];
}
