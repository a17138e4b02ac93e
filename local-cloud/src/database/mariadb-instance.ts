import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Workspace } from '../workspace';
import type { Engine } from './engine';
import { Programs } from './programs';

const SERVER = 'mariadbd';
const INSTALLER = 'mariadb-install-db';
/** What the installer calls; Debian has it in a package of its own, `mariadb-client-core`. */
const HELPER = 'my_print_defaults';

const SETTINGS = {
  'bind-address': '127.0.0.1',
  // No socket file, and clients are known by their addresses, as behind a network.
  socket: '',
  'skip-name-resolve': 'ON',
  'skip-ssl': 'ON',
  // The data is thrown away at the end, so nothing is done to keep it. Small, for quick starts beside other work.
  'innodb-flush-log-at-trx-commit': '0',
  'innodb-buffer-pool-size': '16M',
  'innodb-log-file-size': '4M',
};

/** The path of a program of MariaDB: servers lie outside of the ordinary users' PATH. */
function find(program: string): string | undefined {
  return [...(process.env.PATH ?? '').split(path.delimiter), '/usr/sbin', '/usr/bin']
    .map((folder) => path.join(folder, program))
    .find((file) => existsSync(file));
}

export function isInstalled(): boolean {
  return [SERVER, INSTALLER, HELPER].every((program) => find(program) !== undefined);
}

/** One MariaDB, of the packages that the machine has, in a folder of its own. */
export class MariaDbInstance implements Engine {
  private readonly programs: Programs;
  private initFile = '';

  constructor(workspace: Workspace) {
    this.programs = new Programs(workspace);
  }

  /** @see https://mariadb.com/docs/server/clients-and-utilities/deployment-tools/mariadb-install-db */
  async initialize(superuser: string, password: string): Promise<void> {
    await this.programs.complete(find(INSTALLER) ?? INSTALLER, [
      '--no-defaults',
      `--datadir=${this.programs.makeFolder('data')}`,
      // Neither an anonymous user nor a root that needs no password.
      '--skip-test-db',
      '--auth-root-authentication-method=socket',
      '--skip-name-resolve',
    ]);
    this.initFile = this.programs.writeSecret(
      'init.sql',
      `CREATE OR REPLACE USER ${superuser}@'127.0.0.1' IDENTIFIED BY '${password}';\n` +
        `GRANT ALL ON *.* TO ${superuser}@'127.0.0.1' WITH GRANT OPTION;\n`,
    );
  }

  async serve(port: number): Promise<void> {
    await this.programs.serve(
      find(SERVER) ?? SERVER,
      [
        '--no-defaults',
        `--datadir=${path.join(this.programs.folder, 'data')}`,
        `--init-file=${this.initFile}`,
        `--port=${port}`,
        ...Object.entries(SETTINGS).map(([name, value]) => `--${name}=${value}`),
      ],
      'ready for connections',
    );
    rmSync(this.initFile);
  }
}
