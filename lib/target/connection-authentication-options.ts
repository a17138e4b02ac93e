import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type { OAuth2ClientApplication } from './oauth2-client-application';
import type { SecretReference } from '../secrets/secret-reference';

/**
 * Options that all kinds of authentication have.
 *
 * @see https://docs.aws.amazon.com/glue/latest/webapi/API_AuthenticationConfigurationInput.html
 */
export interface ConnectionAuthenticationOptions {
  /**
   * The key that encrypts the connection.
   *
   * @default - a key of AWS
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
 * Options that all OAuth2 grants have, and the only ones of the client credentials grant.
 *
 * @see https://docs.aws.amazon.com/glue/latest/webapi/API_OAuth2PropertiesInput.html
 */
export interface OAuth2AuthenticationOptions extends ConnectionAuthenticationOptions {
  /**
   * The application that asks for access.
   *
   * @default - none
   */
  readonly clientApplication?: OAuth2ClientApplication;

  /**
   * The URL to request tokens from: http or https, at most 256 characters.
   *
   * @default - the one that Glue knows for the type of the connection
   */
  readonly tokenUrl?: string;

  /**
   * Parameters that are added to the request for a token: keys of 1 to 128, values of 1 to 512 characters. What has the
   * name of a secret, such as `assertion`, belongs in `secretTokenUrlParameters`.
   *
   * @default - none
   */
  readonly tokenUrlParameters?: { [name: string]: string };

  /**
   * The parameters whose values are in Secrets Manager.
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
   * The secret from which Glue itself reads the credentials, under the keys that Glue documents for the type.
   *
   * @default - the credentials are given one by one
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
   * The authorization code: 1 to 4096 characters. It can be exchanged for a token once, so that a test with it passes
   * once.
   *
   * @default - none: then `accessToken`, `refreshToken` or `secret` is required
   */
  readonly authorizationCode?: SecretReference;

  /**
   * Where the authorization server sends its user with the code: an http or https URL of at most 512 characters.
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
   * @default - none: then `accessToken` or `secret` is required
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
   * @default - none: then `accessToken` or `secret` is required
   */
  readonly refreshToken?: SecretReference;
}

/**
 * Options for `ConnectionAuthentication.custom`.
 */
export interface CustomAuthenticationOptions extends ConnectionAuthenticationOptions {
  /**
   * The credentials, by names of 1 to 128 characters; values of 1 to 2048 characters.
   */
  readonly credentials: { [name: string]: SecretReference };
}

/**
 * What the credentials in a secret are for.
 */
export enum SecretAuthenticationType {
  /**
   * A user name and a password.
   */
  BASIC = 'BASIC',

  /**
   * Whatever the type of the connection asks for.
   */
  CUSTOM = 'CUSTOM',
}

/**
 * Options for `ConnectionAuthentication.fromSecret`.
 */
export interface SecretAuthenticationOptions extends ConnectionAuthenticationOptions {
  /**
   * What the credentials are for. For OAuth2, use the `secret` of the grant's own options.
   *
   * @default SecretAuthenticationType.BASIC
   */
  readonly authenticationType?: SecretAuthenticationType;
}
