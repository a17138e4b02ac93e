import { GlueClient, TestConnectionCommand, type TestConnectionInput } from '@aws-sdk/client-glue';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
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
  type ConnectionInput,
} from '../../lib/index';
import { TEST_CONNECTION_INPUT } from '../../lambda/properties/model';
import type { Shape } from '../../lambda/properties/shape';
import { output } from '../lambda/aws-stub';
import { BlackBox } from '../lambda/black-box';

// Its one app takes a while to synthesize.
jest.setTimeout(60_000);

const SECRET_ARN = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:orders-AbCdEf';
const KEY_ARN = 'arn:aws:kms:eu-west-1:111122223333:key/1a2b3c4d';
const JWT = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJvcmRlcnMifQ.c2lnbmF0dXJl';
const SECRET = { password: 'pass', client: 'cl1ent', code: 'c0de', access: 'acc3ss', refresh: 'r3fresh', jwt: JWT };

const stack = new Stack(new App(), 'Wire', { env: { account: '111122223333', region: 'eu-west-1' } });
const secret = secretsmanager.Secret.fromSecretCompleteArn(stack, 'Secret', SECRET_ARN);
const kmsKey = kms.Key.fromKeyArn(stack, 'Key', KEY_ARN);
const of = (jsonField: keyof typeof SECRET) => SecretReference.fromSecretsManager(secret, { jsonField });
const ownApplication = OAuth2ClientApplication.userManaged({ clientId: 'orders', clientSecret: of('client') });
const tokenUrl = 'https://login.example.com/token';

type Authentication = NonNullable<TestConnectionInput['AuthenticationConfiguration']>;

/** What the construct is given beside a type and no properties, and what Glue has to get for it. */
const AUTHENTICATIONS: Record<string, readonly [ConnectionAuthentication, Authentication]> = {
  basic: [
    ConnectionAuthentication.basic({ username: 'orders', password: of('password'), kmsKey }),
    {
      AuthenticationType: 'BASIC',
      KmsKeyArn: KEY_ARN,
      BasicAuthenticationCredentials: { Username: 'orders', Password: 'pass' },
    },
  ],
  authorizationCode: [
    ConnectionAuthentication.oauth2AuthorizationCode({
      clientApplication: OAuth2ClientApplication.awsManaged('the-app'),
      tokenUrl,
      authorizationCode: of('code'),
      redirectUri: 'https://example.com/back',
    }),
    {
      AuthenticationType: 'OAUTH2',
      OAuth2Properties: {
        OAuth2GrantType: 'AUTHORIZATION_CODE',
        OAuth2ClientApplication: { AWSManagedClientApplicationReference: 'the-app' },
        TokenUrl: tokenUrl,
        AuthorizationCodeProperties: { AuthorizationCode: 'c0de', RedirectUri: 'https://example.com/back' },
      },
    },
  ],
  clientCredentials: [
    ConnectionAuthentication.oauth2ClientCredentials({
      clientApplication: ownApplication,
      tokenUrl,
      tokenUrlParameters: { audience: 'orders' },
      secretTokenUrlParameters: { assertion: of('jwt') },
      accessToken: of('access'),
    }),
    {
      AuthenticationType: 'OAUTH2',
      OAuth2Properties: {
        OAuth2GrantType: 'CLIENT_CREDENTIALS',
        OAuth2ClientApplication: { UserManagedClientApplicationClientId: 'orders' },
        TokenUrl: tokenUrl,
        TokenUrlParametersMap: { audience: 'orders', assertion: JWT },
        OAuth2Credentials: { UserManagedClientApplicationClientSecret: 'cl1ent', AccessToken: 'acc3ss' },
      },
    },
  ],
  jwtBearer: [
    ConnectionAuthentication.oauth2JwtBearer({ tokenUrl, jwtToken: of('jwt') }),
    {
      AuthenticationType: 'OAUTH2',
      OAuth2Properties: {
        OAuth2GrantType: 'JWT_BEARER',
        TokenUrl: tokenUrl,
        OAuth2Credentials: { JwtToken: JWT },
      },
    },
  ],
  refreshToken: [
    ConnectionAuthentication.oauth2RefreshToken({ clientApplication: ownApplication, refreshToken: of('refresh') }),
    {
      AuthenticationType: 'OAUTH2',
      OAuth2Properties: {
        OAuth2GrantType: 'REFRESH_TOKEN',
        OAuth2ClientApplication: { UserManagedClientApplicationClientId: 'orders' },
        OAuth2Credentials: { UserManagedClientApplicationClientSecret: 'cl1ent', RefreshToken: 'r3fresh' },
      },
    },
  ],
  grantFromSecret: [
    ConnectionAuthentication.oauth2JwtBearer({ tokenUrl, secret }),
    {
      AuthenticationType: 'OAUTH2',
      OAuth2Properties: { OAuth2GrantType: 'JWT_BEARER', TokenUrl: tokenUrl },
      SecretArn: SECRET_ARN,
    },
  ],
  custom: [
    ConnectionAuthentication.custom({ credentials: { apiKey: of('password'), other: of('client') } }),
    { AuthenticationType: 'CUSTOM', CustomAuthenticationCredentials: { apiKey: 'pass', other: 'cl1ent' } },
  ],
  iam: [ConnectionAuthentication.iam(), { AuthenticationType: 'IAM' }],
  fromSecret: [
    ConnectionAuthentication.fromSecret(secret, { authenticationType: SecretAuthenticationType.CUSTOM, kmsKey }),
    { AuthenticationType: 'CUSTOM', SecretArn: SECRET_ARN, KmsKeyArn: KEY_ARN },
  ],
};

const JDBC = { JDBC_CONNECTION_URL: 'jdbc:postgresql://db.example.com:5432/orders', USERNAME: 'orders' };

const CASES: Record<string, readonly [ConnectionInput, TestConnectionInput]> = {
  jdbc: [
    {
      connectionType: glue.ConnectionType.JDBC,
      connectionProperties: JDBC,
      secretConnectionProperties: { PASSWORD: of('password') },
    },
    { ConnectionType: 'JDBC', ConnectionProperties: { ...JDBC, PASSWORD: 'pass' } },
  ],
  ...Object.fromEntries(
    Object.entries(AUTHENTICATIONS).map(([name, [authentication, configuration]]) => [
      name,
      [
        { connectionType: new glue.ConnectionType(name), authentication },
        // Any name of a type is accepted, as Glue adds new ones.
        { ConnectionType: name as never, ConnectionProperties: {}, AuthenticationConfiguration: configuration },
      ],
    ]),
  ),
};

let blackBox: BlackBox;
let template: Template;
beforeAll(async () => {
  for (const [name, [input]] of Object.entries(CASES)) {
    new ConnectionTest(stack, `Test${name}`, { target: ConnectionTarget.fromInput(input) });
  }
  template = Template.fromStack(stack);
  blackBox = await BlackBox.start();
  blackBox.aws.script('GetSecretValue', SECRET_ARN, output({ SecretString: JSON.stringify(SECRET) }));
});
afterAll(async () => {
  await blackBox.stop();
});

test.each(Object.entries(CASES))('%s: Glue gets the bytes that the SDK sends for the same', async (_, [, input]) => {
  const [resource] = Object.values(
    template.findResources('Custom::GlueConnectionTest', {
      Properties: { TestConnectionInput: { ConnectionType: input.ConnectionType } },
    }),
  ) as { Properties: Record<string, unknown> }[];
  const { answer } = await blackBox.invoke({ properties: resource!.Properties });
  const client = new GlueClient({
    endpoint: blackBox.aws.url,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'ASIAEXAMPLE', secretAccessKey: 'x' },
  });
  await client.send(new TestConnectionCommand({ TestConnectionInput: input }));
  client.destroy();

  expect(answer).toMatchObject({ Status: 'SUCCESS' });
  const [sent, reference] = blackBox.aws.calls('TestConnection', String(input.ConnectionType));
  expect(sent?.body).toBe(reference?.body);
});

test('no field of the API is left out', () => {
  const reached = new Set(Object.values(CASES).flatMap(([, input]) => pathsIn(TEST_CONNECTION_INPUT, input)));

  expect([...pathsOf(TEST_CONNECTION_INPUT)].filter((field) => !reached.has(field))).toEqual([]);
});

test('no secret is in the template', () => {
  const text = JSON.stringify(template.toJSON());
  expect(Object.values(SECRET).filter((value) => text.includes(`"${value}"`))).toEqual([]);
});

/** Every field that is no structure itself. */
function pathsOf(shape: Shape, path = ''): string[] {
  return shape.kind === 'structure'
    ? Object.entries(shape.members).flatMap(([name, member]) => pathsOf(member, `${path}.${name}`))
    : [path];
}

function pathsIn(shape: Shape, value: unknown, path = ''): string[] {
  if (value === undefined) {
    return [];
  }
  return shape.kind === 'structure'
    ? Object.entries(shape.members).flatMap(([name, member]) =>
        pathsIn(member, (value as Record<string, unknown>)[name], `${path}.${name}`),
      )
    : [path];
}
