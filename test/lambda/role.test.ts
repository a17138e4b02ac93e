import { exception, output, raw, session, stackStatus, type Reply } from './aws-stub';
import { BlackBox, type Invocation } from './black-box';

let blackBox: BlackBox;
beforeAll(async () => {
  blackBox = await BlackBox.start({ random: 0.1 });
});
afterAll(async () => {
  await blackBox.stop();
});

const STACK_ID = 'arn:aws:cloudformation:eu-west-1:111122223333:stack/Orders/1a2b3c4d';
const ROLE_KEY = 'ASIAOFTHEROLE0000000';

const roleArn = (name: string) => `arn:aws:iam::111122223333:role/${name}`;

/** What STS refuses, in its own form. */
const refusal = (code: string, message: string, statusCode = 403) =>
  raw(
    statusCode,
    `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>${code}</Code>` +
      `<Message>${message}</Message></Error><RequestId>r</RequestId></ErrorResponse>`,
  );

const denied = refusal('AccessDenied', 'User: x is not authorized to perform: sts:AssumeRole on resource: y');

/** Tests the connection of a name as the role of the same name. */
function invokeAs(name: string, replies: readonly Reply[], invocation: Invocation = {}) {
  blackBox.aws.script('AssumeRole', roleArn(name), ...replies);
  const { properties, ...others } = invocation;
  return blackBox.invoke({ properties: { ConnectionName: name, RoleArn: roleArn(name), ...properties }, ...others });
}

const callersOf = (operation: string, subject: string) =>
  blackBox.aws.calls(operation, subject).map(({ accessKeyId }) => accessKeyId);

test('a test with a role takes it on, once, for its own stack, and asks Glue as that role', async () => {
  blackBox.aws.script('TestConnection', 'own', exception('ThrottlingException', 'slow down'), (response) => {
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' }).end('{}');
  });
  const { answer } = await invokeAs('own', [session(ROLE_KEY)]);

  expect(answer.Data?.Outcome).toBe('PASSED');
  expect(blackBox.aws.calls('AssumeRole', roleArn('own')).map(({ input }) => input)).toEqual([
    expect.objectContaining({ RoleSessionName: 'Test', ExternalId: STACK_ID, DurationSeconds: '900' }),
  ]);
  expect(callersOf('TestConnection', 'own')).toEqual([ROLE_KEY, ROLE_KEY]);
});

test('details of a failed connection and secrets are read as that role, the state of the stack is not', async () => {
  blackBox.aws.script('GetSecretValue', 'the-secret', output({ SecretString: 'the-password' }));
  blackBox.aws.script('TestConnection', 'ofSecret', exception('InvalidInputException', 'broken'));
  const input = { ConnectionType: 'ofSecret', ConnectionProperties: { PASSWORD: { SecretId: 'the-secret' } } };
  const properties = { ConnectionName: undefined, TestConnectionInput: input };
  await invokeAs('reader', [session(ROLE_KEY)], { properties, requestType: 'Update', event: { StackId: 'mine' } });
  blackBox.aws.script('TestConnection', 'broken', exception('InvalidInputException', 'broken'));
  await invokeAs('broken', [session(ROLE_KEY)]);

  expect(callersOf('GetSecretValue', 'the-secret')).toEqual([ROLE_KEY]);
  expect(callersOf('GetConnection', 'broken')).toEqual([ROLE_KEY]);
  expect(callersOf('DescribeStacks', 'mine')).not.toContain(ROLE_KEY);
  expect(callersOf('DescribeStacks', 'mine')).toHaveLength(1);
});

test('invalid properties are answered at once: no role is assumed, and no secret is read', async () => {
  const input = { ConnectionType: 'JDBC', ConnectionProperties: { PASSWORD: { SecretId: 'unread' } } };
  const properties = { ConnectionName: undefined, TestConnectionInput: input, MaxAttempts: '0' };
  const { answer } = await invokeAs('invalid', [session(ROLE_KEY)], { properties });

  expect(answer.Reason).toContain("'MaxAttempts' must be");
  expect(blackBox.aws.calls('AssumeRole', roleArn('invalid'))).toEqual([]);
  expect(blackBox.aws.calls('GetSecretValue', 'unread')).toEqual([]);
});

test('a test without a role, a deletion and a rollback ask nothing of STS', async () => {
  await blackBox.invoke({ properties: { ConnectionName: 'plain' } });
  await invokeAs('deleted', [denied], { requestType: 'Delete' });
  blackBox.aws.script('DescribeStacks', 'rolling', stackStatus('UPDATE_ROLLBACK_IN_PROGRESS'));
  await invokeAs('rolled', [denied], { requestType: 'Update', event: { StackId: 'rolling' } });

  const roles = [undefined, 'deleted', 'rolled'].map((name) => (name === undefined ? '' : roleArn(name)));
  expect(roles.flatMap((role) => blackBox.aws.calls('AssumeRole', role))).toEqual([]);
});

test('a role that is not known everywhere yet is tried again', async () => {
  const { answer } = await invokeAs('new', [denied, denied, session(ROLE_KEY)]);

  expect(answer.Data).toMatchObject({ Outcome: 'PASSED', Attempts: 3 });
});

test.each([
  ['Ünïcode/Ids', '-n-code-Ids'],
  ['X', 'X-'],
  ['L'.repeat(255), 'L'.repeat(64)],
])('the session of %p is called what STS takes', async (logicalId, sessionName) => {
  await invokeAs(`session${sessionName}`, [session(ROLE_KEY)], { event: { LogicalResourceId: logicalId } });

  const [call] = blackBox.aws.calls('AssumeRole', roleArn(`session${sessionName}`));
  expect(call?.input.RoleSessionName).toBe(sessionName);
});

describe('fails', () => {
  test.each<[string, Reply, string]>([
    ['refuses', denied, "The function's role may not assume the role of the test"],
    ['throttles', refusal('Throttling', 'Rate exceeded', 400), 'STS takes no more calls for now.'],
    ['fails', raw(503, 'oops'), 'STS itself failed.'],
    ['is cut off', (_, socket) => socket.destroy(), 'interface endpoint for STS'],
    ['does not answer', () => undefined, 'interface endpoint for STS'],
    ['is not active', refusal('RegionDisabledException', 'STS is not activated'), 'Activate STS for the Region'],
    ['does not take the ARN', refusal('ValidationError', 'bad ARN', 400), 'Look at what STS says.'],
    [
      'gives no credentials',
      raw(200, '<AssumeRoleResponse><AssumeRoleResult/></AssumeRoleResponse>'),
      'no credentials',
    ],
  ])('when STS %s, naming STS and the role', async (situation, reply, says) => {
    const name = situation.replaceAll(' ', '-');
    const { answer } = await invokeAs(name, [reply], { properties: { TimeoutSeconds: '1' } });

    expect(answer.Status).toBe('FAILED');
    expect(answer.Reason).toContain(`\nSTS: role ${roleArn(name)}: `);
    expect(answer.Reason).toContain(says);
    expect(answer.Reason).not.toContain('Glue did not answer');
    expect(blackBox.aws.calls('TestConnection', name)).toEqual([]);
    expect(blackBox.aws.calls('GetConnection', name)).toEqual([]);
  });

  test.each(['role', 'arn:aws:iam::111122223333:user/someone', ['arn:aws:iam::111122223333:role/one']])(
    'when the role is %p',
    async (role) => {
      const { answer } = await blackBox.invoke({ properties: { ConnectionName: 'any', RoleArn: role } });

      expect(answer.Reason).toContain("'RoleArn' must be the ARN of a role, got: ");
    },
  );
});

test('credentials of a role show nowhere, though Glue repeats them', async () => {
  const [secret, token] = ['wJalrXUtnFEMI/K7MDENG+bPxRfiCY', 'FwoGZXIvYXdzEBYaDKz+session/token=='];
  blackBox.aws.script(
    'TestConnection',
    'leak',
    exception('InvalidSignatureException', `the request was x-amz-security-token:${token} with ${secret}`, 400),
  );
  const { answer, log } = await invokeAs('leak', [session(ROLE_KEY, secret, token)], {
    properties: { TimeoutSeconds: '1' },
  });

  expect(answer.Status).toBe('FAILED');
  for (const text of [JSON.stringify(answer), log]) {
    expect(text).not.toContain(secret);
    expect(text).not.toContain(token);
  }
});
