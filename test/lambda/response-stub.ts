import { selfSignedCertificate } from '@cdk-glue-connection-test/local-cloud';
import { createServer, type Server } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

export interface Put {
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
  readonly statusCode: Fate;
  readonly at: number;
}

/** A PUT's fate: a status, a connection that is reset, or no answer. */
export type Fate = number | 'reset' | 'silence';

/** CloudFormation's response URLs: each path has its fates, call by call; after them, all is accepted. */
export class ResponseStub {
  static async start(): Promise<ResponseStub> {
    const certificate = await selfSignedCertificate();
    const stub = new ResponseStub(createServer(certificate), certificate.cert);
    await new Promise<void>((resolve) => stub.server.listen(0, '127.0.0.1', resolve));
    return stub;
  }

  private readonly fates = new Map<string, Fate[]>();
  private readonly received = new Map<string, Put[]>();

  private constructor(
    private readonly server: Server,
    readonly caCertificate: string,
  ) {
    server.on('request', (request: IncomingMessage, response: ServerResponse) => void this.receive(request, response));
  }

  /** A presigned URL as CloudFormation hands it out. */
  url(id: string, ...fates: Fate[]): string {
    this.fates.set(`/${id}`, fates);
    const { port } = this.server.address() as AddressInfo;
    return `https://127.0.0.1:${port}/${id}?X-Amz-Signature=SIGNATURE-OF-${id}`;
  }

  puts(id: string): Put[] {
    return this.received.get(`/${id}`) ?? [];
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [path = ''] = (request.url ?? '').split('?');
    const body = await buffer(request);
    const statusCode = this.fates.get(path)?.shift() ?? 200;
    const puts = this.received.get(path) ?? [];
    this.received.set(path, [...puts, { headers: request.headers, body, statusCode, at: Date.now() }]);
    if (statusCode === 'reset') {
      request.socket.destroy();
    } else if (statusCode !== 'silence') {
      response.writeHead(statusCode, statusCode === 307 ? { location: `https://127.0.0.1/elsewhere` } : {}).end();
    }
  }
}
