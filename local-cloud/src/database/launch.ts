import { randomBytes } from 'node:crypto';
import { createServer, type AddressInfo } from 'node:net';
import { Workspace } from '../workspace';
import type { Engine } from './engine';
import { ENGINES, SUPERUSER, type EngineName } from './engines';

/** A database server that accepts connections. */
export interface Launched {
  readonly port: number;
  readonly superuserPassword: string;
  /** Ends the server and removes its data. */
  readonly stop: () => Promise<void>;
}

const PORT_ATTEMPTS = 5;

/** Tries the port first, if there is one, then free ones. */
export async function launch(engineName: EngineName, preferredPort: number | undefined): Promise<Launched> {
  const { create, endSignal } = ENGINES[engineName];
  const workspace = new Workspace(engineName, endSignal);
  try {
    const engine: Engine = new create(workspace);
    const superuserPassword = randomBytes(24).toString('base64url');
    await engine.initialize(SUPERUSER, superuserPassword);
    const port = await serve(engine, preferredPort);
    return { port, superuserPassword, stop: () => workspace.close() };
  } catch (error) {
    await workspace.close();
    throw error;
  }
}

/** A port that was free when asked for can be taken by the time the server binds it. */
async function serve(engine: Engine, preferredPort: number | undefined): Promise<number> {
  for (let attempt = 1; ; attempt++) {
    const port = attempt === 1 && preferredPort ? preferredPort : await freePort();
    try {
      await engine.serve(port);
      return port;
    } catch (error) {
      if (attempt === PORT_ATTEMPTS || !String(error).includes('Address already in use')) {
        throw error;
      }
    }
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
