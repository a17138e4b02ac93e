import { CloudFormation } from '../../../local-cloud/cloudformation';
import { ENVIRONMENT } from '../../../local-cloud/environment';
import { secretHandler } from '../../../local-cloud/resources/secret';
import { randomPassword, type PasswordOptions } from '../../../local-cloud/services/random-password';
import { SecretsManager } from '../../../local-cloud/services/secrets-manager';
import { call } from './api';

const secretsManager = new SecretsManager(ENVIRONMENT);
let failures: string[];
let cloudFormation: CloudFormation;
beforeEach(() => {
  failures = [];
  cloudFormation = new CloudFormation({
    ...ENVIRONMENT,
    handlers: () => secretHandler(secretsManager),
    invoke: () => undefined,
    onEvent: ({ status, reason }) => status.endsWith('_FAILED') && failures.push(reason ?? ''),
  });
});
afterEach(() => cloudFormation.deleteStack('Secrets'));

/** @returns what the secret holds */
async function deploy(properties: object): Promise<string | undefined> {
  const Resources = { Secret: { Type: 'AWS::SecretsManager::Secret', Properties: properties } };
  const template = { Resources, Outputs: { Arn: { Value: { Ref: 'Secret' } } } };
  const { outputs } = await cloudFormation.deploy({ stackName: 'Secrets', template });
  if (outputs.Arn === undefined) {
    return undefined;
  }
  const input = { SecretId: outputs.Arn };
  return (await call(secretsManager.operations, 'secretsmanager.GetSecretValue', input)).SecretString as string;
}

const generate = async (GenerateSecretString: object) => (await deploy({ GenerateSecretString })) ?? '';

const fortyOf = (options: PasswordOptions) => Array.from({ length: 40 }, () => randomPassword(options));

const [LOWER, UPPER, NUMBER, PUNCTUATION] = [/[a-z]/, /[A-Z]/, /\d/, /[!-/:-@[-`{-~]/];

test('a generated string has 32 printable characters, at least one of each type, and no space', async () => {
  const password = await generate({});
  expect(password).toMatch(/^[!-~]{32}$/);
  for (const type of [LOWER, UPPER, NUMBER, PUNCTUATION]) {
    expect(password).toMatch(type);
  }
});

test.each<[string, RegExp]>([
  ['ExcludeLowercase', LOWER],
  ['ExcludeUppercase', UPPER],
  ['ExcludeNumbers', NUMBER],
  ['ExcludePunctuation', PUNCTUATION],
])('%s leaves them out', async (option, type) => {
  expect(await generate({ [option]: true, PasswordLength: 4096 })).not.toMatch(type);
  expect(await generate({ [option]: 'false', PasswordLength: 4096 })).toMatch(type);
});

test('IncludeSpace takes it in', async () => {
  expect(await generate({ IncludeSpace: true, PasswordLength: 5 })).toMatch(/ /);
});

test('ExcludeCharacters leaves them out, with all types of which nothing is left', async () => {
  expect(await generate({ ExcludeCharacters: '"@/\\', PasswordLength: 4096 })).not.toMatch(/["@/\\]/);
  expect(await generate({ ExcludeCharacters: '0123456789', PasswordLength: 3 })).toMatch(/^\D{3}$/);
});

test('each included type is there in the shortest that can have them, unless none is required', async () => {
  for (const password of fortyOf({ length: 4 })) {
    expect([LOWER, UPPER, NUMBER, PUNCTUATION].every((type) => type.test(password))).toBe(true);
  }
  expect(await generate({ PasswordLength: 1, RequireEachIncludedType: false })).toMatch(/^[!-~]$/);
});

test('types are not in the same places each time', () => {
  const firsts = fortyOf({ length: 4 }).map((password) => LOWER.test(password.charAt(0)));
  expect(new Set(firsts)).toEqual(new Set([false, true]));
});

test('a template takes the string in under its key', async () => {
  const value = await generate({ SecretStringTemplate: '{"username":"admin"}', GenerateStringKey: 'password' });
  expect(JSON.parse(value)).toEqual({ username: 'admin', password: expect.stringMatching(/^[!-~]{32}$/) as string });
});

test('it is made anew when its options change, and no other time', async () => {
  const first = await generate({});
  expect(await deploy({ GenerateSecretString: {}, Description: 'changed' })).toBe(first);
  expect(await generate({ PasswordLength: 20 })).toMatch(/^[!-~]{20}$/);
});

test.each([
  [{ SecretStringTemplate: '{}' }, 'SecretStringTemplate and GenerateStringKey must be specified together'],
  [{ GenerateStringKey: 'password' }, 'SecretStringTemplate and GenerateStringKey must be specified together'],
  [{ SecretStringTemplate: '[]', GenerateStringKey: 'password' }, 'Could not parse SecretStringTemplate JSON.'],
  [{ SecretStringTemplate: '{', GenerateStringKey: 'password' }, 'Could not parse SecretStringTemplate JSON.'],
  [{ PasswordLength: 0 }, 'PasswordLength must be an integer from 1 to 4096, got 0'],
  [{ PasswordLength: 4097 }, 'PasswordLength must be an integer from 1 to 4096, got 4097'],
  [{ PasswordLength: 3 }, 'PasswordLength must be at least 4 to include each type of character'],
  [
    { ExcludeLowercase: true, ExcludeUppercase: true, ExcludeNumbers: true, ExcludePunctuation: true },
    'No character is left to make a password of',
  ],
])('fails when it is to be generated by %j', async (options, reason) => {
  await generate(options);
  expect(failures).toEqual([reason]);
});

test('fails when it has both a string and one that is to be generated', async () => {
  await deploy({ SecretString: 'value', GenerateSecretString: {} });
  expect(failures).toEqual(["You can't specify both SecretString and GenerateSecretString"]);
});
