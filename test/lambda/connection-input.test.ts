import { exception, output } from './aws-stub';
import { blackBox, invoke, oauth2, PASSWORD, reference, scriptSecret, SECRET, useInputs } from './inputs';

useInputs();

const MANY = Array.from({ length: 2_000 }, (_, index) => `key${index}`);

const JDBC = { HOST: 'db.example.com', PORT: '5432', JDBC_ENGINE: 'postgresql', USERNAME: 'orders' };

describe('what Glue gets', () => {
  const authentication = (AuthenticationConfiguration: object) => ({ AuthenticationConfiguration });
  const JWT = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJvcmRlcnMifQ.c2lnbmF0dXJl';

  test.each([
    ['ConnectionProperties', { ConnectionProperties: { ...JDBC, PASSWORD: 'plain-password' } }],
    ['AuthenticationType', authentication({ AuthenticationType: 'IAM' })],
    ['SecretArn', authentication({ SecretArn: SECRET })],
    ['KmsKeyArn', authentication({ KmsKeyArn: 'arn:aws:kms:eu-west-1:111122223333:key/1' })],
    ['Username', authentication({ BasicAuthenticationCredentials: { Username: 'orders' } })],
    ['Password', authentication({ BasicAuthenticationCredentials: { Password: 'plain-password' } })],
    ['CustomAuthenticationCredentials', authentication({ CustomAuthenticationCredentials: { apiKey: 'plain-key' } })],
    ['OAuth2GrantType', authentication(oauth2({ OAuth2GrantType: 'JWT_BEARER' }))],
    ['ClientId', authentication(oauth2({ OAuth2ClientApplication: { UserManagedClientApplicationClientId: 'id' } }))],
    ['Reference', authentication(oauth2({ OAuth2ClientApplication: { AWSManagedClientApplicationReference: 'aws' } }))],
    ['TokenUrl', authentication(oauth2({ TokenUrl: 'https://login.example.com/token' }))],
    ['TokenUrlParametersMap', authentication(oauth2({ TokenUrlParametersMap: { audience: 'orders' } }))],
    ['AuthorizationCode', authentication(oauth2({ AuthorizationCodeProperties: { AuthorizationCode: 'plain-code' } }))],
    [
      'RedirectUri',
      authentication(oauth2({ AuthorizationCodeProperties: { RedirectUri: 'https://example.com/back' } })),
    ],
    [
      'ClientSecret',
      authentication(oauth2({ OAuth2Credentials: { UserManagedClientApplicationClientSecret: 'plain-secret' } })),
    ],
    ['AccessToken', authentication(oauth2({ OAuth2Credentials: { AccessToken: 'plain-token' } }))],
    ['RefreshToken', authentication(oauth2({ OAuth2Credentials: { RefreshToken: 'plain-token' } }))],
    ['JwtToken', authentication(oauth2({ OAuth2Credentials: { JwtToken: JWT } }))],
  ])('%s as the template gives it', async (name, input) => {
    const { answer, log } = await invoke(`GETS_${name}`, input, { CatalogId: '444455556666' });

    expect(answer).toMatchObject({ Status: 'SUCCESS', Data: { Outcome: 'PASSED', ConnectionName: '', Attempts: 1 } });
    expect(blackBox.aws.calls('TestConnection', `GETS_${name}`).map((call) => call.input)).toEqual([
      {
        CatalogId: '444455556666',
        TestConnectionInput: { ConnectionType: `GETS_${name}`, ConnectionProperties: {}, ...input },
      },
    ]);
    expect(log).not.toContain('plain-');
  });

  test('the values of secrets, each secret read once, however often it is tried', async () => {
    blackBox.aws.script('TestConnection', 'RESOLVED', exception('ThrottlingException', 'slow down'), (response) =>
      response.end('{}'),
    );
    const before = blackBox.aws.calls('GetSecretValue', SECRET).length;
    const { answer } = await invoke('RESOLVED', {
      ConnectionProperties: { PORT: reference('port'), USERNAME: reference('username'), HOST: 'db' },
      AuthenticationConfiguration: { CustomAuthenticationCredentials: { key: reference('password') } },
    });

    expect(answer.Status).toBe('SUCCESS');
    expect(blackBox.aws.calls('TestConnection', 'RESOLVED').at(-1)?.input).toEqual({
      TestConnectionInput: {
        ConnectionType: 'RESOLVED',
        ConnectionProperties: { PORT: '5432', USERNAME: 'orders', HOST: 'db' },
        AuthenticationConfiguration: { CustomAuthenticationCredentials: { key: PASSWORD } },
      },
    });
    expect(blackBox.aws.calls('GetSecretValue', SECRET)).toHaveLength(before + 1);
  });

  test('the value of a secret that could be read only at the second attempt', async () => {
    scriptSecret(
      exception('AccessDeniedException', 'not yet'),
      output({ SecretString: JSON.stringify({ password: PASSWORD }) }),
    );
    const { answer } = await invoke('LATER', { ConnectionProperties: { PASSWORD: reference('password') } });

    expect(answer).toMatchObject({ Status: 'SUCCESS', Data: { Attempts: 2 } });
  });

  test('the current version once, whether or not its stage is named', async () => {
    const before = blackBox.aws.calls('GetSecretValue', SECRET).length;
    await invoke('CURRENT', {
      ConnectionProperties: {
        PASSWORD: reference('password'),
        USERNAME: { ...reference('username'), VersionStage: 'AWSCURRENT' },
      },
    });

    expect(blackBox.aws.calls('GetSecretValue', SECRET)).toHaveLength(before + 1);
  });

  test('the version of a stage, and a whole secret', async () => {
    scriptSecret(output({ SecretString: PASSWORD }));
    await invoke('STAGED', { ConnectionProperties: { PASSWORD: { SecretId: SECRET, VersionStage: 'AWSPREVIOUS' } } });

    expect(blackBox.aws.calls('GetSecretValue', SECRET).at(-1)?.input).toEqual({
      SecretId: SECRET,
      VersionStage: 'AWSPREVIOUS',
    });
    expect(blackBox.aws.calls('TestConnection', 'STAGED').at(-1)?.input).toMatchObject({
      TestConnectionInput: { ConnectionProperties: { PASSWORD } },
    });
  });

  test('many values in time', async () => {
    scriptSecret(
      output({ SecretString: JSON.stringify(Object.fromEntries(MANY.map((key) => [key, `${key}-value`]))) }),
    );
    const CustomAuthenticationCredentials = Object.fromEntries(MANY.map((key) => [key, reference(key)]));
    const { answer, marginMs } = await blackBox.invoke({
      properties: {
        TestConnectionInput: {
          ConnectionType: 'HUGE',
          ConnectionProperties: {},
          AuthenticationConfiguration: { CustomAuthenticationCredentials },
        },
      },
      remainingMs: 10_000,
    });

    expect(answer.Status).toBe('SUCCESS');
    expect(marginMs).toBeGreaterThan(5_000);
  });
});

describe('fails', () => {
  test('when anything in the input is wrong, naming all of it at once, and reading no secret', async () => {
    const { answer } = await invoke('JDBC', {
      ConnectionProperties: { HOST: 'x'.repeat(1025), PASSWORD: reference('passwort'), USERNAME: ['S3cr3t'] },
      AuthenticationConfiguration: {
        SecretArn: 'S3cr3t',
        Colour: 'S3cr3t',
        OAuth2Properties: { TokenUrl: 'ftp://S3cr3t', OAuth2Credentials: { JwtToken: 'S3cr3t' } },
        BasicAuthenticationCredentials: { Password: { SecretId: '', Key: 'S3cr3t' } },
      },
    });

    for (const problem of [
      "'TestConnectionInput.ConnectionProperties.HOST' must be 1 to 1024 characters, got: text of 1025 characters",
      "'TestConnectionInput.ConnectionProperties.USERNAME' must be 1 to 1024 characters, got: a list",
      "'TestConnectionInput.AuthenticationConfiguration.SecretArn' must be at most 2048 characters, the ARN of a secret",
      "'TestConnectionInput.AuthenticationConfiguration.Colour' is not a property",
      "OAuth2Properties.TokenUrl' must be at most 256 characters, a URL",
      "OAuth2Credentials.JwtToken' must be at most 8000 characters, a JSON Web Token",
      "BasicAuthenticationCredentials.Password.SecretId' must be 1 to 2048 characters, got: nothing",
      'it lacks JDBC_CONNECTION_URL, PORT, JDBC_ENGINE',
    ]) {
      expect(answer.Reason).toContain(problem);
    }
    expect(answer.Reason).not.toContain('passwort');
  });

  test('when there are 101 properties', async () => {
    const many = Object.fromEntries(Array.from({ length: 101 }, (_, index) => [`P${index}`, 'x']));
    const { answer } = await invoke('MANY', { ConnectionProperties: many });

    expect(answer.Reason).toContain("ConnectionProperties' must have at most 100 entries, got: 101");
  });

  test.each([
    ['JDBC', {}, 'SECRET_ID, or USERNAME and PASSWORD'],
    ['SALESFORCE', {}, "'TestConnectionInput.AuthenticationConfiguration' is required"],
  ])('when %s lacks what Glue documents', async (type, input, says) => {
    expect((await invoke(type, input)).answer.Reason).toContain(says);
  });

  test.each([
    ['both', { ConnectionName: 'orders' }, "'ConnectionName' and 'TestConnectionInput' exclude each other"],
    ['neither', { TestConnectionInput: undefined }, "'ConnectionName' is required"],
  ])('when %s of name and input are given', async (_, properties, says) => {
    const { answer } = await invoke('EITHER', {}, properties);

    expect(answer.Reason).toContain(says);
    expect(blackBox.aws.calls('TestConnection', 'EITHER')).toEqual([]);
  });
});
