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

  test('when a number in the secret is not exact', async () => {
    scriptSecret(output({ SecretString: '{"pin": 12345678901234567890}' }));
    const { answer } = await invoke('NUMBER', { ConnectionProperties: { PASSWORD: reference('pin') } });

    expect(answer.Reason).toContain('store it as a string');
    expect(answer.Reason).not.toContain('1234567890');
  });
});
