import { notAMember, notJson, notText, secretFailure, wrongValue } from '../../lambda/secrets/secret-failure';
import { exception, output } from './aws-stub';
import { blackBox, invoke, PASSWORD, reference, scriptSecret, SECRET, useInputs } from './inputs';

useInputs();

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
      'ACCESS_DENIED',
      'GetSecretValue',
    ],
    ['whose key it may not use', denied('Access to KMS is not allowed'), 'ACCESS_DENIED', 'kms:Decrypt'],
    ['whose key is disabled', exception('DecryptionFailure', "can't decrypt"), 'ENCRYPTION', 'Enable the secret'],
    ['that is binary', output({ SecretBinary: 'AAEC' }), 'SECRET', 'binary data'],
    ['that is not JSON', output({ SecretString: PASSWORD }), 'SECRET', 'is not a JSON object'],
    ['that is a JSON list', output({ SecretString: JSON.stringify([PASSWORD]) }), 'SECRET', 'is not a JSON object'],
    ['that is null in JSON', output({ SecretString: 'null' }), 'SECRET', 'is not a JSON object'],
    ['that is a number in JSON', output({ SecretString: '12345' }), 'SECRET', 'is not a JSON object'],
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
    expect(answer.Reason).toMatch(/^Cause: [A-Z].+\.\nNext: [A-Z].+\.\nSee: https:/m);
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

  test('in time when properties are wrong and a secret does not come, of which nothing is told then', async () => {
    scriptSecret(() => undefined);
    const TestConnectionInput = { ConnectionType: 'LATE', ConnectionProperties: { PASSWORD: reference('password') } };
    const { answer, error } = await blackBox.invoke({
      properties: { TestConnectionInput, MaxAttempts: '0' },
      remainingMs: 2_000,
    });

    expect(error).toBeUndefined();
    expect(answer.Reason).toContain("invalid properties: 'MaxAttempts' must be a whole number from 1 to 10");
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
    expect(answer.Reason).toContain('Tried once in');
  });

  test('when the value of a secret is not what Glue takes in its place', async () => {
    scriptSecret(output({ SecretString: JSON.stringify({ password: PASSWORD.repeat(100) }) }));
    const { answer } = await invoke('LONG', { ConnectionProperties: { PASSWORD: reference('password') } });

    expect(answer.Reason).toContain("PASSWORD' must be 1 to 1024 characters, which key 'password' of secret");
  });

  test('when a number in the secret is not exact', async () => {
    scriptSecret(output({ SecretString: '{"pin": 12345678901234567890}' }));
    const { answer } = await invoke('NUMBER', { ConnectionProperties: { PASSWORD: reference('pin') } });

    expect(answer.Reason).toContain('store it as a string');
    expect(answer.Reason).not.toContain('1234567890');
  });
});

describe('what Secrets Manager refuses', () => {
  const refused = (name: string, message = 'no', members: object = {}) =>
    secretFailure(Object.assign(new Error(message), { name }, members), { SecretId: 'orders' }, (text) =>
      text.replace('S3cr3t', '****'),
    );

  test.each([
    ['ResourceNotFoundException', "can't find the specified secret", 'SECRET', 'The secret does not exist'],
    ['ResourceNotFoundException', 'value for staging label: X', 'SECRET', 'The secret has no version'],
    ['ResourceNotFoundException', 'value for VersionId: X', 'SECRET', 'The secret has no version'],
    ['InvalidRequestException', 'marked for deletion', 'SECRET', 'The secret is being deleted'],
    ['InvalidRequestException', 'was deleted', 'SECRET', 'The secret is being deleted'],
    ['InvalidRequestException', 'no', 'SECRET', 'Secrets Manager does not accept the name'],
    ['InvalidParameterException', 'deleted', 'SECRET', 'Secrets Manager does not accept the name'],
    ['ValidationException', 'no', 'SECRET', 'Secrets Manager does not accept the name'],
    [
      'AccessDeniedException',
      'Access to KMS is not allowed',
      'ACCESS_DENIED',
      'The role that runs the test may not use',
    ],
    ['AccessDenied', 'Access to KMS is not allowed', 'ACCESS_DENIED', 'The role that runs the test may not use'],
    ['AccessDeniedException', 'no', 'ACCESS_DENIED', 'The role that runs the test may not read'],
    ['AccessDenied', 'the kmsorders', 'ACCESS_DENIED', 'The role that runs the test may not read'],
    [
      'AccessDeniedException',
      'User: u is not authorized to perform: secretsmanager:GetSecretValue on resource: arn:aws:secretsmanager:eu-west-1:1:secret:prod/kms/orders-AbCdEf',
      'ACCESS_DENIED',
      'The role that runs the test may not read',
    ],
    [
      'AccessDeniedException',
      'User: u is not authorized to perform: kms:Decrypt on resource: arn:aws:kms:eu-west-1:1:key/2',
      'ACCESS_DENIED',
      'The role that runs the test may not use',
    ],
    ['DecryptionFailure', 'no', 'ENCRYPTION', 'The key that encrypts'],
    ['DecryptionFailureException', 'no', 'ENCRYPTION', 'The key that encrypts'],
    ['AbortError', 'no', 'TIMEOUT', 'Secrets Manager did not answer'],
    ['ThrottlingException', 'no', 'THROTTLED', 'Secrets Manager takes no more calls'],
    ['TimeoutError', 'no', 'NETWORK', 'The function cannot reach Secrets Manager'],
    ['InternalServiceException', 'no', 'SERVICE_FAULT', 'Secrets Manager itself failed'],
    // Names that only contain one of those
    ['AResourceNotFoundException', 'version', 'UNKNOWN', 'The secret could not be read'],
    ['ResourceNotFoundExceptions', 'version', 'UNKNOWN', 'The secret could not be read'],
    ['AnInvalidRequestException', 'deleted', 'UNKNOWN', 'The secret could not be read'],
    ['InvalidRequestExceptions', 'deleted', 'UNKNOWN', 'The secret could not be read'],
    ['NotAccessDenied', 'kms', 'UNKNOWN', 'The secret could not be read'],
    ['AccessDenieds', 'kms', 'UNKNOWN', 'The secret could not be read'],
    ['NotDecryptionFailure', 'no', 'UNKNOWN', 'The secret could not be read'],
    ['AnAbortError', 'no', 'UNKNOWN', 'The secret could not be read'],
    ['AbortErrors', 'no', 'UNKNOWN', 'The secret could not be read'],
    ['ValidationExceptions', 'no', 'UNKNOWN', 'The secret could not be read'],
  ])('%s with the words %s is explained: %s', (name, message, category, cause) => {
    const failure = refused(name, message);

    expect(failure).toMatchObject({ category, exception: name, saidBy: 'Secrets Manager' });
    expect(failure.cause.startsWith(cause)).toBe(true);
    expect(failure.cause).toMatch(/\.$/);
    expect(failure.nextStep).toMatch(/^[A-Z].+\.$/);
    expect(failure.link).toMatch(/^https:.+secretsmanager/);
    expect(failure.message).toBe(`secret 'orders': ${message}`);
  });

  test('is told without secrets, and in short', () => {
    expect(refused('X', 'not S3cr3t').message).toBe("secret 'orders': not ****");
    expect(refused('S3cr3t').exception).toBe('****');
    expect(refused('x'.repeat(101), 'y'.repeat(501))).toMatchObject({
      exception: 'x'.repeat(100),
      message: `secret 'orders': ${'y'.repeat(500)}`,
    });
    expect(refused('X', '').message).toBe("secret 'orders': no message");
  });
});

describe('a secret that can be read, but not be used, is told', () => {
  const ORDERS = { SecretId: 'x'.repeat(301), JsonKey: 'k'.repeat(101), VersionStage: 's'.repeat(61) };
  const shown = `secret '${'x'.repeat(300)}' (${'s'.repeat(60)})`;
  const key = 'k'.repeat(100);
  const keys = (names: readonly string[]) => notAMember({ SecretId: 'orders', JsonKey: 'a' }, names, false).message;

  test.each([
    ['SecretBinary', () => notText(ORDERS), `${shown} holds binary data, expected text`],
    ['NotJson', () => notJson(ORDERS), `${shown} is not a JSON object, so that it has no key '${key}'`],
    ['MissingKey', () => notAMember(ORDERS, [], false), `${shown} has no key '${key}', it has: none`],
    [
      'MissingKey',
      () => notAMember(ORDERS, [], true),
      `key '${key}' of ${shown} holds no text, or a number that is not exact: store it as a string`,
    ],
    ['WrongValue', () => wrongValue('P', 'short', ORDERS), `'P' must be short, which key '${key}' of ${shown} is not`],
    [
      'WrongValue',
      () => wrongValue('P', 'short', { SecretId: 'orders' }),
      "'P' must be short, which the value of secret 'orders' is not",
    ],
  ])('as %s', (exception, fail, message) => {
    const failure = fail();

    expect(failure).toMatchObject({ category: 'SECRET', exception, message, saidBy: 'Secrets Manager' });
    expect(failure.cause).toMatch(/^The .+\.$/);
    expect(failure.nextStep).toMatch(/^[A-Z].+\.$/);
    expect(failure.link).toMatch(/^https:.+GetSecretValue/);
  });

  test('with twenty of its keys, and none that may be more than a name', () => {
    const names = Array.from({ length: 21 }, (_, index) => `key${index}`);

    expect(keys(['user.name', 'a-b'])).toBe("secret 'orders' has no key 'a', it has: user.name, a-b");
    expect(keys(names)).toMatch(/it has: key0, .*, key19, 1 more$/);
    expect(keys(['a b', '', 'x'.repeat(65), 'x y'])).toMatch(/it has: 4 of another form$/);
    expect(keys(['x'.repeat(64), '!x', 'x!'])).toMatch(/it has: x{64}, 2 more$/);
  });
});
