import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type { OAuth2ClientApplication } from './oauth2-client-application';
import type { SecretReference } from '../secrets/secret-reference';

/**
 * Options for all kinds of authentication.
 *
 * @see https://docs.aws.amazon.com/glue/latest/webapi/API_AuthenticationConfigurationInput.html
 */
export interface ConnectionAuthenticationOptions {
  /**
   * The key that encrypts the connection.
   *
   * @default - a key that AWS provides
   */
  readonly kmsKey?: kms.IKey;
}

/**
 * Options for `ConnectionAuthentication.basic`.
 */
export interface BasicAuthenticationOptions extends ConnectionAuthenticationOptions {
  /**
   * The user name: 1 to 512 characters.
   */
  readonly username: string | SecretReference;

  /**
   * The password: at most 512 characters.
   */
  readonly password: SecretReference;
}

/**
 * Options for all OAuth2 grants. The client credentials grant has no other options.
 *
 * @see https://docs.aws.amazon.com/glue/latest/webapi/API_OAuth2PropertiesInput.html
 */
export interface OAuth2AuthenticationOptions extends ConnectionAuthenticationOptions {
  /**
   * The application that requests access.
   *
   * @default - none
   */
  readonly clientApplication?: OAuth2ClientApplication;

  /**
   * The URL to request tokens from: http or https, at most 256 characters.
   *
   * @default - the URL that Glue knows for the connection type
   */
  readonly tokenUrl?: string;

  /**
   * Parameters to add to the token request: keys of 1 to 128 characters, values of 1 to 512 characters. A parameter
   * with the name of a secret, such as `assertion`, belongs in `secretTokenUrlParameters`.
   *
   * @default - none
   */
  readonly tokenUrlParameters?: { [name: string]: string };

  /**
   * Parameters of the token request whose values are in Secrets Manager.
   *
   * @default - none
   */
  readonly secretTokenUrlParameters?: { [name: string]: SecretReference };

  /**
   * An access token: at most 4096 characters of printable ASCII.
   *
   * @default - none
   */
  readonly accessToken?: SecretReference;

  /**
   * The secret from which Glue itself reads the credentials. It must have the keys that Glue documents for the
   * connection type.
   *
   * @default - the credentials are in the other properties
   */
  readonly secret?: secretsmanager.ISecret;
}

/**
 * Options for `ConnectionAuthentication.oauth2AuthorizationCode`.
 *
 * @see https://docs.aws.amazon.com/glue/latest/webapi/API_AuthorizationCodeProperties.html
 */
export interface OAuth2AuthorizationCodeOptions extends OAuth2AuthenticationOptions {
  /**
   * The authorization code: 1 to 4096 characters. It can be exchanged for a token only once, so a test with it passes
   * only once.
   *
   * @default - none; `accessToken`, `refreshToken` or `secret` is then required
   */
  readonly authorizationCode?: SecretReference;

  /**
   * Where the authorization server redirects the user with the code: an http or https URL of at most 512 characters.
   *
   * @default - none
   */
  readonly redirectUri?: string;

  /**
   * A refresh token: at most 4096 characters of printable ASCII.
   *
   * @default - none
   */
  readonly refreshToken?: SecretReference;
}

/**
 * Options for `ConnectionAuthentication.oauth2JwtBearer`.
 */
export interface OAuth2JwtBearerOptions extends OAuth2AuthenticationOptions {
  /**
   * The JSON Web Token, in its compact form: at most 8000 characters.
   *
   * @default - none; `accessToken` or `secret` is then required
   */
  readonly jwtToken?: SecretReference;
}

/**
 * Options for `ConnectionAuthentication.oauth2RefreshToken`.
 */
export interface OAuth2RefreshTokenOptions extends OAuth2AuthenticationOptions {
  /**
   * The refresh token: at most 4096 characters of printable ASCII.
   *
   * @default - none; `accessToken` or `secret` is then required
   */
  readonly refreshToken?: SecretReference;
}

/**
 * Options for `ConnectionAuthentication.custom`.
 */
export interface CustomAuthenticationOptions extends ConnectionAuthenticationOptions {
  /**
   * The credentials: names of 1 to 128 characters, values of 1 to 2048 characters.
   */
  readonly credentials: { [name: string]: SecretReference };
}

/**
 * The kind of credentials in a secret.
 */
export enum SecretAuthenticationType {
  /**
   * A user name and a password.
   */
  BASIC = 'BASIC',

  /**
   * The credentials that the connection type requires.
   */
  CUSTOM = 'CUSTOM',
}

/**
 * Options for `ConnectionAuthentication.fromSecret`.
 */
export interface SecretAuthenticationOptions extends ConnectionAuthenticationOptions {
  /**
   * The kind of credentials. For OAuth2, use `secret` in the options of the grant.
   *
   * @default SecretAuthenticationType.BASIC
   */
  readonly authenticationType?: SecretAuthenticationType;
}
