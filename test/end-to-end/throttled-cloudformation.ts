import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

const THROTTLED =
  '<ErrorResponse><Error><Code>Throttling</Code><Message>Rate exceeded</Message></Error></ErrorResponse>';

/** CloudFormation's API, which for a while takes no more calls. */
export class ThrottledCloudFormation {
  /** @param isThrottled asked for each call */
  static async before(endpointUrl: string, isThrottled: () => boolean): Promise<ThrottledCloudFormation> {
    const door = new ThrottledCloudFormation(endpointUrl, isThrottled);
    await new Promise<void>((resolve) => door.server.listen(0, '127.0.0.1', resolve));
    return door;
  }

  throttled = 0;
  private readonly server: Server;

  private constructor(
    private readonly endpointUrl: string,
    private readonly isThrottled: () => boolean,
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
    if (this.isThrottled()) {
      this.throttled++;
      outgoing.writeHead(400, { 'content-type': 'text/xml' }).end(THROTTLED);
      return;
    }
    const { method, headers, url = '/' } = incoming;
    request(new URL(url, this.endpointUrl), { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(outgoing);
    }).end(body);
  }
}
