/**
 * A process that runs a database server in the folder named on its command line for as long as the process that forked
 * it is there and connected. Then, however that process ended, no server and no folder is left.
 */
import { randomBytes } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { ENGINES, SUPERUSER, type Engine, type EngineName } from './engines';

/** The one message to the forking process. */
export type Startup = { readonly port: number; readonly superuserPassword: string } | { readonly error: string };

const PORT_ATTEMPTS = 5;

const [engineName = '', folder = '', preferredPort] = process.argv.slice(2);
const release = new AbortController();

async function main(): Promise<void> {
  process.on('disconnect', () => release.abort());
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => release.abort());
  }
  // The forking process may have ended before there was a listener.
  if (!process.connected) {
    release.abort();
  }
  try {
    release.signal.throwIfAborted();
    mkdirSync(folder, { mode: 0o700 });
    const { create, killSignal } = ENGINES[engineName as EngineName];
    const engine: Engine = new create(folder, release.signal, killSignal);
    const superuserPassword = randomBytes(24).toString('base64url');
    await engine.initialize(SUPERUSER, superuserPassword);
    const { port, ended } = await serve(engine);
    report({ port, superuserPassword });
    await ended;
  } catch (error) {
    report({ error: error instanceof Error ? error.message : String(error) });
  }
  // Retried, because programs that have just been stopped may still write.
  rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
  if (process.connected) {
    process.disconnect();
  }
}

/** A port that was free when asked for can be taken by the time the server binds it. */
async function serve(engine: Engine): Promise<{ port: number; ended: Promise<unknown> }> {
  for (let attempt = 1; ; attempt++) {
    const port = attempt === 1 && preferredPort ? Number(preferredPort) : await freePort();
    try {
      return { port, ...(await engine.serve(port)) };
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

function report(startup: Startup): void {
  if (process.connected) {
    process.send?.(startup);
  }
}

void main();
