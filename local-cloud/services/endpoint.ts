import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Roles, Session } from '../iam/roles';
import { ServiceError } from './service-error';

export type Operation = (caller: Session, input: Record<string, unknown>) => Promise<object>;

/** The operations of the services, by the target header that names them, such as `AWSGlue.TestConnection`. */
export type Operations = Readonly<Record<string, Operation>>;

/**
 * One address for the APIs of several services that speak JSON 1.1, on loopback only.
 *
 * @see https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html
 */
export class Endpoint {
  public static async start(roles: Roles, operations: Operations): Promise<Endpoint> {
    const endpoint = new Endpoint(roles, operations);
    await new Promise<void>((resolve) => endpoint.server.listen(0, '127.0.0.1', resolve));
    return endpoint;
  }

  private readonly server: Server;

  private constructor(
    private readonly roles: Roles,
    private readonly operations: Operations,
  ) {
    this.server = createServer((request, response) => void this.serve(request, response));
  }

  public get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  public async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const output = await this.perform(request);
      answer(response, 200, output);
    } catch (error) {
      const failure =
        error instanceof ServiceError ? error : new ServiceError('InternalFailure', (error as Error).message, 500);
      answer(response, failure.statusCode, { __type: failure.code, Message: failure.message });
    }
  }

  private async perform(request: IncomingMessage): Promise<object> {
    const body = await text(request);
    const caller = this.authenticate(request);
    const target = String(request.headers['x-amz-target']);
    const operation = this.operations[target];
    if (operation === undefined) {
      throw new ServiceError('UnknownOperationException', `no operation ${target}`);
    }
    return operation(caller, parse(body));
  }

  /**
   * Takes the word of whoever names an access key: what is checked is what they may do, not who they are.
   *
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
   */
  private authenticate(request: IncomingMessage): Session {
    const { authorization } = request.headers;
    if (authorization === undefined) {
      throw new ServiceError('MissingAuthenticationTokenException', 'Missing Authentication Token', 403);
    }
    const accessKeyId = /^AWS4-HMAC-SHA256 Credential=([A-Z0-9]+)\//.exec(authorization)?.[1];
    const session = this.roles.sessionOf(accessKeyId ?? '');
    if (session === undefined) {
      throw new ServiceError(
        'UnrecognizedClientException',
        'The security token included in the request is invalid.',
        403,
      );
    }
    return session;
  }
}

function parse(body: string): Record<string, unknown> {
  try {
    return JSON.parse(body) as Record<string, unknown>;
  } catch {
    throw new ServiceError('SerializationException', 'the body is not JSON');
  }
}

function answer(response: ServerResponse, statusCode: number, body: object): void {
  response.writeHead(statusCode, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(body));
}
