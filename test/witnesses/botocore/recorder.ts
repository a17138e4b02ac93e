import { once } from 'node:events';
import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer, text } from 'node:stream/consumers';

/** A call and its answer, as they went over the wire. */
export interface Exchange {
  readonly request: {
    readonly method: string;
    readonly path: string;
    /** Names the operation in the protocol `json`. */
    readonly target?: string;
    readonly body: string;
  };
  readonly response: {
    readonly status: number;
    /** Names the exception in the protocol `rest-json`. */
    readonly errorType?: string;
    readonly body: string;
  };
}

/** Stands between the function and the stub of AWS, and writes down what passes. */
export class Recorder {
  static async start(): Promise<Recorder> {
    const recorder = new Recorder();
    recorder.server.listen(0, '127.0.0.1');
    await once(recorder.server, 'listening');
    return recorder;
  }

  readonly exchanges: Exchange[] = [];
  /** Where the stub is. */
  forwardTo = '';
  private readonly server: Server;

  private constructor() {
    this.server = createServer((incoming, outgoing) => void this.serve(incoming, outgoing));
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const { method = '', url = '', headers } = incoming;
    const body = await text(incoming);
    const forwarded = request(`${this.forwardTo}${url}`, { method, headers });
    forwarded.end(body);
    const [answer] = (await once(forwarded, 'response')) as [IncomingMessage];
    const answered = await buffer(answer);
    const target = headers['x-amz-target'];
    const errorType = answer.headers['x-amzn-errortype'];
    this.exchanges.push({
      request: { method, path: url, target: target === undefined ? undefined : String(target), body },
      response: {
        status: answer.statusCode ?? 0,
        errorType: errorType === undefined ? undefined : String(errorType),
        body: answered.toString(),
      },
    });
    outgoing.writeHead(answer.statusCode ?? 0, answer.headers).end(answered);
  }
}
