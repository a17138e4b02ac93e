import { CfnParameter, type Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { ConnectionAuthentication, OAuth2ClientApplication, SecretReference } from '../../../lib/index';
import {
  COMPLETE,
  createParts,
  createTest,
  GLUE_SECRET_ARN,
  KEY_ARN,
  LEAST,
  SECRET_ARN,
  type Parts,
} from './authentications';
import { allStatements, asText, testResourceOf } from '../harness';

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
      (tenant, { secret }) =>
        ConnectionAuthentication.oauth2JwtBearer({ secret, secretTokenUrlParameters: { tenant } }),
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
