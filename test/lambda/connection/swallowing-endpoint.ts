import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { Worker } from 'node:worker_threads';

/** Listens, and then never runs again: nobody takes the connections that the kernel has put into the queue. */
const LISTEN = `
  const { parentPort } = require('node:worker_threads');
  const server = require('node:net').createServer();
  server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
    parentPort.postMessage(server.address().port);
    setImmediate(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0));
  });
`;

/** An address that swallows packets, as a security group does: who connects to it hears nothing. */
export class SwallowingEndpoint {
  static async start(): Promise<SwallowingEndpoint> {
    const worker = new Worker(LISTEN, { eval: true });
    const [port] = (await once(worker, 'message')) as [number];
    // The queue takes a few connections. What comes after them is dropped.
    const sockets: Socket[] = [];
    for (let isFull = false; !isFull;) {
      const socket = connect(port, '127.0.0.1').on('error', () => undefined);
      sockets.push(socket);
      isFull = !(await isConnected(socket));
    }
    return new SwallowingEndpoint(worker, sockets, `http://127.0.0.1:${port}`);
  }

  private constructor(
    private readonly worker: Worker,
    private readonly sockets: readonly Socket[],
    readonly url: string,
  ) {}

  async stop(): Promise<void> {
    this.sockets.forEach((socket) => socket.destroy());
    await this.worker.terminate();
  }
}

function isConnected(socket: Socket): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), 300);
    socket.once('connect', () => {
      clearTimeout(timer);
      resolve(true);
    });
  });
}
