import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type { AuthenticationConfigurationInput } from '../../lambda/contract';
import {
  AUTHENTICATION,
  BASIC,
  CUSTOM,
  FROM_SECRET,
  OAUTH2,
  OAUTH2_AUTHORIZATION_CODE,
  OAUTH2_JWT_BEARER,
  OAUTH2_REFRESH_TOKEN,
} from './authentication-shapes';
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
import { checkProps } from '../props/check-props';
import { oauth2Properties, requireOne } from './oauth2-properties';
import type { WithReferences } from '../secrets/rendering';
import { requireSecretReference } from '../secrets/plain-secrets';
import { SECRET } from '../props/cdk-kinds';
import { checkText } from '../secrets/value-checks';

/**
 * How a connection that doesn't have to exist yet authenticates to its data store.
 *
 * @see https://docs.aws.amazon.com/glue/latest/webapi/API_AuthenticationConfigurationInput.html
 * @example
 *
 * const authentication = ConnectionAuthentication.oauth2ClientCredentials({
 *   clientApplication: OAuth2ClientApplication.userManaged({
 *     clientId: 'orders-etl',
 *     clientSecret: SecretReference.fromSecretsManager(secret, { jsonField: 'client_secret' }),
 *   }),
 *   tokenUrl: 'https://example.my.salesforce.com/services/oauth2/token',
 * });
 */
export class ConnectionAuthentication {
  /**
   * Authenticates with a user name and a password.
   */
  static basic(options: BasicAuthenticationOptions): ConnectionAuthentication {
    checkProps('options', options, BASIC);
    const { username, password } = options;
    checkText('username', username, { min: 1, max: 512 });
    const credentials = { Username: username, Password: password };
    return new ConnectionAuthentication(
      { AuthenticationType: 'BASIC', BasicAuthenticationCredentials: credentials },
      options,
    );
  }

  /**
   * Authenticates with the OAuth2 authorization code grant.
   *
   * @throws an error when none of `authorizationCode`, `refreshToken`, `accessToken` and `secret` is given
   * @see https://datatracker.ietf.org/doc/html/rfc6749#section-4.1
   */
  static oauth2AuthorizationCode(options: OAuth2AuthorizationCodeOptions): ConnectionAuthentication {
    checkProps('options', options, OAUTH2_AUTHORIZATION_CODE);
    const { authorizationCode, redirectUri, refreshToken, accessToken, secret } = options;
    requireOne({ authorizationCode, refreshToken, accessToken, secret });
    return ConnectionAuthentication.oauth2('AUTHORIZATION_CODE', options, {
      authorizationCode,
      redirectUri,
      refreshToken,
    });
  }

  /**
   * Authenticates with the OAuth2 client credentials grant.
   *
   * @throws an error when `clientApplication` has no client secret, and none of `accessToken` and `secret` is given
   * @see https://datatracker.ietf.org/doc/html/rfc6749#section-4.4
   */
  static oauth2ClientCredentials(options: OAuth2AuthenticationOptions): ConnectionAuthentication {
    checkProps('options', options, OAUTH2);
    const { clientApplication, accessToken, secret } = options;
    requireOne({ 'clientApplication.clientSecret': clientApplication?._clientSecret, accessToken, secret });
    return ConnectionAuthentication.oauth2('CLIENT_CREDENTIALS', options);
  }

  /**
   * Authenticates with the OAuth2 JWT bearer grant.
   *
   * @throws an error when none of `jwtToken`, `accessToken` and `secret` is given
   * @see https://datatracker.ietf.org/doc/html/rfc7523
   */
  static oauth2JwtBearer(options: OAuth2JwtBearerOptions): ConnectionAuthentication {
    checkProps('options', options, OAUTH2_JWT_BEARER);
    const { jwtToken, accessToken, secret } = options;
    requireOne({ jwtToken, accessToken, secret });
    return ConnectionAuthentication.oauth2('JWT_BEARER', options, { jwtToken });
  }

  /**
   * Authenticates with the OAuth2 refresh token grant.
   *
   * @throws an error when none of `refreshToken`, `accessToken` and `secret` is given
   * @see https://datatracker.ietf.org/doc/html/rfc6749#section-6
   */
  static oauth2RefreshToken(options: OAuth2RefreshTokenOptions): ConnectionAuthentication {
    checkProps('options', options, OAUTH2_REFRESH_TOKEN);
    const { refreshToken, accessToken, secret } = options;
    requireOne({ refreshToken, accessToken, secret });
    return ConnectionAuthentication.oauth2('REFRESH_TOKEN', options, { refreshToken });
  }

  /**
   * Authenticates with credentials whose names depend on the connection type.
   *
   * @throws an error when `credentials` is empty
   */
  static custom(options: CustomAuthenticationOptions): ConnectionAuthentication {
    checkProps('options', options, CUSTOM);
    const { credentials } = options;
    const entries = Object.entries(credentials);
    if (entries.length === 0) {
      throw new Error("'credentials' must not be empty, expected a SecretReference by the name of each credential");
    }
    for (const [name, credential] of entries) {
      checkText("a name in 'credentials'", name, { min: 1, max: 128 });
      requireSecretReference(`credentials.${name}`, credential);
    }
    return new ConnectionAuthentication(
      { AuthenticationType: 'CUSTOM', CustomAuthenticationCredentials: credentials },
      options,
    );
  }

  /**
   * Authenticates with IAM, as the role of the test's function.
   */
  static iam(options: ConnectionAuthenticationOptions = {}): ConnectionAuthentication {
    checkProps('options', options, AUTHENTICATION);
    return new ConnectionAuthentication({ AuthenticationType: 'IAM' }, options);
  }

  /**
   * Authenticates with credentials that Glue itself reads from a secret. The secret must have the keys that Glue
   * documents for the connection type.
   *
   * @param secret the secret, which the test gets permission to read
   */
  static fromSecret(
    secret: secretsmanager.ISecret,
    options: SecretAuthenticationOptions = {},
  ): ConnectionAuthentication {
    SECRET.check('secret', secret);
    checkProps('options', options, FROM_SECRET);
    const { authenticationType = SecretAuthenticationType.BASIC } = options;
    return new ConnectionAuthentication({ AuthenticationType: authenticationType }, options, secret);
  }

  private static oauth2(
    grantType: string,
    options: OAuth2AuthenticationOptions,
    ofGrant?: Parameters<typeof oauth2Properties>[2],
  ): ConnectionAuthentication {
    const properties = oauth2Properties(grantType, options, ofGrant);
    return new ConnectionAuthentication(
      { AuthenticationType: 'OAUTH2', OAuth2Properties: properties },
      options,
      options.secret,
    );
  }

  /** @internal */
  readonly _kmsKey?: kms.IKey;

  /** @internal */
  readonly _configuration: WithReferences<AuthenticationConfigurationInput>;

  private constructor(
    configuration: WithReferences<AuthenticationConfigurationInput>,
    options: ConnectionAuthenticationOptions,
    /**
     * The secret that Glue itself reads.
     *
     * @internal
     */
    readonly _secret?: secretsmanager.ISecret,
  ) {
    this._kmsKey = options.kmsKey;
    this._configuration = { ...configuration, SecretArn: _secret?.secretArn, KmsKeyArn: options.kmsKey?.keyArn };
  }
}
