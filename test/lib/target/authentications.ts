import type { Stack } from 'aws-cdk-lib';
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
} from '../../../lib/index';
import { createStack } from '../harness';

export const SECRET_ARN = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:orders-AbCdEf';
export const GLUE_SECRET_ARN = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:read-by-glue-AbCdEf';
export const KEY_ARN = 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';

export interface Parts {
  readonly stack: Stack;
  /** The field of this name of one secret. */
  readonly field: (jsonField: string) => SecretReference;
  /** The secret that Glue reads by itself. */
  readonly secret: secretsmanager.ISecret;
  readonly kmsKey: kms.IKey;
}

export function createParts(): Parts {
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

export function createTest(stack: Stack, authentication: ConnectionAuthentication): void {
  const target = ConnectionTarget.fromInput({ connectionType: glue.ConnectionType.SALESFORCE, authentication });
  new ConnectionTest(stack, 'Test', { target });
}

/** What takes each member of Glue's structure. */
export const COMPLETE: [string, (parts: Parts) => ConnectionAuthentication, object][] = [
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
        tokenUrlParameters: { audience: 'orders' },
        secretTokenUrlParameters: { tenant: field('tenant') },
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
export const LEAST: [string, (parts: Parts) => ConnectionAuthentication, object, string | undefined][] = [
  [
    'AUTHORIZATION_CODE by a code',
    ({ field }) => ConnectionAuthentication.oauth2AuthorizationCode({ authorizationCode: field('code') }),
    { AuthorizationCodeProperties: { AuthorizationCode: rendered('code') } },
    undefined,
  ],
  [
    'AUTHORIZATION_CODE by a refresh token',
    ({ field }) => ConnectionAuthentication.oauth2AuthorizationCode({ refreshToken: field('refresh') }),
    { OAuth2Credentials: { RefreshToken: rendered('refresh') } },
    undefined,
  ],
  [
    'AUTHORIZATION_CODE by an access token',
    ({ field }) => ConnectionAuthentication.oauth2AuthorizationCode({ accessToken: field('access') }),
    { OAuth2Credentials: { AccessToken: rendered('access') } },
    undefined,
  ],
  [
    'AUTHORIZATION_CODE by a secret',
    ({ secret }) => ConnectionAuthentication.oauth2AuthorizationCode({ secret }),
    {},
    GLUE_SECRET_ARN,
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
