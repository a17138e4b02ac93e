import { readEvent } from '../../lambda/cloudformation/event';
import { secretsOf } from '../../lambda/cloudformation/event-secrets';
import { maskCredentials, Redactor } from '../../lambda/base/redaction/redactor';

const URL = 'https://cloudformation.example.com/x?X-Amz-Signature=0123';
const redactorOf = (properties: object, old: object = {}) =>
  new Redactor(secretsOf(readEvent({ ResponseURL: URL, ResourceProperties: properties, OldResourceProperties: old })));
const redacted = (properties: object, text: string) => redactorOf(properties).redact(text);
const inputOf = (AuthenticationConfiguration: object) => ({ TestConnectionInput: { AuthenticationConfiguration } });

describe('a value is a secret by its key', () => {
  test.each([
    ...['password', 'PASSWD', 'passphrase', 'pass', 'pwd', 'clientSecret', 'AccessToken', 'credential', 'assertion'],
    ...['authorizationcode', 'authorization_code', 'code', 'privateKey', 'private_key', 'ApiKey', 'access_key'],
    ...['signature', 'passwordId_', 'code_password', 'tokens', 'MyServiceTokens', 'theTokenUrlX'],
  ])('%s', (key) => {
    expect(redacted({ Properties: { [key]: 'hunter2' } }, 'not hunter2')).toBe('not ****');
  });
});

describe('a value is none by its key', () => {
  test.each([
    ...[
      'user',
      'codes',
      'mycode',
      'key',
      'SECRET_ID',
      'secret-arn',
      'secretsName',
      'passwordVersion',
      'token_revision',
    ],
    ...['credentialStage', 'CredentialsDate', 'passwordsid', 'ServiceToken', 'TokenUrl'],
  ])('%s', (key) => {
    expect(redacted({ Properties: { [key]: 'hunter2' } }, 'not hunter2')).toBe('not hunter2');
  });
});

describe('the name of a key must match as a whole where it may hide one', () => {
  test.each(['ServiceTokenX', 'XServiceToken', 'TokenUrlX', 'XTokenUrl', 'passwordIdX'])('%s', (key) => {
    expect(redacted({ Properties: { [key]: 'hunter2' } }, 'not hunter2')).toBe('not ****');
  });
});

describe('what is below a key that sounds secret is secret too', () => {
  test.each([
    ['a list', { password: ['hunter2'] }],
    ['a map', { password: { a: { b: 'hunter2' } } }],
    ['of the properties before', {}],
  ])('%s', (_, properties) => {
    expect(redactorOf(properties, { password: 'hunter2' }).redact('not hunter2')).toBe('not ****');
    expect(redactorOf(properties, {}).redact('not hunter2')).toBe(
      Object.keys(properties).length > 0 ? 'not ****' : 'not hunter2',
    );
  });

  test.each([
    ['AuthorizationCodeProperties', { OAuth2Properties: { AuthorizationCodeProperties: { RedirectUri: 'hunter2' } } }],
    ['BasicAuthenticationCredentials', { BasicAuthenticationCredentials: { Username: 'hunter2' } }],
    ['TokenUrlParametersMap', { OAuth2Properties: { TokenUrlParametersMap: { audience: 'hunter2' } } }],
  ])('but not of %s, which only holds it', (_, configuration) => {
    expect(redacted(inputOf(configuration), 'not hunter2')).toBe('not hunter2');
  });

  test('and each custom credential, even one that looks like a reference', () => {
    const CustomAuthenticationCredentials = { SecretId: 'hunter2' };

    expect(redacted(inputOf({ CustomAuthenticationCredentials }), 'not hunter2')).toBe('not ****');
  });

  test('but no reference to a secret', () => {
    const Password = { SecretId: 'hunter2', JsonKey: 'hunter3', VersionStage: 'hunter4' };
    const text = 'not hunter2, hunter3, hunter4';

    expect(redacted({ Password }, text)).toBe(text);
    expect(redacted({ Password: { ...Password, Other: 'x' } }, text)).toBe('not ****, ****, ****');
    expect(redacted({ Password: { JsonKey: 'hunter3' } }, text)).toBe('not hunter2, ****, hunter4');
  });
});

test.each([
  ['a value of three letters', { password: 'abc' }, 'not abc', 'not ****'],
  ['a shorter one', { password: 'ab' }, 'not ab', 'not ab'],
  ['a trigger of eight letters', { Triggers: { token: '12345678' } }, 'not 12345678', 'not ****'],
  ['a shorter one', { Triggers: { token: '1234567' } }, 'not 1234567', 'not 1234567'],
])('%s is told or masked by its length', (_, properties, text, masked) => {
  expect(redacted(properties, text)).toBe(masked);
});

test('the response URL is masked, and its signature alone', () => {
  expect(redacted({}, `PUT ${URL}`)).toBe('PUT ****');
  expect(redacted({}, 'at X-Amz-Signature=0123')).toBe('at ****');
});

test('what is learnt later is masked from then on, the longest first', () => {
  const redactor = redactorOf({ password: 'hunter' });
  expect(redactor.redact('hunter hunter2 xy')).toBe('**** ****2 xy');

  redactor.learn('hunter2', 'xy');
  expect(redactor.redact('hunter hunter2 xy')).toBe('**** **** xy');
});

describe('a secret is masked in each form in which it comes back', () => {
  const SECRET = ' ä!\'()*~ \t"b\n';
  const plain = SECRET.trim();
  const line = plain.replace(/\s+/g, ' ');
  const percent = encodeURIComponent(plain);
  const strict = percent.replace(/[!'()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`);

  test.each([
    ['as it is', SECRET],
    ['trimmed', plain],
    ['on one line', line],
    ['percent-encoded', percent],
    ['in lower case', percent.replace(/%../g, (code) => code.toLowerCase())],
    ['as RFC 3986 has it', strict],
    ['as RFC 3986 has it, in lower case', strict.replace(/%../g, (code) => code.toLowerCase())],
    ['with a plus for a blank', encodeURIComponent(line).replaceAll('%20', '+')],
    ['as Java encodes a form', new URLSearchParams({ a: line }).toString().slice(2)],
    ['in JSON', JSON.stringify(plain).slice(1, -1)],
    ['in Base64', Buffer.from(plain).toString('base64')],
  ])('%s', (_, form) => {
    expect(redacted({ password: SECRET }, `[${form}]`)).toBe('[****]');
  });
});

describe('credentials are told by what stands around them', () => {
  test.each([
    ['jdbc:mysql://user:hunter2@db/x', 'jdbc:mysql://user:****@db/x'],
    ['mongodb://:h@u@db', 'mongodb://:****@db'],
    ['jdbc%3Amysql%3A%2F%2Fuser%3Ahunter2%40db', 'jdbc%3Amysql%3A%2F%2Fuser%3A****%40db'],
    ['jdbc%3amysql%3a%2f%2fuser%3ahunter2%40db', 'jdbc%3amysql%3a%2f%2fuser%3a****%40db'],
    ['jdbc:oracle:thin:user/hunter2@db', 'jdbc:oracle:thin:user/****@db'],
    ['jdbc:oracle:oci8:user/hunter2@db', 'jdbc:oracle:oci8:user/****@db'],
    ['jdbc:oracle:oci:user/hunter2@db', 'jdbc:oracle:oci:user/****@db'],
    ['?password=hunter2&a=b', '?password=****&a=b'],
    ['pwd=hunter2;a=b', 'pwd=****;a=b'],
    ["passwd = 'hun ter2', a", 'passwd = ****, a'],
    ['passphrase="hun ter2", a', 'passphrase=****, a'],
    ['secret=hunter2 a', 'secret=**** a'],
    ['token%3Dhunter2', 'token%3D****'],
    ['credential=hunter2', 'credential=****'],
    ['credentials=hunter2', 'credentials=****'],
    ['api_key=hunter2 privatekey=hunter2 ACCESS_KEY=hunter2', 'api_key=**** privatekey=**** ACCESS_KEY=****'],
    ['X-Amz-Signature=hunter2', 'X-Amz-Signature=****'],
    ['{"password": "hun\\"ter2", "a": 1}', '{"password": ****, "a": 1}'],
    ["{'password': 'hun\\'ter2', 'a': 1}", "{'password': ****, 'a': 1}"],
    ['"{\\"password\\":\\"hunter2\\"}"', '"{\\"password\\":****}"'],
    ['password={hun}ter2', 'password=****'],
    ['password={hunter2', 'password=****'],
    ['Authorization: Bearer abc.def-123, a', 'Authorization: Bearer ****, a'],
    ['Authorization: Basic dXNlcjpwYXNzMQ==; a', 'Authorization: Basic ****; a'],
    ['authorization: basic dXNlcjpwYXNz', 'authorization: basic ****'],
    ['Bearer eyJhbGciOiJIUzI1NiJ9', 'Bearer ****'],
  ])('%s', (text, masked) => {
    expect(maskCredentials(text)).toBe(masked);
  });

  test.each([
    'http://db.example.com:5432/x@y',
    'http://db.example.com/a:b@c',
    'see https://example.com: mail to me@example.com',
    'user/name@example.com',
    'jdbc:oracle:thin:@db/x',
    'Basic authentication is on',
    'Bearer token',
    'password authentication failed',
    'the secret: none',
  ])('there are none in: %s', (text) => {
    expect(maskCredentials(text)).toBe(text);
  });
});
