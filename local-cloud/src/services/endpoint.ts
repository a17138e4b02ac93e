import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { AccessKeys, Session } from '../iam/access-keys';
import { ServiceError } from '../service-error';
import { JsonProtocol } from './protocols/json';
import type { Protocol, Request, Response } from './protocols/protocol';
import { QueryProtocol } from './protocols/query';

/** How each service speaks, by the name that requests to it are signed with, such as `glue`. */
export type Protocols = Readonly<Record<string, Protocol>>;

export interface EndpointOptions {
  readonly region: string;
  /** @default - a free one */
  readonly port?: number;
  /** The one to take where none is given, if it is free. */
  readonly preferredPort?: number;
  /** Is called before a request is answered that may have changed something. */
  readonly onChange?: () => void;
}

/** Names of operations that change nothing. */
const READING = /^(Assume|Describe|Filter|Get|List|Lookup|Test|GET$|HEAD$)/;

interface Credential {
  readonly accessKeyId: string;
  readonly region: string;
  readonly service: string;
}

/** One address for the APIs of several services, on loopback only. */
export class Endpoint {
  static async start(accessKeys: AccessKeys, protocols: Protocols, options: EndpointOptions): Promise<Endpoint> {
    const endpoint = new Endpoint(accessKeys, protocols, options);
    const { port, preferredPort = 0 } = options;
    await (port === undefined ? endpoint.listen(preferredPort).catch(() => endpoint.listen(0)) : endpoint.listen(port));
    return endpoint;
  }

  private readonly server: Server;

  private constructor(
    private readonly accessKeys: AccessKeys,
    private readonly protocols: Protocols,
    private readonly options: EndpointOptions,
  ) {
    this.server = createServer((incoming, outgoing) => {
      this.serve(incoming).then(
        ({ statusCode, headers, body }) => outgoing.writeHead(statusCode, headers).end(body),
        () => outgoing.destroy(),
      );
    });
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://${(this.server.address() as AddressInfo).address}:${this.port}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async listen(port: number): Promise<void> {
    this.server.listen(port, '127.0.0.1');
    await once(this.server, 'listening');
  }

  private async serve(incoming: IncomingMessage): Promise<Response> {
    const request = await read(incoming);
    if (request === undefined) {
      return { statusCode: 400 };
    }
    const credential = credentialOf(request);
    const service = credential?.service ?? '';
    const protocol = Object.hasOwn(this.protocols, service) ? this.protocols[service] : undefined;
    try {
      const caller = this.authenticate(credential);
      if (protocol === undefined) {
        throw new ServiceError('UnknownOperationException', `The service ${service} is not modelled.`);
      }
      const response = await protocol.answer(caller, request);
      if (!READING.test(protocol.operationOf(request))) {
        this.options.onChange?.();
      }
      return response;
    } catch (error) {
      const failure =
        error instanceof ServiceError ? error : new ServiceError('InternalFailure', (error as Error).message, 500);
      return (protocol ?? guessed(request)).fail(failure);
    }
  }

  /**
   * Takes the word of whoever names an access key: what is checked is what they may do, not who they are.
   *
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
   */
  private authenticate(credential: Credential | undefined): Session {
    if (credential === undefined) {
      throw new ServiceError('MissingAuthenticationTokenException', 'Missing Authentication Token', 403);
    }
    if (credential.region !== this.options.region) {
      throw new ServiceError(
        'SignatureDoesNotMatch',
        `Credential should be scoped to a valid Region, not ${credential.region}: the only one here is ${this.options.region}.`,
        403,
      );
    }
    const session = this.accessKeys.sessionOf(credential.accessKeyId);
    if (session === undefined) {
      const problem = 'The security token included in the request is invalid.';
      throw new ServiceError('UnrecognizedClientException', problem, 403);
    }
    return session;
  }
}

/** Undefined when the address is malformed. */
async function read(incoming: IncomingMessage): Promise<Request | undefined> {
  const { method = 'GET', url = '/', headers } = incoming;
  const body = await buffer(incoming);
  try {
    const { pathname, searchParams } = new URL(url, 'http://127.0.0.1');
    return { method, headers, path: decodeURIComponent(pathname), query: searchParams, body };
  } catch {
    return undefined;
  }
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-authentication-methods.html */
function credentialOf({ headers: { authorization = '' } }: Request): Credential | undefined {
  const match =
    /^AWS4-HMAC-SHA256 Credential=([A-Z0-9]+)\/\d{8}\/([^/]+)\/([^/]+)\/aws4_request,\s*SignedHeaders=\S+,\s*Signature=[0-9a-f]{64}$/.exec(
      authorization,
    );
  const [, accessKeyId, region, service] = match ?? [];
  return accessKeyId && region && service ? { accessKeyId, region, service } : undefined;
}

/** That of a caller who hasn't said whom the request is for. */
function guessed({ headers }: Request): Protocol {
  return headers['x-amz-target'] === undefined ? new QueryProtocol({}) : new JsonProtocol({});
}
