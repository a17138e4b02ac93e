import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Roles, Session } from '../iam/roles';
import { ServiceError } from '../service-error';

/** Takes the input and gives the output; for the Query protocol, that is the XML of the result. */
export type Operation = (
  caller: Session,
  input: Record<string, unknown>,
) => Promise<object & { readonly xml?: string }>;

/**
 * The operations of the services: of those that speak JSON 1.1 by the target header, such as `AWSGlue.TestConnection`;
 * of those that speak Query by the action, such as `DescribeStacks`.
 *
 * @see https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html
 * @see https://smithy.io/2.0/aws/protocols/aws-query-protocol.html
 */
export type Operations = Readonly<Record<string, Operation>>;

/** One address for the APIs of several services, on loopback only. */
export class Endpoint {
  static async start(roles: Roles, operations: Operations): Promise<Endpoint> {
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

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const isQuery = request.headers['x-amz-target'] === undefined;
    try {
      const body = await text(request);
      const caller = this.authenticate(request);
      const input = isQuery ? Object.fromEntries(new URLSearchParams(body)) : parse(body);
      const name = String(isQuery ? input.Action : request.headers['x-amz-target']);
      const operation = this.operations[name];
      if (operation === undefined) {
        throw new ServiceError('UnknownOperationException', `no operation ${name}`);
      }
      const output = await operation(caller, input);
      answer(
        response,
        200,
        isQuery ? `<${name}Response><${name}Result>${output.xml ?? ''}</${name}Result></${name}Response>` : output,
      );
    } catch (error) {
      const failure =
        error instanceof ServiceError ? error : new ServiceError('InternalFailure', (error as Error).message, 500);
      answer(
        response,
        failure.statusCode,
        isQuery ? xmlOf(failure) : { __type: failure.code, Message: failure.message, ...failure.members },
      );
    }
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

function answer(response: ServerResponse, statusCode: number, body: object | string): void {
  const [type, content] =
    typeof body === 'string' ? ['text/xml', body] : ['application/x-amz-json-1.1', JSON.stringify(body)];
  response.writeHead(statusCode, { 'content-type': type }).end(content);
}

function xmlOf({ code, message }: ServiceError): string {
  return `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${escapeXml(message)}</Message></Error></ErrorResponse>`;
}

export function escapeXml(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
