import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { Grants, OAuth2Error, type ClientApplication } from './grants';

export interface TokenServerOptions extends ClientApplication {
  /** What each request for a token must hold beside its grant, such as `audience`. @default - nothing */
  readonly parameters?: Readonly<Record<string, string>>;
  /** Who gets into the instance by HTTP's basic authentication. @default - nobody */
  readonly user?: { readonly username: string; readonly password: string };
}

export interface ReceivedRequest {
  readonly method: string;
  readonly path: string;
  readonly authorization?: string;
  /** Of the form in the body. */
  readonly parameters: Readonly<Record<string, string>>;
}

const TOKEN_PATH = '/token';

/**
 * A web service with OAuth 2.0, on loopback: a token endpoint, and everything else, its instance, for whoever has an
 * access token.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6749
 */
export class TokenServer {
  static async start(options: TokenServerOptions): Promise<TokenServer> {
    const server = new TokenServer(options);
    await new Promise<void>((resolve) => server.server.listen(0, '127.0.0.1', resolve));
    return server;
  }

  /** What it hands out. */
  readonly grants: Grants;
  /** Every request, oldest first. */
  readonly received: ReceivedRequest[] = [];
  /** What it answers to everything, as if out of order. @default - nothing of the kind */
  outage?: { readonly status: number; readonly body: string };

  private readonly server: Server;

  private constructor(private readonly options: TokenServerOptions) {
    this.grants = new Grants(options, () => this.tokenUrl);
    this.server = createServer((request, response) => void this.serve(request, response));
  }

  get tokenUrl(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}${TOKEN_PATH}`;
  }

  get instanceUrl(): string {
    return new URL('/', this.tokenUrl).href;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url: path = '', headers } = request;
    const parameters = Object.fromEntries(new URLSearchParams(await text(request)));
    this.received.push({ method, path, authorization: headers.authorization, parameters });
    if (this.outage !== undefined) {
      response.writeHead(this.outage.status).end(this.outage.body);
    } else if (path !== TOKEN_PATH) {
      response.writeHead(this.letsIn(headers.authorization) ? 200 : 401).end();
    } else {
      this.serveToken(request, parameters, response);
    }
  }

  private serveToken(request: IncomingMessage, parameters: Readonly<Record<string, string>>, response: ServerResponse) {
    const answer = (status: number, body: object) =>
      response
        .writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' })
        .end(JSON.stringify(body));
    try {
      const type = request.headers['content-type'] ?? '';
      if (request.method !== 'POST' || !type.startsWith('application/x-www-form-urlencoded')) {
        throw new OAuth2Error('invalid_request', 'a token is asked for by POST, with a form');
      }
      this.authenticate(request.headers.authorization, parameters);
      for (const [name, value] of Object.entries(this.options.parameters ?? {})) {
        if (parameters[name] !== value) {
          throw new OAuth2Error('invalid_request', `parameter ${name} is missing or wrong`);
        }
      }
      this.grants.redeem(parameters);
      answer(200, { access_token: this.grants.accessToken(), token_type: 'Bearer', expires_in: 3600 });
    } catch (error) {
      const { code, message, statusCode } = error as OAuth2Error;
      answer(statusCode, { error: code, error_description: message });
    }
  }

  /** @see https://www.rfc-editor.org/rfc/rfc6749#section-2.3.1 an assertion speaks for itself: RFC 7523, 3.1 */
  private authenticate(authorization: string | undefined, parameters: Readonly<Record<string, string>>): void {
    const [user = '', password] = basic(authorization) ?? [parameters.client_id, parameters.client_secret];
    const { clientId, clientSecret } = this.options;
    const isAssertion = parameters.assertion !== undefined;
    const isKnown = (isAssertion && user === '') || user === clientId;
    if (!isKnown || (password !== clientSecret && !(isAssertion && password === undefined))) {
      throw new OAuth2Error('invalid_client', 'client authentication failed', 401);
    }
  }

  private letsIn(authorization = ''): boolean {
    const { user } = this.options;
    const [username, password] = basic(authorization) ?? [];
    const isUser = user !== undefined && username === user.username && password === user.password;
    return isUser || this.grants.takes(/^Bearer (.*)$/.exec(authorization)?.[1] ?? '');
  }
}

function basic(authorization: string | undefined): [string, string] | undefined {
  const [, encoded] = /^Basic (.*)$/.exec(authorization ?? '') ?? [];
  const [, username = '', password = ''] =
    /^([^:]*):(.*)$/s.exec(Buffer.from(encoded ?? '', 'base64').toString()) ?? [];
  return encoded === undefined ? undefined : [username, password];
}
