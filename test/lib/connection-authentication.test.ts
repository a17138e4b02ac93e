import { CfnParameter, type Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import * as glue from 'aws-cdk-lib/aws-glue';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import {
  ConnectionAuthentication,
  ConnectionTarget,
  ConnectionTest,
  OAuth2ClientApplication,
  SecretAuthenticationType,
  SecretReference,
} from '../../lib/index';
import { allStatements, asText, createStack, testResourceOf } from './harness';

const HIDDEN = 'hunter2-never-shown';
const SECRET_ARN = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:orders-AbCdEf';
const GLUE_SECRET_ARN = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:read-by-glue-AbCdEf';
const KEY_ARN = 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';

interface Parts {
  readonly stack: Stack;
  /** The field of this name of one secret. */
  readonly field: (jsonField: string) => SecretReference;
  /** The secret that Glue reads by itself. */
  readonly secret: secretsmanager.ISecret;
  readonly kmsKey: kms.IKey;
}

function createParts(): Parts {
  const stack = createStack();
  const referred = secretsmanager.Secret.fromSecretCompleteArn(stack, 'Secret', SECRET_ARN);
  return {
    stack,
    field: (jsonField) => SecretReference.fromSecretsManager(referred, { jsonField }),
    secret: secretsmanager.Secret.fromSecretCompleteArn(stack, 'ReadByGlue', GLUE_SECRET_ARN),
    kmsKey: kms.Key.fromKeyArn(stack, 'Key', KEY_ARN),
  };
}

/** A reference in the template. */
function rendered(jsonField: string) {
  return { SecretId: SECRET_ARN, JsonKey: jsonField };
}

function createTest(stack: Stack, authentication: ConnectionAuthentication): void {
  const target = ConnectionTarget.fromInput({ connectionType: glue.ConnectionType.SALESFORCE, authentication });
  new ConnectionTest(stack, 'Test', { target });
}

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
      "'tokenUrl' must be a URL of http or https, got: ",
    );
    expect(() => ConnectionAuthentication.oauth2AuthorizationCode({ ...options, redirectUri: url })).toThrow(
      "'redirectUri' must be a URL of http or https, got: ",
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
      const act = (value: string | SecretReference) => () =>
        ConnectionAuthentication.oauth2JwtBearer({ jwtToken: field('jwt'), tokenUrlParameters: { [name]: value } });
      expect(act(HIDDEN)).toThrow(`'tokenUrlParameters.${name}' must be a SecretReference`);
      expect(act(HIDDEN)).not.toThrow(HIDDEN);
      expect(act(field('value'))).not.toThrow();
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

/** What takes each member of Glue's structure. */
const COMPLETE: [string, (parts: Parts) => ConnectionAuthentication, object][] = [
  [
    'basic',
    ({ field, kmsKey }) => ConnectionAuthentication.basic({ username: 'orders', password: field('password'), kmsKey }),
    {
      AuthenticationType: 'BASIC',
      BasicAuthenticationCredentials: { Username: 'orders', Password: rendered('password') },
      KmsKeyArn: KEY_ARN,
    },
  ],
  [
    'basic with a referred user name',
    ({ field }) => ConnectionAuthentication.basic({ username: field('username'), password: field('password') }),
    {
      AuthenticationType: 'BASIC',
      BasicAuthenticationCredentials: { Username: rendered('username'), Password: rendered('password') },
    },
  ],
  [
    'oauth2AuthorizationCode',
    ({ field, secret, kmsKey }) =>
      ConnectionAuthentication.oauth2AuthorizationCode({
        clientApplication: OAuth2ClientApplication.userManaged({ clientId: 'app', clientSecret: field('secret') }),
        tokenUrl: 'https://example.com/token',
        tokenUrlParameters: { audience: 'orders', tenant: field('tenant') },
        authorizationCode: field('code'),
        redirectUri: 'https://example.com/callback',
        accessToken: field('access'),
        refreshToken: field('refresh'),
        secret,
        kmsKey,
      }),
    {
      AuthenticationType: 'OAUTH2',
      OAuth2Properties: {
        OAuth2GrantType: 'AUTHORIZATION_CODE',
        OAuth2ClientApplication: { UserManagedClientApplicationClientId: 'app' },
        TokenUrl: 'https://example.com/token',
        TokenUrlParametersMap: { audience: 'orders', tenant: rendered('tenant') },
        AuthorizationCodeProperties: {
          AuthorizationCode: rendered('code'),
          RedirectUri: 'https://example.com/callback',
        },
        OAuth2Credentials: {
          UserManagedClientApplicationClientSecret: rendered('secret'),
          AccessToken: rendered('access'),
          RefreshToken: rendered('refresh'),
        },
      },
      SecretArn: GLUE_SECRET_ARN,
      KmsKeyArn: KEY_ARN,
    },
  ],
  [
    'oauth2ClientCredentials',
    ({ field, secret, kmsKey }) =>
      ConnectionAuthentication.oauth2ClientCredentials({
        clientApplication: OAuth2ClientApplication.userManaged({
          clientId: field('id'),
          clientSecret: field('secret'),
        }),
        tokenUrl: 'http://localhost/token',
        tokenUrlParameters: { scope: 'read' },
        accessToken: field('access'),
        secret,
        kmsKey,
      }),
    {
      AuthenticationType: 'OAUTH2',
      OAuth2Properties: {
        OAuth2GrantType: 'CLIENT_CREDENTIALS',
        OAuth2ClientApplication: { UserManagedClientApplicationClientId: rendered('id') },
        TokenUrl: 'http://localhost/token',
        TokenUrlParametersMap: { scope: 'read' },
        OAuth2Credentials: {
          UserManagedClientApplicationClientSecret: rendered('secret'),
          AccessToken: rendered('access'),
        },
      },
      SecretArn: GLUE_SECRET_ARN,
      KmsKeyArn: KEY_ARN,
    },
  ],
  [
    'oauth2JwtBearer',
    ({ field, secret, kmsKey }) =>
      ConnectionAuthentication.oauth2JwtBearer({
        clientApplication: OAuth2ClientApplication.awsManaged('managed-app'),
        tokenUrl: 'https://example.com/token',
        tokenUrlParameters: { scope: 'read' },
        jwtToken: field('jwt'),
        accessToken: field('access'),
        secret,
        kmsKey,
      }),
    {
      AuthenticationType: 'OAUTH2',
      OAuth2Properties: {
        OAuth2GrantType: 'JWT_BEARER',
        OAuth2ClientApplication: { AWSManagedClientApplicationReference: 'managed-app' },
        TokenUrl: 'https://example.com/token',
        TokenUrlParametersMap: { scope: 'read' },
        OAuth2Credentials: { AccessToken: rendered('access'), JwtToken: rendered('jwt') },
      },
      SecretArn: GLUE_SECRET_ARN,
      KmsKeyArn: KEY_ARN,
    },
  ],
  [
    'oauth2RefreshToken',
    ({ field, secret, kmsKey }) =>
      ConnectionAuthentication.oauth2RefreshToken({
        clientApplication: OAuth2ClientApplication.userManaged({ clientId: 'app' }),
        tokenUrl: 'https://example.com/token',
        tokenUrlParameters: { scope: 'read' },
        refreshToken: field('refresh'),
        accessToken: field('access'),
        secret,
        kmsKey,
      }),
    {
      AuthenticationType: 'OAUTH2',
      OAuth2Properties: {
        OAuth2GrantType: 'REFRESH_TOKEN',
        OAuth2ClientApplication: { UserManagedClientApplicationClientId: 'app' },
        TokenUrl: 'https://example.com/token',
        TokenUrlParametersMap: { scope: 'read' },
        OAuth2Credentials: { AccessToken: rendered('access'), RefreshToken: rendered('refresh') },
      },
      SecretArn: GLUE_SECRET_ARN,
      KmsKeyArn: KEY_ARN,
    },
  ],
  [
    'custom',
    ({ field, kmsKey }) =>
      ConnectionAuthentication.custom({ credentials: { apiKey: field('key'), org: field('org') }, kmsKey }),
    {
      AuthenticationType: 'CUSTOM',
      CustomAuthenticationCredentials: { apiKey: rendered('key'), org: rendered('org') },
      KmsKeyArn: KEY_ARN,
    },
  ],
  ['iam', () => ConnectionAuthentication.iam(), { AuthenticationType: 'IAM' }],
  [
    'iam with a key',
    ({ kmsKey }) => ConnectionAuthentication.iam({ kmsKey }),
    { AuthenticationType: 'IAM', KmsKeyArn: KEY_ARN },
  ],
  [
    'fromSecret',
    ({ secret }) => ConnectionAuthentication.fromSecret(secret),
    { AuthenticationType: 'BASIC', SecretArn: GLUE_SECRET_ARN },
  ],
  [
    'fromSecret of a custom type with a key',
    ({ secret, kmsKey }) =>
      ConnectionAuthentication.fromSecret(secret, { authenticationType: SecretAuthenticationType.CUSTOM, kmsKey }),
    { AuthenticationType: 'CUSTOM', SecretArn: GLUE_SECRET_ARN, KmsKeyArn: KEY_ARN },
  ],
];

/** What takes the least: one credential, or the secret that Glue reads. */
const LEAST: [string, (parts: Parts) => ConnectionAuthentication, object, string | undefined][] = [
  [
    'AUTHORIZATION_CODE by a code',
    ({ field }) => ConnectionAuthentication.oauth2AuthorizationCode({ authorizationCode: field('code') }),
    { AuthorizationCodeProperties: { AuthorizationCode: rendered('code') } },
    undefined,
  ],
  [
    'CLIENT_CREDENTIALS by the secret of the application',
    ({ field }) =>
      ConnectionAuthentication.oauth2ClientCredentials({
        clientApplication: OAuth2ClientApplication.userManaged({ clientId: 'app', clientSecret: field('secret') }),
      }),
    {
      OAuth2ClientApplication: { UserManagedClientApplicationClientId: 'app' },
      OAuth2Credentials: { UserManagedClientApplicationClientSecret: rendered('secret') },
    },
    undefined,
  ],
  [
    'CLIENT_CREDENTIALS by a secret',
    ({ secret }) => ConnectionAuthentication.oauth2ClientCredentials({ secret, tokenUrlParameters: {} }),
    {},
    GLUE_SECRET_ARN,
  ],
  [
    'JWT_BEARER by a JWT',
    ({ field }) => ConnectionAuthentication.oauth2JwtBearer({ jwtToken: field('jwt') }),
    { OAuth2Credentials: { JwtToken: rendered('jwt') } },
    undefined,
  ],
  ['JWT_BEARER by a secret', ({ secret }) => ConnectionAuthentication.oauth2JwtBearer({ secret }), {}, GLUE_SECRET_ARN],
  [
    'REFRESH_TOKEN by a refresh token',
    ({ field }) => ConnectionAuthentication.oauth2RefreshToken({ refreshToken: field('refresh') }),
    { OAuth2Credentials: { RefreshToken: rendered('refresh') } },
    undefined,
  ],
  [
    'REFRESH_TOKEN by a secret',
    ({ secret }) => ConnectionAuthentication.oauth2RefreshToken({ secret }),
    {},
    GLUE_SECRET_ARN,
  ],
];

describe('the template', () => {
  test.each(COMPLETE)('has all that is given to %s', (_, act, configuration) => {
    const parts = createParts();
    createTest(parts.stack, act(parts));

    expect(testResourceOf(parts.stack).Properties.TestConnectionInput).toEqual({
      ConnectionType: 'SALESFORCE',
      ConnectionProperties: {},
      AuthenticationConfiguration: configuration,
    });
  });

  test.each(LEAST)('has nothing but what is given: %s', (grant, act, properties, SecretArn) => {
    const parts = createParts();
    createTest(parts.stack, act(parts));

    const { AuthenticationConfiguration } = testResourceOf(parts.stack).Properties.TestConnectionInput as {
      AuthenticationConfiguration: object;
    };
    expect(AuthenticationConfiguration).toEqual({
      AuthenticationType: 'OAUTH2',
      OAuth2Properties: { OAuth2GrantType: grant.split(' ')[0], ...properties },
      ...(SecretArn === undefined ? {} : { SecretArn }),
    });
  });

  test.each<[string, (parts: Parts) => ConnectionAuthentication, object]>([
    [
      'a refresh token',
      ({ field }) => ConnectionAuthentication.oauth2AuthorizationCode({ refreshToken: field('refresh') }),
      { OAuth2Properties: { OAuth2Credentials: { RefreshToken: rendered('refresh') } } },
    ],
    [
      'an access token',
      ({ field }) => ConnectionAuthentication.oauth2AuthorizationCode({ accessToken: field('access') }),
      { OAuth2Properties: { OAuth2Credentials: { AccessToken: rendered('access') } } },
    ],
    [
      'a secret that Glue reads',
      ({ secret }) => ConnectionAuthentication.oauth2AuthorizationCode({ secret }),
      { SecretArn: GLUE_SECRET_ARN },
    ],
  ])('has, for the grant of an authorization code, %s instead of the code', (_, act, configuration) => {
    const parts = createParts();
    createTest(parts.stack, act(parts));

    expect(testResourceOf(parts.stack).Properties.TestConnectionInput).toMatchObject({
      AuthenticationConfiguration: configuration,
    });
    expect(JSON.stringify(testResourceOf(parts.stack).Properties)).not.toContain('"AuthorizationCode"');
  });

  test("can have each member of Glue's structure", () => {
    const members = new Set<string>();
    const collect = (value: unknown) => {
      if (typeof value === 'object' && value !== null) {
        for (const [name, member] of Object.entries(value)) {
          members.add(name);
          collect(member);
        }
      }
    };
    for (const [, act] of COMPLETE) {
      const parts = createParts();
      createTest(parts.stack, act(parts));
      collect(testResourceOf(parts.stack).Properties.TestConnectionInput);
    }

    expect([...members]).toEqual(
      expect.arrayContaining([
        'ConnectionType',
        'ConnectionProperties',
        'AuthenticationConfiguration',
        'AuthenticationType',
        'SecretArn',
        'KmsKeyArn',
        'BasicAuthenticationCredentials',
        'Username',
        'Password',
        'CustomAuthenticationCredentials',
        'OAuth2Properties',
        'OAuth2GrantType',
        'OAuth2ClientApplication',
        'UserManagedClientApplicationClientId',
        'AWSManagedClientApplicationReference',
        'TokenUrl',
        'TokenUrlParametersMap',
        'AuthorizationCodeProperties',
        'AuthorizationCode',
        'RedirectUri',
        'OAuth2Credentials',
        'UserManagedClientApplicationClientSecret',
        'AccessToken',
        'RefreshToken',
        'JwtToken',
      ]),
    );
  });

  test('takes a URL that is only known at deployment', () => {
    const { stack, field } = createParts();
    const tokenUrl = new CfnParameter(stack, 'TokenUrl').valueAsString;
    createTest(stack, ConnectionAuthentication.oauth2JwtBearer({ jwtToken: field('jwt'), tokenUrl }));

    expect(testResourceOf(stack).Properties.TestConnectionInput).toMatchObject({
      AuthenticationConfiguration: { OAuth2Properties: { TokenUrl: { Ref: 'TokenUrl' } } },
    });
  });
});

describe('the test may', () => {
  const resourcesWith = (stack: Stack, action: string) =>
    allStatements(stack)
      .filter(({ Action }) => [Action].flat().includes(action))
      .flatMap(({ Resource }) => [Resource].flat().map(asText));

  test.each(COMPLETE)('read and decrypt what %s takes, and no more', (_, act, configuration) => {
    const parts = createParts();
    createTest(parts.stack, act(parts));

    const text = JSON.stringify(configuration);
    const [referred, readByGlue] = [SECRET_ARN, GLUE_SECRET_ARN].map((arn) => (text.includes(arn) ? [arn] : []));
    const key = text.includes(KEY_ARN) ? [KEY_ARN] : [];
    const { stack } = parts;
    expect(resourcesWith(stack, 'glue:TestConnection')).toEqual(['*']);
    expect(resourcesWith(stack, 'secretsmanager:GetSecretValue').sort()).toEqual([...referred!, ...readByGlue!].sort());
    expect(resourcesWith(stack, 'secretsmanager:DescribeSecret')).toEqual(readByGlue);
    expect(resourcesWith(stack, 'kms:Decrypt')).toEqual(key);
    expect(resourcesWith(stack, 'kms:GenerateDataKey')).toEqual(key);
    const actions = allStatements(stack).flatMap(({ Action }) => Action);
    expect(actions.filter((action) => /^(ec2|iam):|GetConnection/.test(action))).toEqual([]);
    Annotations.fromStack(stack).hasNoWarning('*', Match.anyValue());
  });

  test.each<[string, (reference: SecretReference, parts: Parts) => ConnectionAuthentication]>([
    ['the code', (code) => ConnectionAuthentication.oauth2AuthorizationCode({ authorizationCode: code })],
    ['the JWT', (jwtToken) => ConnectionAuthentication.oauth2JwtBearer({ jwtToken })],
    ['the refresh token', (refreshToken) => ConnectionAuthentication.oauth2RefreshToken({ refreshToken })],
    ['the access token', (accessToken) => ConnectionAuthentication.oauth2ClientCredentials({ accessToken })],
    ['the user name', (username, { field }) => ConnectionAuthentication.basic({ username, password: field('p') })],
    ['the password', (password) => ConnectionAuthentication.basic({ username: 'orders', password })],
    ['a custom credential', (key) => ConnectionAuthentication.custom({ credentials: { key } })],
    [
      'a parameter of the URL',
      (tenant, { secret }) => ConnectionAuthentication.oauth2JwtBearer({ secret, tokenUrlParameters: { tenant } }),
    ],
    [
      'the client id',
      (clientId, { secret }) =>
        ConnectionAuthentication.oauth2JwtBearer({
          secret,
          clientApplication: OAuth2ClientApplication.userManaged({ clientId }),
        }),
    ],
    [
      'the client secret',
      (clientSecret) =>
        ConnectionAuthentication.oauth2ClientCredentials({
          clientApplication: OAuth2ClientApplication.userManaged({ clientId: 'app', clientSecret }),
        }),
    ],
  ])('read the secret of %s, and decrypt it with its key', (_, act) => {
    const parts = createParts();
    const { stack } = parts;
    const encryptionKey = new kms.Key(stack, 'SecretKey');
    const own = new secretsmanager.Secret(stack, 'Own', { encryptionKey });
    createTest(stack, act(SecretReference.fromSecretsManager(own), parts));

    const arn = asText(stack.resolve(own.secretArn));
    expect(resourcesWith(stack, 'secretsmanager:GetSecretValue').filter((one) => one === arn)).toHaveLength(1);
    expect(resourcesWith(stack, 'secretsmanager:DescribeSecret')).not.toContain(arn);
    expect(resourcesWith(stack, 'kms:Decrypt')).toEqual([asText(stack.resolve(encryptionKey.keyArn))]);
    expect(resourcesWith(stack, 'kms:GenerateDataKey')).toEqual([]);
  });

  test('read and describe a secret that Glue reads and that is referred to as well', () => {
    const { stack, secret } = createParts();
    const accessToken = SecretReference.fromSecretsManager(secret, { jsonField: 'access' });
    createTest(stack, ConnectionAuthentication.oauth2RefreshToken({ secret, accessToken }));

    expect(new Set(resourcesWith(stack, 'secretsmanager:GetSecretValue'))).toEqual(new Set([GLUE_SECRET_ARN]));
    expect(resourcesWith(stack, 'secretsmanager:DescribeSecret')).toEqual([GLUE_SECRET_ARN]);
  });
});
