import type { Shape } from '../props/check-props';
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
import { having, isText, kind, MAP, oneOf, optional, TEXT, type Kind } from '../props/kinds';
import type { UserManagedClientApplicationOptions } from './oauth2-client-application';
import { requireSecretReference } from '../secrets/plain-secrets';
import { SecretReference } from '../secrets/secret-reference';
import { KEY, SECRET } from '../connection-test/shapes';

const SECRET_REFERENCE: Kind = { expected: 'a SecretReference', check: requireSecretReference };
const TEXT_OR_REFERENCE = kind(
  'a string or a SecretReference',
  (value) => isText(value) || value instanceof SecretReference,
  { isSecret: true },
);

export const AUTHENTICATION: Shape<ConnectionAuthenticationOptions> = { kmsKey: optional(KEY) };

export const BASIC: Shape<BasicAuthenticationOptions> = {
  ...AUTHENTICATION,
  username: TEXT_OR_REFERENCE,
  password: SECRET_REFERENCE,
};

export const OAUTH2: Shape<OAuth2AuthenticationOptions> = {
  ...AUTHENTICATION,
  clientApplication: optional(having(['_application'], 'an OAuth2ClientApplication')),
  tokenUrl: optional(TEXT),
  tokenUrlParameters: optional(MAP),
  secretTokenUrlParameters: optional(MAP),
  accessToken: optional(SECRET_REFERENCE),
  secret: optional(SECRET),
};

export const OAUTH2_AUTHORIZATION_CODE: Shape<OAuth2AuthorizationCodeOptions> = {
  ...OAUTH2,
  authorizationCode: optional(SECRET_REFERENCE),
  redirectUri: optional(TEXT),
  refreshToken: optional(SECRET_REFERENCE),
};

export const OAUTH2_JWT_BEARER: Shape<OAuth2JwtBearerOptions> = { ...OAUTH2, jwtToken: optional(SECRET_REFERENCE) };

export const OAUTH2_REFRESH_TOKEN: Shape<OAuth2RefreshTokenOptions> = {
  ...OAUTH2,
  refreshToken: optional(SECRET_REFERENCE),
};

export const CUSTOM: Shape<CustomAuthenticationOptions> = { ...AUTHENTICATION, credentials: MAP };

export const FROM_SECRET: Shape<SecretAuthenticationOptions> = {
  ...AUTHENTICATION,
  authenticationType: optional(oneOf('SecretAuthenticationType', SecretAuthenticationType)),
};

export const USER_MANAGED: Shape<UserManagedClientApplicationOptions> = {
  clientId: TEXT_OR_REFERENCE,
  clientSecret: optional(SECRET_REFERENCE),
};
