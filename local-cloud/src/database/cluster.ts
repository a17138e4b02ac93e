import { rmSync } from 'node:fs';
import path from 'node:path';
import { runnableBinaries } from './binaries';
import type { Workspace } from '../workspace';
import type { Engine } from './engine';
import { Programs } from './programs';

const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  // In the data folder: in /dev/shm it would stay behind when the server is killed.
  dynamic_shared_memory_type: 'mmap',
  ssl: 'off',
  // The data is thrown away at the end, so nothing is done to keep it.
  fsync: 'off',
  full_page_writes: 'off',
  synchronous_commit: 'off',
  autovacuum: 'off',
  // Small, for quick starts beside other work.
  shared_buffers: '16MB',
  io_method: 'sync',
};

/** One PostgreSQL in a folder of its own. */
export class Cluster implements Engine {
  private readonly programs: Programs;
  private readonly binaries: string;

  constructor(workspace: Workspace) {
    this.programs = new Programs(workspace);
    this.binaries = runnableBinaries(workspace.folder, this.programs.account);
  }

  /** @see https://www.postgresql.org/docs/current/app-initdb.html */
  async initialize(superuser: string, password: string): Promise<void> {
    const passwordFile = this.programs.writeSecret('password', password);
    await this.programs.complete(path.join(this.binaries, 'initdb'), [
      `--pgdata=${this.programs.makeFolder('data')}`,
      `--username=${superuser}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--no-locale',
      '--no-sync',
      '--no-instructions',
    ]);
    rmSync(passwordFile);
  }

  serve(port: number): Promise<void> {
    const settings = Object.entries(SETTINGS).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    return this.programs.serve(
      path.join(this.binaries, 'postgres'),
      ['-D', path.join(this.programs.folder, 'data'), '-p', String(port), ...settings],
      'ready to accept connections',
    );
  }
}
