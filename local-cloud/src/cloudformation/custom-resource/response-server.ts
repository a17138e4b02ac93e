import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { selfSignedCertificate } from './certificate';
import { PresignedUrls } from './presigned-url';

export interface RequestKey {
  readonly stackId: string;
  readonly logicalId: string;
  readonly requestId: string;
}

/** What was put to a response URL. */
export interface Answer extends RequestKey {
  readonly receivedAt: Date;
  readonly bytes: number;
  readonly body: string;
  /** False for another answer to the same URL, or one that came when nobody waited anymore: such have no effect. */
  readonly accepted: boolean;
}

/**
 * Receives what providers answer, as the S3 bucket behind the presigned response URLs does.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref.html
 */
export class ResponseServer {
  private readonly awaited = new Map<string, (body: Buffer) => void>();

  private constructor(
    private readonly server: Server,
    private readonly urls: PresignedUrls,
    readonly caCertificate: string,
    private readonly onAnswer: (answer: Answer) => void,
  ) {
    server.on('request', (request, response) => {
      this.receive(request, response).catch(() => response.destroy());
    });
  }

  static async start(region: string, onAnswer: (answer: Answer) => void): Promise<ResponseServer> {
    const certificate = await selfSignedCertificate();
    const server = createServer(certificate);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    // An operation that waits for an answer keeps the process alive; the server alone must not.
    server.unref();
    return new ResponseServer(server, new PresignedUrls(region), certificate.cert, onAnswer);
  }

  /** A URL for one answer, and the body of the first one that is put there. */
  expect({ stackId, logicalId, requestId }: RequestKey): {
    readonly url: string;
    readonly body: Promise<Buffer>;
  } {
    const { port } = this.server.address() as AddressInfo;
    const key = [stackId, logicalId, requestId].join('|');
    const body = new Promise<Buffer>((resolve) => this.awaited.set(key, resolve));
    return { url: this.urls.sign(`https://127.0.0.1:${port}`, key), body };
  }

  /** No answer to this request has an effect anymore. */
  forget({ stackId, logicalId, requestId }: RequestKey): void {
    this.awaited.delete([stackId, logicalId, requestId].join('|'));
  }

  async close(): Promise<void> {
    const closed = once(this.server, 'close');
    this.server.close();
    this.server.closeAllConnections();
    await closed;
  }

  /** @see https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html */
  private async receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const key = this.urls.verify(new URL(request.url ?? '/', 'https://127.0.0.1'));
    if (key === undefined || request.method !== 'PUT') {
      refuse(response, 403, 'SignatureDoesNotMatch');
      return;
    }
    if (request.headers['content-length'] === undefined) {
      refuse(response, 411, 'MissingContentLength');
      return;
    }
    const body = await buffer(request);
    response.writeHead(200).end();
    this.accept(key, body);
  }

  private accept(key: string, body: Buffer): void {
    const [stackId = '', logicalId = '', requestId = ''] = key.split('|');
    const resolve = this.awaited.get(key);
    this.awaited.delete(key);
    this.onAnswer({
      ...{ stackId, logicalId, requestId },
      receivedAt: new Date(),
      bytes: body.length,
      body: body.toString(),
      accepted: resolve !== undefined,
    });
    resolve?.(body);
  }
}

function refuse(response: ServerResponse, status: number, code: string): void {
  response.writeHead(status, { 'content-type': 'application/xml', connection: 'close' });
  response.end(`<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code></Error>`);
}
