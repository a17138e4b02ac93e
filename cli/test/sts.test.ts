import { AwsStub, identity, raw, session, stsError } from '../../test/lambda/aws-stub';
import { environment, run } from './cli';

jest.setTimeout(30_000);

let aws: AwsStub;
beforeEach(async () => {
  aws = await AwsStub.start();
});
afterEach(() => aws.close());

describe('--role-arn', () => {
  const ROLE = 'arn:aws:iam::111122223333:role/Tests';

  test('tests as the role, which is assumed once', async () => {
    aws.script('AssumeRole', ROLE, session('ASIAOFTHEROLE'));
    aws.script('GetCallerIdentity', '', identity('arn:aws:sts::111122223333:assumed-role/Tests/glue-connection-test'));
    const { code, stdout } = await run(['a', 'b', 'c', '--role-arn', ROLE], environment(aws.url));

    expect(code).toBe(0);
    expect(stdout).toContain(
      'Testing 3 connections in eu-west-1 as arn:aws:sts::111122223333:assumed-role/Tests/glue-connection-test.',
    );
    expect(stdout).not.toContain('may have other rights');
    expect(aws.calls('AssumeRole', ROLE)).toHaveLength(1);
    expect(aws.callsOf(/^TestConnection$/).map(({ accessKeyId }) => accessKeyId)).toEqual(
      Array(3).fill('ASIAOFTHEROLE'),
    );
  });

  test('says who must allow it', async () => {
    aws.script('AssumeRole', ROLE, stsError('AccessDenied', 'not authorized to perform: sts:AssumeRole'));

    expect(await run(['orders', '--role-arn', ROLE], environment(aws.url))).toMatchObject({
      code: 2,
      stderr: `glue-connection-test: the role ${ROLE} can't be assumed: its trust policy and your permissions must allow it (not authorized to perform: sts:AssumeRole).\n`,
    });
  });
});

test.each([
  ['fails', stsError('InternalFailure', 'try later', 500), 'STS has a fault: try again later (try later).'],
  [
    'is something else',
    raw(200, 'Welcome to the hotel'),
    'what answers for STS is not STS: check the proxy, and AWS_ENDPOINT_URL.',
  ],
])('says so where STS %s', async (_, reply, sentence) => {
  const ROLE = 'arn:aws:iam::111122223333:role/Tests';
  aws.script('AssumeRole', ROLE, reply);

  expect(await run(['orders', '--role-arn', ROLE], environment(aws.url))).toEqual({
    code: 2,
    stdout: '',
    stderr: `glue-connection-test: ${sentence}\n`,
  });
});

test('an identity that STS does not tell stops no test', async () => {
  aws.script('GetCallerIdentity', '', () => undefined);
  const startedAt = Date.now();
  const { code, stdout } = await run(['orders'], environment(aws.url));

  expect(Date.now() - startedAt).toBeLessThan(9_000);
  expect(code).toBe(0);
  expect(stdout).toContain('Testing 1 connection in eu-west-1; STS did not say in time whose credentials these are.');
});
