import { CfnParameter, type Stack } from 'aws-cdk-lib';
import { ConnectionAuthentication, OAuth2ClientApplication } from '../../../lib/index';
import { createParts, type Parts } from './authentications';
import { HIDDEN } from '../inputs';

type Case = [string, (parts: Parts) => unknown, string];

describe('fails when', () => {
  test.each<Case>([
    [
      'an authorization code',
      () => ConnectionAuthentication.oauth2AuthorizationCode({ redirectUri: 'https://example.com' }),
      "one of 'authorizationCode', 'refreshToken', 'accessToken', 'secret' is required, got: none of them",
    ],
    [
      'client credentials',
      () => ConnectionAuthentication.oauth2ClientCredentials({ tokenUrl: 'https://example.com' }),
      "one of 'clientApplication.clientSecret', 'accessToken', 'secret' is required, got: none of them",
    ],
    [
      'client credentials, with an application that has no secret',
      () =>
        ConnectionAuthentication.oauth2ClientCredentials({
          clientApplication: OAuth2ClientApplication.userManaged({ clientId: 'orders' }),
        }),
      "one of 'clientApplication.clientSecret', 'accessToken', 'secret' is required, got: none of them",
    ],
    [
      'a JWT',
      () => ConnectionAuthentication.oauth2JwtBearer({}),
      "one of 'jwtToken', 'accessToken', 'secret' is required, got: none of them",
    ],
    [
      'a refresh token',
      ({ field }) =>
        ConnectionAuthentication.oauth2RefreshToken({
          clientApplication: OAuth2ClientApplication.userManaged({ clientId: 'orders', clientSecret: field('secret') }),
        }),
      "one of 'refreshToken', 'accessToken', 'secret' is required, got: none of them",
    ],
    [
      'custom credentials',
      () => ConnectionAuthentication.custom({ credentials: {} }),
      "'credentials' must not be empty, expected a SecretReference by the name of each credential",
    ],
  ])('there is no credential for %s', (_, act, says) => {
    expect(() => act(createParts())).toThrow(says);
  });

  const plain: [string, (value: never, parts: Parts) => unknown][] = [
    ['password', (password) => ConnectionAuthentication.basic({ username: 'orders', password })],
    ['authorizationCode', (value) => ConnectionAuthentication.oauth2AuthorizationCode({ authorizationCode: value })],
    [
      'refreshToken',
      (refreshToken, { secret }) => ConnectionAuthentication.oauth2AuthorizationCode({ refreshToken, secret }),
    ],
    ['refreshToken', (refreshToken) => ConnectionAuthentication.oauth2RefreshToken({ refreshToken })],
    ['accessToken', (accessToken) => ConnectionAuthentication.oauth2AuthorizationCode({ accessToken })],
    ['accessToken', (accessToken) => ConnectionAuthentication.oauth2ClientCredentials({ accessToken })],
    ['accessToken', (accessToken) => ConnectionAuthentication.oauth2JwtBearer({ accessToken })],
    ['accessToken', (accessToken) => ConnectionAuthentication.oauth2RefreshToken({ accessToken })],
    ['jwtToken', (jwtToken) => ConnectionAuthentication.oauth2JwtBearer({ jwtToken })],
    ['clientSecret', (clientSecret) => OAuth2ClientApplication.userManaged({ clientId: 'orders', clientSecret })],
    ['credentials.apiKey', (apiKey) => ConnectionAuthentication.custom({ credentials: { apiKey } })],
  ];
  const values: [string, (stack: Stack) => unknown][] = [
    ['a literal', () => HIDDEN],
    ['a parameter', (stack) => new CfnParameter(stack, 'Parameter', { noEcho: true }).valueAsString],
    ['an object', () => ({ SecretId: HIDDEN })],
  ];
  test.each(plain.flatMap(([name, act]) => values.map(([what, value]) => ({ name, what, value, act }))))(
    '$name is $what instead of a SecretReference, without showing it',
    ({ name, value, act }) => {
      const parts = createParts();
      const given = value(parts.stack) as never;
      const says =
        `'${name}' must be a SecretReference, so that no secret gets into the template, got: ${typeof given}; ` +
        'use SecretReference.fromSecretsManager(secret, { jsonField })';
      expect(() => act(given, parts)).toThrow(new Error(says));
    },
  );

  test('a password is missing', () => {
    expect(() => ConnectionAuthentication.basic({ username: 'orders', password: undefined as never })).toThrow(
      "'password' must be a SecretReference",
    );
  });

  test.each(['https://id:hunter2@h/t', 'https://h/t?client_secret=hunter2', 'https://h/t?code=hunter2'])(
    'tokenUrl or redirectUri holds a secret: %s',
    (url) => {
      const { field } = createParts();
      for (const name of ['tokenUrl', 'redirectUri']) {
        const act = () =>
          ConnectionAuthentication.oauth2AuthorizationCode({ authorizationCode: field('code'), [name]: url });
        expect(act).toThrow(`'${name}' must not hold a password`);
        expect(act).not.toThrow('hunter2');
      }
    },
  );

  const urls = [
    ['of another scheme', 'ftp://example.com'],
    ['without a scheme', 'example.com/token'],
    ['without a host', 'https://'],
    ['with a space', 'https://example.com/a b'],
    ['with a line break', 'https://example.com\n'],
  ];
  test.each(urls)('tokenUrl or redirectUri is a URL %s', (_, url) => {
    const { field } = createParts();
    const options = { authorizationCode: field('code') };
    expect(() => ConnectionAuthentication.oauth2AuthorizationCode({ ...options, tokenUrl: url })).toThrow(
      "'tokenUrl' must be an http or https URL, got: ",
    );
    expect(() => ConnectionAuthentication.oauth2AuthorizationCode({ ...options, redirectUri: url })).toThrow(
      "'redirectUri' must be an http or https URL, got: ",
    );
  });

  test.each([
    ['a user and its password', `https://orders:${HIDDEN}@example.com/token`],
    ['a client secret', `https://example.com/token?client_id=orders&client_secret=${HIDDEN}`],
    ['a scheme of its own, and a password', `ftp://orders:${HIDDEN}@example.com/token`],
  ])('tokenUrl or redirectUri has %s, without showing it', (_, url) => {
    const { field } = createParts();
    for (const name of ['tokenUrl', 'redirectUri']) {
      const act = () =>
        ConnectionAuthentication.oauth2AuthorizationCode({ authorizationCode: field('code'), [name]: url });
      expect(act).toThrow(`'${name}' must `);
      expect(act).not.toThrow(HIDDEN);
    }
  });

  test.each(['client_secret', 'password', 'assertion', 'client_assertion', 'refresh_token', 'code'])(
    'the parameter %s of tokenUrl is plain text, without showing it',
    (name) => {
      const { field } = createParts();
      const jwtToken = field('jwt');
      const act = () => ConnectionAuthentication.oauth2JwtBearer({ jwtToken, tokenUrlParameters: { [name]: HIDDEN } });
      expect(act).toThrow(`'tokenUrlParameters.${name}' must be a SecretReference in 'secretTokenUrlParameters'`);
      expect(act).not.toThrow(HIDDEN);
      const secretTokenUrlParameters = { [name]: field('value') };
      expect(() => ConnectionAuthentication.oauth2JwtBearer({ jwtToken, secretTokenUrlParameters })).not.toThrow();
    },
  );

  /** What is too short or too long, with its longest and shortest length; a value that is too long is never shown. */
  const lengths: [string, number, number, (value: string, parts: Parts) => unknown][] = [
    [
      'username',
      1,
      512,
      (username, { field }) => ConnectionAuthentication.basic({ username, password: field('password') }),
    ],
    ['clientId', 1, 2048, (clientId) => OAuth2ClientApplication.userManaged({ clientId })],
    ['reference', 1, 2048, (reference) => OAuth2ClientApplication.awsManaged(reference)],
    [
      'tokenUrlParameters.audience',
      1,
      512,
      (audience, { field }) =>
        ConnectionAuthentication.oauth2JwtBearer({ jwtToken: field('jwt'), tokenUrlParameters: { audience } }),
    ],
    [
      "a name in 'tokenUrlParameters'",
      1,
      128,
      (name, { field }) =>
        ConnectionAuthentication.oauth2JwtBearer({ jwtToken: field('jwt'), tokenUrlParameters: { [name]: 'x' } }),
    ],
    [
      "a name in 'secretTokenUrlParameters'",
      1,
      128,
      (name, { field }) =>
        ConnectionAuthentication.oauth2JwtBearer({
          jwtToken: field('jwt'),
          secretTokenUrlParameters: { [name]: field('x') },
        }),
    ],
    [
      "a name in 'credentials'",
      1,
      128,
      (name, { field }) => ConnectionAuthentication.custom({ credentials: { [name]: field('key') } }),
    ],
  ];
  test.each(lengths)('%s is not %i to %i characters', (name, min, max, act) => {
    const parts = createParts();
    const says = (got: number) => new Error(`'${name}' must be ${min} to ${max} characters, got: ${got}`);
    expect(() => act('', parts)).toThrow(says(0));
    expect(() => act('x'.repeat(max + 1), parts)).toThrow(says(max + 1));
    expect(() => act('x'.repeat(max), parts)).not.toThrow();
    expect(() => act('x'.repeat(min), parts)).not.toThrow();
  });

  test.each([
    ['tokenUrl', 256],
    ['redirectUri', 512],
  ])('%s is longer than %i characters', (name, max) => {
    const { field } = createParts();
    const act = (length: number) =>
      ConnectionAuthentication.oauth2AuthorizationCode({
        authorizationCode: field('code'),
        [name]: 'https://example.com/'.padEnd(length, 'x'),
      });
    expect(() => act(max + 1)).toThrow(`'${name}' must be 1 to ${max} characters, got: ${max + 1}`);
    expect(() => act(max)).not.toThrow();
  });
});
