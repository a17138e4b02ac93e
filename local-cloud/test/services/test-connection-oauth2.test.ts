import type {
  AuthenticationConfigurationInput,
  ConnectionPropertyKey,
  OAuth2PropertiesInput,
} from '@aws-sdk/client-glue';
import { TokenServer } from '../../src/oauth2/token-server';
import { ServiceBed } from './service-bed';

const CLIENT = { clientId: 'glue', clientSecret: 'client secret' };
const USER = { username: 'orders', password: 'p:w' };
const REDIRECT = 'https://us-east-1.console.aws.amazon.com/gluestudio/oauth';

let bed: ServiceBed;
let server: TokenServer;
beforeAll(async () => {
  bed = await ServiceBed.start();
});
beforeEach(async () => {
  server = await TokenServer.start({ ...CLIENT, parameters: { audience: 'orders' }, user: USER });
});
afterEach(() => server.stop());
afterAll(() => bed.endpoint.close());

function connect(AuthenticationConfiguration?: AuthenticationConfigurationInput, instanceUrl = server.instanceUrl) {
  // The client's own list of keys lacks this one.
  const ConnectionProperties = { INSTANCE_URL: instanceUrl } as Partial<Record<ConnectionPropertyKey, string>>;
  return bed.testConnection({
    TestConnectionInput: { ConnectionType: 'SALESFORCE', ConnectionProperties, AuthenticationConfiguration },
  });
}

const CREDENTIALS = { UserManagedClientApplicationClientSecret: CLIENT.clientSecret };

/** By client credentials, unless changed. */
function connectByOAuth2(changes: OAuth2PropertiesInput = {}, SecretArn?: string) {
  const properties: OAuth2PropertiesInput = {
    OAuth2GrantType: 'CLIENT_CREDENTIALS',
    OAuth2ClientApplication: { UserManagedClientApplicationClientId: CLIENT.clientId },
    TokenUrl: server.tokenUrl,
    TokenUrlParametersMap: { audience: 'orders' },
    OAuth2Credentials: CREDENTIALS,
    ...changes,
  };
  return connect({ AuthenticationType: 'OAUTH2', OAuth2Properties: properties, SecretArn });
}

function byCode(AuthorizationCode: string, RedirectUri = REDIRECT): OAuth2PropertiesInput {
  return { OAuth2GrantType: 'AUTHORIZATION_CODE', AuthorizationCodeProperties: { AuthorizationCode, RedirectUri } };
}

function byRefreshToken(RefreshToken: string): OAuth2PropertiesInput {
  return { OAuth2GrantType: 'REFRESH_TOKEN', OAuth2Credentials: { ...CREDENTIALS, RefreshToken } };
}

function byJwt(JwtToken: string): OAuth2PropertiesInput {
  return { OAuth2GrantType: 'JWT_BEARER', OAuth2Credentials: { ...CREDENTIALS, JwtToken } };
}

const fault = (FederationSourceErrorCode: string, message: string) => ({
  ...{ name: 'FederationSourceException', FederationSourceErrorCode },
  message: expect.stringContaining(message) as string,
});

describe('a grant', () => {
  test.each<[string, () => OAuth2PropertiesInput, object]>([
    ['client credentials', () => ({}), { grant_type: 'client_credentials' }],
    [
      'an authorization code',
      () => byCode(server.grants.authorizationCode(REDIRECT)),
      { grant_type: 'authorization_code', code: expect.any(String) as string, redirect_uri: REDIRECT },
    ],
    [
      'a refresh token',
      () => byRefreshToken(server.grants.refreshToken()),
      { grant_type: 'refresh_token', refresh_token: expect.any(String) as string },
    ],
    [
      'a JSON Web Token',
      () => byJwt(server.grants.assertion()),
      { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion: expect.any(String) as string },
    ],
  ])('by %s is exchanged as a form, with the client and the further parameters', async (_, changes, parameters) => {
    await connectByOAuth2(changes());
    expect(server.received).toEqual([
      {
        method: 'POST',
        path: '/token',
        authorization: undefined,
        parameters: {
          ...{ audience: 'orders', client_id: CLIENT.clientId, client_secret: CLIENT.clientSecret },
          ...parameters,
        },
      },
    ]);
  });

  test('is completed by the secret: the client secret, a JSON Web Token', async () => {
    const key = 'USER_MANAGED_CLIENT_APPLICATION_CLIENT_SECRET';
    const arn = bed.secretsManager.create('client', JSON.stringify({ [key]: CLIENT.clientSecret }));
    await connectByOAuth2({ OAuth2Credentials: undefined }, arn);
    bed.secretsManager.put(arn, JSON.stringify({ JWT_TOKEN: server.grants.assertion() }));
    await connectByOAuth2({ OAuth2GrantType: 'JWT_BEARER', OAuth2Credentials: undefined }, arn);
  });

  test.each<[string, () => OAuth2PropertiesInput]>([
    ['client is unknown', () => ({ OAuth2ClientApplication: { UserManagedClientApplicationClientId: 'other' } })],
    ['client secret is wrong', () => ({ OAuth2Credentials: { UserManagedClientApplicationClientSecret: 'wrong' } })],
    ['client secret is missing', () => ({ OAuth2Credentials: undefined })],
  ])('fails when the %s', async (_, changes) => {
    await expect(connectByOAuth2(changes())).rejects.toMatchObject(
      fault('InvalidCredentialsException', 'invalid_client: client authentication failed'),
    );
  });

  test.each<[string, () => OAuth2PropertiesInput, string]>([
    ['authorization code is unknown', () => byCode('unknown'), 'the code or its redirect_uri is wrong'],
    [
      'authorization code was made for another address',
      () => byCode(server.grants.authorizationCode('https://example.com/')),
      'the code or its redirect_uri is wrong',
    ],
    ['refresh token is unknown', () => byRefreshToken('unknown'), 'the refresh token is unknown'],
    ['JSON Web Token has expired', () => byJwt(server.grants.assertion(-1)), 'the assertion has expired'],
    ['JSON Web Token is signed by another', () => byJwt('e30.e30.c2lnbmF0dXJl'), 'the signature is wrong'],
  ])('fails when the %s', async (_, changes, words) => {
    await expect(connectByOAuth2(changes())).rejects.toMatchObject(
      fault('InvalidCredentialsException', `invalid_grant: ${words}`),
    );
  });

  test('fails when an authorization code is used again', async () => {
    const changes = byCode(server.grants.authorizationCode(REDIRECT));
    await connectByOAuth2(changes);
    await expect(connectByOAuth2(changes)).rejects.toThrow('invalid_grant');
  });

  test('fails when a further parameter is missing', async () => {
    await expect(connectByOAuth2({ TokenUrlParametersMap: undefined })).rejects.toMatchObject(
      fault('InvalidInputException', 'invalid_request: parameter audience is missing or wrong'),
    );
  });

  test.each([
    [503, 'busy', 'InternalServiceException', 'HTTP 503'],
    [429, 'slowly', 'ThrottlingException', 'HTTP 429'],
    [400, '{"error":"unauthorized_client"}', 'AccessDeniedException', 'unauthorized_client'],
    [200, 'welcome', 'InvalidResponseException', 'without an access_token'],
    [302, '', 'InvalidInputException', 'HTTP 302'],
  ])('fails when the provider answers %d %s', async (status, body, code, words) => {
    server.outage = { status, body };
    await expect(connectByOAuth2()).rejects.toMatchObject(fault(code, words));
  });

  test('fails when nothing listens at the token URL', async () => {
    await expect(connectByOAuth2({ TokenUrl: 'http://127.0.0.1:1/token' })).rejects.toMatchObject({
      ...{ name: 'InvalidInputException', message: 'Connection refused: 127.0.0.1:1' },
    });
  });

  test.each<[string, OAuth2PropertiesInput, string]>([
    ['the grant type', { OAuth2GrantType: undefined }, 'must have OAuth2GrantType'],
    ['the token URL', { TokenUrl: undefined }, 'must have TokenUrl'],
    ['the code', { OAuth2GrantType: 'AUTHORIZATION_CODE' }, 'must have AuthorizationCode, or an AccessToken'],
    ['the refresh token', { OAuth2GrantType: 'REFRESH_TOKEN' }, 'must have RefreshToken, or an AccessToken'],
    ['the JSON Web Token', { OAuth2GrantType: 'JWT_BEARER' }, 'must have JwtToken, or an AccessToken'],
  ])('fails when %s is missing, and asks nobody', async (_, changes, words) => {
    await expect(connectByOAuth2(changes)).rejects.toMatchObject({
      ...{ name: 'InvalidInputException', message: expect.stringContaining(words) as string },
    });
    expect(server.received).toEqual([]);
  });
});

describe('an access token', () => {
  const byToken = (AccessToken: string): OAuth2PropertiesInput => ({
    ...{ OAuth2GrantType: 'AUTHORIZATION_CODE', OAuth2Credentials: { AccessToken } },
  });

  test('without a grant is tried on the instance', async () => {
    const token = server.grants.accessToken();
    await connectByOAuth2(byToken(token));
    expect(server.received).toMatchObject([{ path: '/', authorization: `Bearer ${token}` }]);
  });

  test('fails when the instance does not take it', async () => {
    await expect(connectByOAuth2(byToken('unknown'))).rejects.toMatchObject(
      fault('InvalidCredentialsException', 'HTTP 401'),
    );
  });
});

describe('BASIC authentication', () => {
  const basic = (Password: string) => ({
    AuthenticationType: 'BASIC' as const,
    BasicAuthenticationCredentials: { Username: USER.username, Password },
  });

  test('is tried on the instance', async () => {
    await connect(basic(USER.password));
    expect(server.received).toMatchObject([{ method: 'GET', path: '/' }]);
  });

  test('fails when the password is wrong', async () => {
    await expect(connect(basic('wrong'))).rejects.toMatchObject(fault('InvalidCredentialsException', 'HTTP 401'));
  });

  test('fails when nothing listens at the instance, or it has no URL', async () => {
    await expect(connect(basic('x'), 'http://127.0.0.1:1/')).rejects.toThrow('Connection refused');
    await expect(connect(basic('x'), 'instance')).rejects.toThrow('must have INSTANCE_URL');
  });
});

test.each<[string, AuthenticationConfigurationInput | undefined, string]>([
  ['nothing', undefined, 'AuthenticationConfiguration is required'],
  ['CUSTOM', { AuthenticationType: 'CUSTOM' }, 'Authentication type CUSTOM of SALESFORCE is not modelled'],
  ['IAM', { AuthenticationType: 'IAM' }, 'Authentication type IAM of SALESFORCE is not modelled'],
  [
    "a client application of AWS's",
    {
      AuthenticationType: 'OAUTH2',
      OAuth2Properties: { OAuth2ClientApplication: { AWSManagedClientApplicationReference: 'aws' } },
    },
    'Client applications that AWS manages are not modelled',
  ],
])('fails when the authentication is %s', async (_, configuration, words) => {
  await expect(connect(configuration)).rejects.toMatchObject({
    ...{ name: 'InvalidInputException', message: expect.stringContaining(words) as string },
  });
});
