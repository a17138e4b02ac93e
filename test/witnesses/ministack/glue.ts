import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** Answers TestConnection of a connection; throws what is wrong with it. */
export type TestConnection = (connectionName: string) => Promise<void>;

/**
 * Glue as functions find it: MiniStack's, which lacks TestConnection. That one call is answered here, if the caller may
 * make it: MiniStack asks the caller's policies before it looks whether it knows the call.
 */
export class Glue {
  static async start(ministackPort: number, testConnection: TestConnection): Promise<Glue> {
    const glue = new Glue(ministackPort, testConnection);
    glue.server.listen(0, '127.0.0.1');
    await once(glue.server, 'listening');
    return glue;
  }

  /** The connections that were tested, in order. */
  readonly tested: string[] = [];
  private readonly server: Server;

  private constructor(
    private readonly ministackPort: number,
    private readonly testConnection: TestConnection,
  ) {
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
    const body = await buffer(incoming);
    const answer = await this.passOn(incoming, body);
    const isTest = incoming.headers['x-amz-target'] === 'AWSGlue.TestConnection';
    if (!isTest || answer.body.includes('AccessDenied')) {
      outgoing.writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.1' }).end(answer.body);
      return;
    }
    const { ConnectionName } = JSON.parse(body.toString()) as { ConnectionName: string };
    this.tested.push(ConnectionName);
    try {
      await this.testConnection(ConnectionName);
      outgoing.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' }).end('{}');
    } catch (error) {
      const refused = { __type: 'InvalidInputException', Message: (error as Error).message };
      outgoing.writeHead(400, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(refused));
    }
  }

  /** With its headers, which are signed. */
  private async passOn({ method, url, headers }: IncomingMessage, body: Buffer) {
    const outgoing = request({ host: '127.0.0.1', port: this.ministackPort, method, path: url, headers });
    outgoing.end(body);
    const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage];
    return { status: incoming.statusCode ?? 500, body: await buffer(incoming) };
  }
}
