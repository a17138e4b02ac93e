import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { text } from 'node:stream/consumers';

/** How one call is answered: with the socket at hand, so that an answer can also be broken. */
export type Reply = (response: ServerResponse, socket: Socket) => void;

export const pass: Reply = (response) => {
  response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' }).end('{}');
};

/** An exception as the service sends it. */
export function exception(code: string, message: string, statusCode = 400, extra: object = {}): Reply {
  return (response) => {
    response.writeHead(statusCode, { 'content-type': 'application/x-amz-json-1.1' });
    response.end(JSON.stringify({ __type: code, Message: message, ...extra }));
  };
}

export interface Call {
  readonly target: string;
  readonly input: Record<string, unknown>;
}

/** Glue's address: each connection has a script of replies, the last of which is repeated. */
export class GlueStub {
  static async start(): Promise<GlueStub> {
    const stub = new GlueStub();
    await new Promise<void>((resolve) => stub.server.listen(0, '127.0.0.1', resolve));
    return stub;
  }

  private readonly scripts = new Map<string, Reply[]>();
  private readonly recorded: Call[] = [];
  private readonly server: Server;

  private constructor() {
    this.server = createServer((request, response) => {
      void text(request).then((body) => {
        const input = JSON.parse(body) as Record<string, unknown>;
        const target = String(request.headers['x-amz-target']);
        this.recorded.push({ target, input });
        this.reply(target, String(input.ConnectionName ?? input.Name))(response, request.socket);
      });
    });
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** What TestConnection answers for a connection, call by call. */
  script(connectionName: string, ...replies: Reply[]): void {
    this.scripts.set(connectionName, replies);
  }

  /** The calls of TestConnection for one connection. */
  calls(connectionName: string): Call[] {
    return this.recorded.filter(
      ({ target, input }) => target === 'AWSGlue.TestConnection' && input.ConnectionName === connectionName,
    );
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private reply(target: string, name: string): Reply {
    if (target !== 'AWSGlue.TestConnection') {
      return exception('AccessDeniedException', 'not granted');
    }
    const replies = this.scripts.get(name) ?? [];
    const [next = pass] = replies;
    if (replies.length > 1) {
      replies.shift();
    }
    return next;
  }
}
