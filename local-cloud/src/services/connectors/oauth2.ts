import type { AuthenticationConfiguration, OAuth2Credentials, OAuth2Properties } from '../test-connection-request';
import { invalidInput, type CredentialSource } from './credentials';
import { federationFault, send } from './http';

const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

/**
 * Exchanges the grant for an access token at the provider's token endpoint.
 *
 * @returns the token; without a grant to exchange, the one that was given
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-4
 * @see https://www.rfc-editor.org/rfc/rfc7523#section-2.1
 */
export async function accessToken(
  { OAuth2Properties: properties = {}, SecretArn }: AuthenticationConfiguration,
  source: CredentialSource,
): Promise<{ readonly token: string; readonly isNew: boolean }> {
  const { OAuth2ClientApplication: application, TokenUrl, TokenUrlParametersMap } = properties;
  if (application?.AWSManagedClientApplicationReference !== undefined) {
    throw invalidInput('Client applications that AWS manages are not modelled');
  }
  const secrets = SecretArn === undefined ? {} : await source.secret(SecretArn);
  const credentials = { ...fromSecret(secrets), ...properties.OAuth2Credentials };
  const grant = grantOf(properties, credentials);
  if (grant === undefined) {
    return { token: credentials.AccessToken ?? '', isNew: false };
  }
  if (TokenUrl === undefined) {
    throw invalidInput('OAuth2Properties must have TokenUrl');
  }
  const form = {
    // Added to the form, because that is where RFC 6749 has parameters; AWS speaks of a GET request.
    ...TokenUrlParametersMap,
    client_id: application?.UserManagedClientApplicationClientId,
    client_secret: credentials.UserManagedClientApplicationClientSecret,
    ...grant,
  };
  return { token: await exchange(TokenUrl, form), isNew: true };
}

/** @see https://docs.aws.amazon.com/glue/latest/dg/salesforce-configuring-connections.html */
function fromSecret(secret: Readonly<Record<string, string | undefined>>): OAuth2Credentials {
  return {
    UserManagedClientApplicationClientSecret: secret.USER_MANAGED_CLIENT_APPLICATION_CLIENT_SECRET,
    JwtToken: secret.JWT_TOKEN,
    AccessToken: secret.ACCESS_TOKEN,
    RefreshToken: secret.REFRESH_TOKEN,
  };
}

/** @returns nothing where an access token takes the place of what would be exchanged for one */
function grantOf(properties: OAuth2Properties, credentials: OAuth2Credentials) {
  const { OAuth2GrantType: grantType, AuthorizationCodeProperties: authorization = {} } = properties;
  switch (grantType) {
    case 'CLIENT_CREDENTIALS':
      return { grant_type: 'client_credentials' };
    case 'AUTHORIZATION_CODE': {
      const code = needed(authorization.AuthorizationCode, 'AuthorizationCode', credentials);
      return code && { grant_type: 'authorization_code', code, redirect_uri: authorization.RedirectUri };
    }
    case 'REFRESH_TOKEN': {
      const refreshToken = needed(credentials.RefreshToken, 'RefreshToken', credentials);
      return refreshToken && { grant_type: 'refresh_token', refresh_token: refreshToken };
    }
    case 'JWT_BEARER': {
      const assertion = needed(credentials.JwtToken, 'JwtToken', credentials);
      return assertion && { grant_type: JWT_BEARER, assertion };
    }
    default:
      throw invalidInput('OAuth2Properties must have OAuth2GrantType');
  }
}

function needed(material: string | undefined, name: string, { AccessToken }: OAuth2Credentials) {
  if (material === undefined && AccessToken === undefined) {
    throw invalidInput(`OAuth2Properties must have ${name}, or an AccessToken`);
  }
  return material;
}

async function exchange(tokenUrl: string, form: Readonly<Record<string, string | undefined>>): Promise<string> {
  const parameters = Object.entries(form).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const response = await send(tokenUrl, { accept: 'application/json' }, new URLSearchParams(parameters));
  const answer = parseObject(response.text);
  if (!response.ok) {
    const { error, error_description: description } = answer ?? {};
    throw federationFault(
      response.status,
      error === undefined ? undefined : description === undefined ? error : `${error}: ${description}`,
      error,
    );
  }
  if (typeof answer?.access_token !== 'string') {
    throw federationFault(response.status, 'The token endpoint answered without an access_token', 'invalid_response');
  }
  return answer.access_token;
}

function parseObject(text: string): Readonly<Record<string, string | undefined>> | undefined {
  try {
    return Object(JSON.parse(text)) as Record<string, string>;
  } catch {
    return undefined;
  }
}
