import { exception, output, type Reply } from './aws-stub';
import { BlackBox, type Result } from './black-box';

const SECRET = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:orders-AbCdEf';
const PASSWORD = 'S3cr3t ä"\\%/;,&@+Th3T4il';
const reference = (JsonKey?: string, SecretId = SECRET) => ({
  SecretId,
  ...(JsonKey === undefined ? {} : { JsonKey }),
});

let blackBox: BlackBox;
beforeAll(async () => {
  blackBox = await BlackBox.start({ random: 0.1 });
});
beforeEach(() => {
  scriptSecret(
    output({ SecretString: JSON.stringify({ username: 'orders', password: PASSWORD, port: 5432, tags: {} }) }),
  );
});
afterEach(() => {
  // Whatever a test does: the value is in no log.
  expect(blackBox.log).not.toContain('S3cr3t');
  expect(blackBox.log).not.toContain('Th3T4il');
});
afterAll(async () => {
  await blackBox.stop();
});

function scriptSecret(...replies: Reply[]): void {
  blackBox.aws.script('GetSecretValue', SECRET, ...replies);
}

/** Tests an input; the type of the connection is the name by which the stub knows it. */
async function invoke(ConnectionType: string, input: object, properties: object = {}): Promise<Result> {
  const TestConnectionInput = { ConnectionType, ConnectionProperties: {}, ...input };
  const result = await blackBox.invoke({ properties: { TestConnectionInput, TimeoutSeconds: '2', ...properties } });
  expect(JSON.stringify(result.answer)).not.toMatch(/S3cr3t|Th3T4il/);
  return result;
}

const MANY = Array.from({ length: 2_000 }, (_, index) => `key${index}`);

const JDBC = { HOST: 'db.example.com', PORT: '5432', JDBC_ENGINE: 'postgresql', USERNAME: 'orders' };

const oauth2 = (OAuth2Properties: object) => ({ AuthenticationType: 'OAUTH2', OAuth2Properties });

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
});

describe('fails', () => {
  const denied = (what: string) => exception('AccessDeniedException', what);
  const notFound = (what: string) => exception('ResourceNotFoundException', `Secrets Manager can't find ${what}`);

  test.each([
    ['that does not exist', notFound('the specified secret.'), 'SECRET', 'does not exist'],
    [
      'without this stage',
      notFound('the specified secret value for staging label: X'),
      'SECRET',
      'no version of this stage',
    ],
    [
      'that is being deleted',
      exception('InvalidRequestException', 'the secret was marked for deletion'),
      'SECRET',
      'being deleted',
    ],
    [
      'that it may not read',
      denied('User: x is not authorized to perform: secretsmanager:GetSecretValue'),
      'PROPAGATION',
      'GetSecretValue',
    ],
    ['whose key it may not use', denied('Access to KMS is not allowed'), 'PROPAGATION', 'kms:Decrypt'],
    ['whose key is disabled', exception('DecryptionFailure', "can't decrypt"), 'ENCRYPTION', 'Enable the secret'],
    ['that is binary', output({ SecretBinary: 'AAEC' }), 'SECRET', 'binary data'],
    ['that is not JSON', output({ SecretString: PASSWORD }), 'SECRET', 'is not a JSON object'],
    ['that is a JSON list', output({ SecretString: JSON.stringify([PASSWORD]) }), 'SECRET', 'is not a JSON object'],
    [
      'without the key, naming those that it has',
      output({ SecretString: JSON.stringify({ user: 'x', pass: PASSWORD, [PASSWORD]: 1 }) }),
      'SECRET',
      "has no key 'password', it has: user, pass, 1 more",
    ],
    [
      'whose key holds no text',
      output({ SecretString: JSON.stringify({ password: { a: PASSWORD } }) }),
      'SECRET',
      'holds no text',
    ],
    ['of a service that fails', exception('InternalServiceError', 'oops', 500), 'SERVICE_FAULT', 'Secrets Manager'],
  ])('when it refers to a secret %s', async (_, reply, category, says) => {
    scriptSecret(reply);
    const { answer } = await invoke('UNREAD', { ConnectionProperties: { PASSWORD: reference('password') } });

    expect(answer.Status).toBe('FAILED');
    expect(answer.Reason).toContain(`Glue connection input of type UNREAD failed its test: ${category}.`);
    expect(answer.Reason).toContain(
      "Secrets Manager: 'TestConnectionInput.ConnectionProperties.PASSWORD' can't be read: ",
    );
    expect(answer.Reason).toContain(says);
    expect(blackBox.aws.calls('TestConnection', 'UNREAD')).toEqual([]);
  });

  test('when Secrets Manager does not answer in time, and does not blame Glue for it', async () => {
    scriptSecret(() => undefined);
    const { answer } = await invoke('HANGING', { ConnectionProperties: { PASSWORD: reference('password') } });

    expect(answer.Reason).toContain('failed its test: TIMEOUT.');
    expect(answer.Reason).toContain("Secrets Manager: 'TestConnectionInput.ConnectionProperties.PASSWORD'");
    expect(answer.Reason).toContain('Cause: Secrets Manager did not answer before the time was over.');
    expect(answer.Reason).not.toContain('Glue did not answer');
  });

  test('with a readable reason when a secret is hardly more than blanks', async () => {
    scriptSecret(output({ SecretString: 'e  ' }));
    blackBox.aws.script('TestConnection', 'BLANK', exception('InvalidInputException', 'refused the user'));
    const { answer } = await invoke('BLANK', { ConnectionProperties: { PASSWORD: reference() } });

    expect(answer.Reason).toContain('Glue: refused the user (');
  });

  test('when several secrets are wrong, naming all of them at once', async () => {
    const { answer } = await invoke('SEVERAL', {
      ConnectionProperties: { PASSWORD: reference('passwort'), USERNAME: reference('tags') },
      AuthenticationConfiguration: { BasicAuthenticationCredentials: { Password: reference('password') } },
    });

    expect(answer.Reason).toContain("ConnectionProperties.PASSWORD' can't be read: ");
    expect(answer.Reason).toContain("ConnectionProperties.USERNAME' can't be read: key 'tags'");
    expect(answer.Reason).not.toContain('BasicAuthenticationCredentials');
  });

  test('at once when one secret is wrong for good, although another may still be granted', async () => {
    const other = SECRET.replace('orders', 'others');
    blackBox.aws.script('GetSecretValue', other, exception('AccessDeniedException', 'not yet'));
    const { answer } = await invoke('BOTH', {
      ConnectionProperties: { A: reference('a', other), PASSWORD: reference('passwort') },
    });

    expect(answer.Reason).toContain('failed its test: SECRET.');
    expect(answer.Reason).toContain('not yet');
    expect(answer.Reason).toContain('Attempts: 1 in');
  });

  test('when the value of a secret is not what Glue takes in its place', async () => {
    scriptSecret(output({ SecretString: JSON.stringify({ password: PASSWORD.repeat(100) }) }));
    const { answer } = await invoke('LONG', { ConnectionProperties: { PASSWORD: reference('password') } });

    expect(answer.Reason).toContain("PASSWORD' must be 1 to 1024 characters, which key 'password' of secret");
  });

  test('when Glue refuses a password that came from a secret, without showing it', async () => {
    blackBox.aws.script('TestConnection', 'REFUSED', exception('InvalidInputException', `FATAL: not ${PASSWORD}`));
    const { answer } = await invoke('REFUSED', { ConnectionProperties: { PASSWORD: reference('password') } });

    expect(answer.Reason).toContain('Glue: FATAL: not **** (InvalidInputException)');
  });

  test.each([
    ['trimmed', (value: string) => value.trim()],
    ['on one line', (value: string) => value.replaceAll('\t', ' ').trim()],
    ['as Java encodes it', (value: string) => new URLSearchParams({ a: value.trim() }).toString().slice(2)],
    ['in Base64', (value: string) => Buffer.from(value).toString('base64')],
    ['as RFC 3986 has it', (value: string) => encodeURIComponent(value.trim()).replaceAll('!', '%21')],
  ])('when Glue repeats a secret %s, without showing it', async (_, form) => {
    const value = 'hunter2!\txyz\n';
    scriptSecret(output({ SecretString: value }));
    blackBox.aws.script('TestConnection', 'FORM', exception('InvalidInputException', `not ${form(value)}, no`));
    const { answer } = await invoke('FORM', { ConnectionProperties: { PASSWORD: reference() } });

    expect(answer.Reason).toContain('Glue: not ****, no (InvalidInputException)');
  });

  test('when a field was meant of a secret that is used as a whole, without showing the field', async () => {
    scriptSecret(output({ SecretString: JSON.stringify({ password: PASSWORD }) }));
    blackBox.aws.script('TestConnection', 'WHOLE', exception('InvalidInputException', `not ${PASSWORD}`));
    const { answer } = await invoke('WHOLE', { ConnectionProperties: { PASSWORD: reference() } });

    expect(answer.Reason).toContain('Glue: not **** (');
  });

  test.each([
    ['password', 'FATAL: password authentication failed for user "x"', 'CREDENTIALS'],
    ['refused', 'Connection to db:5432 refused', 'UNREACHABLE'],
  ])('with the same category when the secret is the word %s', async (word, message, category) => {
    scriptSecret(output({ SecretString: word }));
    blackBox.aws.script('TestConnection', 'WORD', exception('InvalidInputException', message));
    const { answer } = await invoke('WORD', { ConnectionProperties: { PASSWORD: reference() } });

    expect(answer.Reason).toContain(`Glue connection input of type WORD failed its test: ${category}.`);
    expect(answer.Reason?.split('\n')[1]).toContain('****');
  });

  test('when a number in the secret is not exact', async () => {
    scriptSecret(output({ SecretString: '{"pin": 12345678901234567890}' }));
    const { answer } = await invoke('NUMBER', { ConnectionProperties: { PASSWORD: reference('pin') } });

    expect(answer.Reason).toContain('store it as a string');
    expect(answer.Reason).not.toContain('1234567890');
  });

  test('in time, however many references there are', async () => {
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
      remainingMs: 5_000,
    });

    expect(answer.Status).toBe('SUCCESS');
    expect(marginMs).toBeGreaterThan(3_000);
  });

  test.each([
    ['user name', { BasicAuthenticationCredentials: { Username: 'the-plain-one', Password: 'x-y-z' } }],
    ['redirect URI', oauth2({ AuthorizationCodeProperties: { RedirectUri: 'https://the-plain-one' } })],
    ['parameter', oauth2({ TokenUrlParametersMap: { audience: 'the-plain-one' } })],
    ['token URL', oauth2({ TokenUrl: 'https://the-plain-one' })],
  ])('with the words of Glue about a %s, which is no secret', async (_, AuthenticationConfiguration) => {
    blackBox.aws.script('TestConnection', 'PLAIN', exception('InvalidInputException', 'not https://the-plain-one'));
    const { answer } = await invoke('PLAIN', { AuthenticationConfiguration });

    expect(answer.Reason).toContain('Glue: not https://the-plain-one (');
  });

  test('when Glue repeats the header of basic authentication, without showing it', async () => {
    const credentials = Buffer.from(`id:${PASSWORD}`).toString('base64');
    const words = `401 for Basic ${credentials}, Basic authentication is on`;
    blackBox.aws.script('TestConnection', 'HEADER', exception('InvalidInputException', words));
    const { answer } = await invoke('HEADER', { ConnectionProperties: { PASSWORD: reference('password') } });

    expect(answer.Reason).toContain('Glue: 401 for Basic ****, Basic authentication is on (');
  });

  test('when a plain password is refused, without showing it', async () => {
    blackBox.aws.script('TestConnection', 'NOECHO', exception('InvalidInputException', `FATAL: not ${PASSWORD}`));
    const { answer } = await invoke('NOECHO', {
      AuthenticationConfiguration: { BasicAuthenticationCredentials: { Username: 'orders', Password: PASSWORD } },
    });

    expect(answer.Reason).toContain('Glue: FATAL: not **** (InvalidInputException)');
  });

  test('when anything in the input is wrong, naming all of it at once, also in secrets', async () => {
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
    expect(answer.Reason).toContain("has no key 'passwort', it has: username, password, port, tags");
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
