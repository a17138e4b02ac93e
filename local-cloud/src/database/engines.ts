import type { Workspace } from '../workspace';
import { Cluster } from './cluster';
import type { Engine } from './engine';
import { MariaDbInstance } from './mariadb-instance';

export const SUPERUSER = 'local_cloud';

interface EngineType {
  /** Stops the server at once, without waiting for its clients: nothing of it is kept. */
  readonly endSignal: NodeJS.Signals;
  readonly create: new (workspace: Workspace) => Engine;
}

export const ENGINES = {
  /** @see https://www.postgresql.org/docs/current/server-shutdown.html SIGQUIT is the immediate shutdown */
  postgres: { endSignal: 'SIGQUIT', create: Cluster },
  mariadb: { endSignal: 'SIGKILL', create: MariaDbInstance },
} as const satisfies Record<string, EngineType>;

export type EngineName = keyof typeof ENGINES;
