import { mkdirSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { AwsStub, exception, session, stsError } from '../../test/lambda/aws-stub';
import { environment, run, SECRET_KEY } from './cli';

jest.setTimeout(30_000);

let aws: AwsStub;
beforeEach(async () => {
  aws = await AwsStub.start();
});
afterEach(() => aws.close());

const NO_KEYS = { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined };

/** A machine with a configuration of AWS. */
function configured(config: string, changes: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  const env = environment(aws.url, changes);
  const folder = path.join(String(env.HOME), '.aws');
  mkdirSync(folder);
  writeFileSync(path.join(folder, 'config'), config);
  return env;
}

const SSO = [
  '[profile work]',
  'sso_session = company',
  'sso_account_id = 111122223333',
  'sso_role_name = Developer',
  '[sso-session company]',
  'sso_region = eu-west-1',
  'sso_start_url = https://example.awsapps.com/start',
].join('\n');

describe('without credentials, one sentence says what to do', () => {
  test.each<[string, () => NodeJS.ProcessEnv, string[], string]>([
    [
      'there are none',
      () => environment(aws.url, NO_KEYS),
      [],
      "there are no AWS credentials: run 'aws configure' or 'aws sso login', or set AWS_PROFILE.",
    ],
    [
      'the profile does not exist',
      () => environment(aws.url),
      ['--profile', 'other'],
      "the profile 'other' has no credentials: 'aws configure list-profiles' lists the profiles.",
    ],
    [
      'the login has expired',
      () => configured(SSO, NO_KEYS),
      ['--profile', 'work'],
      "the login has expired: run 'aws sso login --profile work'.",
    ],
    [
      'a profile wants a code, and there is no terminal',
      () =>
        configured(
          '[profile base]\naws_access_key_id = AKIABASE\naws_secret_access_key = abc\n[profile mfa]\nsource_profile = base\n' +
            'role_arn = arn:aws:iam::111122223333:role/Admin\nmfa_serial = arn:aws:iam::111122223333:mfa/me\n',
        ),
      ['--profile', 'mfa'],
      "the AWS credentials can't be used: the profile requires a code of the MFA device arn:aws:iam::111122223333:mfa/me, " +
        'which only a terminal can ask for.',
    ],
    [
      'there is no Region',
      () => environment(aws.url, { AWS_REGION: undefined }),
      [],
      'no Region: use --region, or set AWS_REGION, or the region of the profile.',
    ],
    [
      'STS is not there',
      () => environment('http://127.0.0.1:9'),
      [],
      "STS can't be reached: check the network and the proxy (connect ECONNREFUSED 127.0.0.1:9).",
    ],
  ])('%s', async (_, env, args, sentence) => {
    const { code, stdout, stderr } = await run(['orders', ...args], env());

    expect({ code, stdout, stderr }).toEqual({ code: 2, stdout: '', stderr: `glue-connection-test: ${sentence}\n` });
  });

  test.each([
    [
      'expired',
      'ExpiredToken',
      'The security token included in the request is expired',
      "the AWS credentials have expired: run 'aws sso login', or set new ones.",
    ],
    [
      'not known',
      'InvalidClientTokenId',
      'The security token included in the request is invalid.',
      'AWS does not accept the credentials: check them, and that the Region is enabled in the account ' +
        '(The security token included in the request is invalid).',
    ],
  ])('they are %s', async (_, code, message, sentence) => {
    aws.script('GetCallerIdentity', '', stsError(code, message));

    expect(await run(['orders'], environment(aws.url))).toEqual({
      code: 2,
      stdout: '',
      stderr: `glue-connection-test: ${sentence}\n`,
    });
  });
});

describe('the Region', () => {
  const tested = () => aws.callsOf(/^TestConnection$/).map(({ region }) => region);

  test.each<[string, NodeJS.ProcessEnv, string[], string]>([
    ['is that of --region', { AWS_REGION: 'eu-west-1' }, ['--region', 'eu-central-1'], 'eu-central-1'],
    ['is that of AWS_REGION', { AWS_REGION: 'us-west-2', AWS_DEFAULT_REGION: 'us-east-1' }, [], 'us-west-2'],
    [
      'is that of AWS_DEFAULT_REGION, as with the AWS CLI',
      { AWS_REGION: undefined, AWS_DEFAULT_REGION: 'us-east-2' },
      [],
      'us-east-2',
    ],
    [
      'of --region comes before that of the environment',
      { AWS_REGION: 'eu_west' },
      ['--region', 'us-west-2'],
      'us-west-2',
    ],
    ['is that of a partition', { AWS_REGION: 'cn-north-1' }, [], 'cn-north-1'],
  ])('%s', async (_, env, args, expected) => {
    await run(['orders', ...args], environment(aws.url, env));

    expect(tested()).toEqual([expected]);
  });

  test('of the profile may not exist', async () => {
    const env = configured('[profile work]\nregion = eu_west\n', { AWS_REGION: undefined });

    expect(await run(['orders', '--profile', 'work'], env)).toMatchObject({
      code: 2,
      stderr:
        "glue-connection-test: the Region 'eu_west' does not exist; did you mean eu-west-1, eu-west-2 or eu-west-3?\n",
    });
  });

  test('is that of the profile', async () => {
    const env = configured(
      '[profile work]\nregion = ap-southeast-2\naws_access_key_id = AKIAWORK\naws_secret_access_key = abcdef\n',
      {
        AWS_REGION: undefined,
      },
    );
    const { code, stderr } = await run(['orders', '--profile', 'work'], env);

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    // The profile comes before the keys in the environment.
    expect(aws.callsOf(/^TestConnection$/)).toMatchObject([{ region: 'ap-southeast-2', accessKeyId: 'AKIAWORK' }]);
  });
});

test('no secret is in any output, whoever repeats it', async () => {
  const ROLE = 'arn:aws:iam::111122223333:role/Tests';
  const [key, token] = ['of-the-role-K7MDENG', 'of-its-session-bPxRfiCY'];
  const said =
    `signature of ${key} and ${token} and ${SECRET_KEY} differs; ` +
    'jdbc:postgresql://db/orders?user=me&password=hunter2-x; PWD=hunter3-x; {"password": "hunter4-x"}';
  aws.script('AssumeRole', ROLE, session('ASIAOFTHEROLE', key, token));
  aws.script('TestConnection', 'orders', exception('InvalidInputException', said));
  const env = environment(aws.url, { GITHUB_ACTIONS: 'true' });
  const args = ['orders', '--role-arn', ROLE, '--json', '--markdown', path.join(String(env.HOME), 'report.md')];
  const { stdout, stderr } = await run(args, env);

  const secrets = [key, token, SECRET_KEY, 'hunter'];
  expect(secrets.filter((secret) => `${stdout}${stderr}`.includes(secret))).toEqual([]);
  expect(stdout).toContain('signature of **** and **** and **** differs');
});
