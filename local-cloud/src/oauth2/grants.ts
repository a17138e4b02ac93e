import { randomBytes } from 'node:crypto';
import { assertionFault, signAssertion, type Claims } from './assertion';

export interface ClientApplication {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** An error of a token endpoint. @see https://www.rfc-editor.org/rfc/rfc6749#section-5.2 */
export class OAuth2Error extends Error {
  constructor(
    readonly code: string,
    description: string,
    readonly statusCode = 400,
  ) {
    super(description);
  }
}

type Parameters = Readonly<Record<string, string | undefined>>;

/** What a provider has handed out to one client application, and what it takes back for an access token. */
export class Grants {
  private readonly redirectUris = new Map<string, string>();
  private readonly refreshTokens = new Set<string>();
  private readonly accessTokens = new Set<string>();

  constructor(
    private readonly application: ClientApplication,
    private readonly tokenUrl: () => string,
  ) {}

  /** A code for one exchange. */
  authorizationCode(redirectUri: string): string {
    const code = random();
    this.redirectUris.set(code, redirectUri);
    return code;
  }

  refreshToken(): string {
    const token = random();
    this.refreshTokens.add(token);
    return token;
  }

  accessToken(): string {
    const token = random();
    this.accessTokens.add(token);
    return token;
  }

  /** What the client application would sign. @param validForSeconds negative: it has expired already */
  assertion(validForSeconds = 300): string {
    return signAssertion(this.claims(validForSeconds), this.application.clientSecret);
  }

  takes(accessToken: string): boolean {
    return this.accessTokens.has(accessToken);
  }

  /** @throws OAuth2Error */
  redeem(parameters: Parameters): void {
    const fault = this.faultOf(parameters);
    if (fault !== undefined) {
      throw new OAuth2Error('invalid_grant', fault);
    }
  }

  private faultOf(parameters: Parameters): string | undefined {
    switch (parameters.grant_type) {
      case 'client_credentials':
        return undefined;
      case 'authorization_code': {
        const code = parameters.code ?? '';
        const redirectUri = this.redirectUris.get(code);
        this.redirectUris.delete(code);
        const isRight = redirectUri !== undefined && redirectUri === parameters.redirect_uri;
        return isRight ? undefined : 'the code or its redirect_uri is wrong, or the code was used before';
      }
      case 'refresh_token':
        return this.refreshTokens.has(parameters.refresh_token ?? '') ? undefined : 'the refresh token is unknown';
      case 'urn:ietf:params:oauth:grant-type:jwt-bearer':
        return assertionFault(parameters.assertion ?? '', this.claims(0), this.application.clientSecret);
      default:
        throw new OAuth2Error('unsupported_grant_type', `grant type ${String(parameters.grant_type)} is not supported`);
    }
  }

  private claims(validForSeconds: number): Claims {
    return {
      issuer: this.application.clientId,
      audience: this.tokenUrl(),
      expiresAt: Math.floor(Date.now() / 1000) + validForSeconds,
    };
  }
}

function random(): string {
  return randomBytes(24).toString('base64url');
}
