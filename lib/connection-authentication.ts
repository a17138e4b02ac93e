import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type { AuthenticationConfigurationInput, OAuth2PropertiesInput } from '../lambda/contract';
import {
  SecretAuthenticationType,
  type BasicAuthenticationOptions,
  type ConnectionAuthenticationOptions,
  type CustomAuthenticationOptions,
  type OAuth2AuthenticationOptions,
  type OAuth2AuthorizationCodeOptions,
  type OAuth2JwtBearerOptions,
  type OAuth2RefreshTokenOptions,
  type SecretAuthenticationOptions,
} from './connection-authentication-options';
import { checkNoSecret, checkSecretReference, requireSecretReference } from './secrecy';
import { renderValue, SecretReference } from './secret-reference';
import { checkText, checkUrl } from './validation';

/**
 * How a connection that need not exist yet authenticates itself to its data store.
 *
 * @see https://docs.aws.amazon.com/glue/latest/webapi/API_AuthenticationConfigurationInput.html
 */
export class ConnectionAuthentication {
  /**
   * By a user name and a password.
   */
  static basic(options: BasicAuthenticationOptions): ConnectionAuthentication {
    const { username, password, kmsKey } = options;
    checkText('username', username, { min: 1, max: 512 });
    requireSecretReference('password', password);
    return new ConnectionAuthentication(
      {
        AuthenticationType: 'BASIC',
        BasicAuthenticationCredentials: { Username: renderValue(username), Password: password._render() },
      },
      { values: [username, password], kmsKey },
    );
  }

  /**
   * By the OAuth2 grant of an authorization code.
   *
   * @throws an error when none of `authorizationCode`, `refreshToken`, `accessToken` and `secret` is given
   * @see https://datatracker.ietf.org/doc/html/rfc6749#section-4.1
   */
  static oauth2AuthorizationCode(options: OAuth2AuthorizationCodeOptions): ConnectionAuthentication {
    const { authorizationCode, redirectUri, refreshToken, accessToken, secret } = options;
    requireOne({ authorizationCode, refreshToken, accessToken, secret });
    checkUrl('redirectUri', redirectUri, 512);
    checkSecretReference('authorizationCode', authorizationCode);
    return oauth2(
      'AUTHORIZATION_CODE',
      options,
      { refreshToken },
      authorizationCode === undefined && redirectUri === undefined
        ? undefined
        : { AuthorizationCode: authorizationCode?._render(), RedirectUri: redirectUri },
      [authorizationCode],
    );
  }

  /**
   * By the OAuth2 grant of client credentials.
   *
   * @throws an error when `clientApplication` has no client secret, and none of `accessToken` and `secret` is given
   * @see https://datatracker.ietf.org/doc/html/rfc6749#section-4.4
   */
  static oauth2ClientCredentials(options: OAuth2AuthenticationOptions): ConnectionAuthentication {
    const { clientApplication, accessToken, secret } = options;
    requireOne({ 'clientApplication.clientSecret': clientApplication?._clientSecret, accessToken, secret });
    return oauth2('CLIENT_CREDENTIALS', options, {});
  }

  /**
   * By the OAuth2 grant of a JSON Web Token.
   *
   * @throws an error when none of `jwtToken`, `accessToken` and `secret` is given
   * @see https://datatracker.ietf.org/doc/html/rfc7523
   */
  static oauth2JwtBearer(options: OAuth2JwtBearerOptions): ConnectionAuthentication {
    const { jwtToken, accessToken, secret } = options;
    requireOne({ jwtToken, accessToken, secret });
    return oauth2('JWT_BEARER', options, { jwtToken });
  }

  /**
   * By the OAuth2 grant of a refresh token.
   *
   * @throws an error when none of `refreshToken`, `accessToken` and `secret` is given
   * @see https://datatracker.ietf.org/doc/html/rfc6749#section-6
   */
  static oauth2RefreshToken(options: OAuth2RefreshTokenOptions): ConnectionAuthentication {
    const { refreshToken, accessToken, secret } = options;
    requireOne({ refreshToken, accessToken, secret });
    return oauth2('REFRESH_TOKEN', options, { refreshToken });
  }

  /**
   * By credentials whose names the type of the connection defines.
   *
   * @throws an error when there are none
   */
  static custom(options: CustomAuthenticationOptions): ConnectionAuthentication {
    const { credentials, kmsKey } = options;
    const entries = Object.entries(credentials);
    if (entries.length === 0) {
      throw new Error("'credentials' must not be empty, expected a SecretReference by the name of each credential");
    }
    for (const [name, credential] of entries) {
      checkText("a name in 'credentials'", name, { min: 1, max: 128 });
      requireSecretReference(`credentials.${name}`, credential);
    }
    const rendered = Object.fromEntries(entries.map(([name, credential]) => [name, credential._render()]));
    return new ConnectionAuthentication(
      { AuthenticationType: 'CUSTOM', CustomAuthenticationCredentials: rendered },
      { values: Object.values(credentials), kmsKey },
    );
  }

  /**
   * By the role that runs the test.
   */
  static iam(options: ConnectionAuthenticationOptions = {}): ConnectionAuthentication {
    return new ConnectionAuthentication({ AuthenticationType: 'IAM' }, { values: [], kmsKey: options.kmsKey });
  }

  /**
   * By credentials that Glue itself reads from a secret, under the keys that Glue documents for the type.
   *
   * @param secret the secret; the test is allowed to read it
   */
  static fromSecret(
    secret: secretsmanager.ISecret,
    options: SecretAuthenticationOptions = {},
  ): ConnectionAuthentication {
    const { authenticationType = SecretAuthenticationType.BASIC, kmsKey } = options;
    return new ConnectionAuthentication({ AuthenticationType: authenticationType }, { values: [], secret, kmsKey });
  }

  /** @internal */
  readonly _configuration: AuthenticationConfigurationInput;
  /** @internal */
  readonly _needs: AuthenticationNeeds;

  private constructor(configuration: AuthenticationConfigurationInput, needs: AuthenticationNeeds) {
    const { secret, kmsKey } = needs;
    this._configuration = { ...configuration, SecretArn: secret?.secretArn, KmsKeyArn: kmsKey?.keyArn };
    this._needs = needs;
  }

  /** @internal */
  static _of(configuration: AuthenticationConfigurationInput, needs: AuthenticationNeeds): ConnectionAuthentication {
    return new ConnectionAuthentication(configuration, needs);
  }
}

/** What the test must be allowed to read. */
interface AuthenticationNeeds {
  readonly values: readonly (string | SecretReference | undefined)[];
  readonly secret?: secretsmanager.ISecret;
  readonly kmsKey?: kms.IKey;
}

type Tokens = { readonly [name in 'refreshToken' | 'jwtToken']?: SecretReference };

function oauth2(
  grantType: string,
  options: OAuth2AuthenticationOptions,
  { refreshToken, jwtToken }: Tokens,
  authorizationCode?: OAuth2PropertiesInput['AuthorizationCodeProperties'],
  ownValues: readonly (SecretReference | undefined)[] = [],
): ConnectionAuthentication {
  const { clientApplication, tokenUrl, tokenUrlParameters = {}, accessToken, secret, kmsKey } = options;
  checkUrl('tokenUrl', tokenUrl, 256);
  for (const [name, value] of Object.entries(tokenUrlParameters)) {
    checkText("a name in 'tokenUrlParameters'", name, { min: 1, max: 128 });
    checkText(`tokenUrlParameters.${name}`, value, { min: 1, max: 512 });
    checkNoSecret(`tokenUrlParameters.${name}`, name, value);
  }
  const tokens = { accessToken, refreshToken, jwtToken };
  for (const [name, token] of Object.entries(tokens)) {
    checkSecretReference(name, token);
  }
  const parameters = Object.fromEntries(
    Object.entries(tokenUrlParameters).map(([name, value]) => [name, renderValue(value)]),
  );
  const credentials = {
    UserManagedClientApplicationClientSecret: clientApplication?._clientSecret?._render(),
    AccessToken: accessToken?._render(),
    RefreshToken: refreshToken?._render(),
    JwtToken: jwtToken?._render(),
  };
  return ConnectionAuthentication._of(
    {
      AuthenticationType: 'OAUTH2',
      OAuth2Properties: {
        OAuth2GrantType: grantType,
        OAuth2ClientApplication: clientApplication?._application,
        TokenUrl: tokenUrl,
        TokenUrlParametersMap: Object.keys(parameters).length === 0 ? undefined : parameters,
        AuthorizationCodeProperties: authorizationCode,
        OAuth2Credentials: Object.values(credentials).some((value) => value !== undefined) ? credentials : undefined,
      },
    },
    {
      values: [
        ...(clientApplication?._values ?? []),
        ...Object.values(tokenUrlParameters),
        ...Object.values(tokens),
        ...ownValues,
      ],
      secret,
      kmsKey,
    },
  );
}

/** Without any of them, Glue has nothing to ask with. */
function requireOne(candidates: Readonly<Record<string, unknown>>): void {
  if (Object.values(candidates).every((candidate) => candidate === undefined)) {
    const names = Object.keys(candidates).map((name) => `'${name}'`);
    throw new Error(`one of ${names.join(', ')} is required, got: none of them`);
  }
}
