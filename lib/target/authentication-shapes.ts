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
import { KEY, SECRET } from '../props/cdk-kinds';
import { having, MAP, oneOf, optional, TEXT } from '../props/kinds';
import { SECRET_REFERENCE, TEXT_OR_REFERENCE } from '../secrets/secret-kinds';

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
