import { InvalidPropertiesError, parseProperties } from '../../../lambda/properties/properties';

/** All that is wrong with properties. */
function problemsOf(properties: object): readonly string[] {
  try {
    parseProperties({ ...properties });
    return [];
  } catch (error) {
    expect(error).toBeInstanceOf(InvalidPropertiesError);
    return (error as InvalidPropertiesError).problems;
  }
}

const named = (properties: object) => problemsOf({ ConnectionName: 'orders', ...properties });
const input = (members: object) =>
  problemsOf({ TestConnectionInput: { ConnectionType: 'CUSTOM', ConnectionProperties: {}, ...members } });
const authentication = (AuthenticationConfiguration: object) => input({ AuthenticationConfiguration });

test('what is left out is what the documentation says', () => {
  expect(parseProperties({ ConnectionName: 'orders' })).toEqual({
    target: { connectionName: 'orders' },
    catalogId: undefined,
    timeoutSeconds: 300,
    diagnosesNetwork: true,
    maxAttempts: 3,
    emitsMetrics: true,
    onFailure: 'FAIL',
    onUnsupported: 'FAIL',
  });
});

test('what is given is taken, numbers also as text', () => {
  const given = {
    CatalogId: '1',
    TimeoutSeconds: '840',
    MaxAttempts: 10,
    OnFailure: 'REPORT',
    OnUnsupported: 'WARN',
    NetworkDiagnosis: 'DISABLED',
    Metrics: 'DISABLED',
  };

  expect(parseProperties({ ConnectionName: 'orders', ...given })).toEqual({
    target: { connectionName: 'orders' },
    catalogId: '1',
    timeoutSeconds: 840,
    diagnosesNetwork: false,
    maxAttempts: 10,
    emitsMetrics: false,
    onFailure: 'REPORT',
    onUnsupported: 'WARN',
  });
});

describe('at its limit, each is accepted', () => {
  test.each([
    ['a name', () => named({ ConnectionName: 'x'.repeat(255) })],
    ['a name with a tab', () => named({ ConnectionName: 'a\tb' })],
    ['the shortest timeout', () => named({ TimeoutSeconds: '1' })],
    ['one attempt', () => named({ MaxAttempts: '1' })],
    ['CloudFormation’s own', () => named({ ServiceToken: 'x', ServiceTimeout: '900' })],
    ['a type', () => input({ ConnectionType: 'x'.repeat(255) })],
    [
      '100 properties',
      () => input({ ConnectionProperties: Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`P${i}`, 'x'])) }),
    ],
    ['a key', () => input({ ConnectionProperties: { ['x'.repeat(255)]: 'x'.repeat(1024) } })],
    ['an empty ARN of a key', () => authentication({ KmsKeyArn: '' })],
    ['the ARN of a key', () => authentication({ KmsKeyArn: 'arn:aws-cn:kms:cn-north-1:1:key/2' })],
    [
      'the ARN of a secret',
      () => authentication({ SecretArn: 'arn:aws-us-gov:secretsmanager:us-gov-west-1:1:secret:x' }),
    ],
    // As AWS's pattern has it
    ['a token URL without a host', () => authentication({ OAuth2Properties: { TokenUrl: 'https://?a' } })],
    ['a token URL', () => authentication({ OAuth2Properties: { TokenUrl: 'https://example.com/token' } })],
    [
      'a JSON Web Token',
      () => authentication({ OAuth2Properties: { OAuth2Credentials: { JwtToken: 'aA0_=.bB1_=.c-+/C9=' } } }),
    ],
    ['an empty password', () => authentication({ BasicAuthenticationCredentials: { Username: 'x', Password: '' } })],
  ])('%s', (_, problems) => {
    expect(problems()).toEqual([]);
  });
});

describe('each problem is told with its place and what was expected', () => {
  const INPUT = 'TestConnectionInput';
  const AUTHENTICATION = `${INPUT}.AuthenticationConfiguration`;

  test.each<[string, () => readonly string[], readonly (string | RegExp)[]]>([
    [
      'no name',
      () => problemsOf({}),
      [
        "'ConnectionName' is required, the name of the Glue connection to test; or 'TestConnectionInput', a connection that need not exist",
      ],
    ],
    [
      'two targets',
      () => named({ TestConnectionInput: { ConnectionType: 'CUSTOM', ConnectionProperties: {} } }),
      ["'ConnectionName' and 'TestConnectionInput' exclude each other: leave one of them out"],
    ],
    [
      'an empty name',
      () => problemsOf({ ConnectionName: '' }),
      ["'ConnectionName' must be 1 to 255 characters on one line, got: nothing"],
    ],
    [
      'two lines',
      () => problemsOf({ ConnectionName: 'a\nb' }),
      ["'ConnectionName' must be 1 to 255 characters on one line, got: text of 3 characters on 2 lines"],
    ],
    [
      'one long line',
      () => problemsOf({ ConnectionName: 'x'.repeat(256) }),
      ["'ConnectionName' must be 1 to 255 characters on one line, got: text of 256 characters"],
    ],
    [
      'a list',
      () => problemsOf({ ConnectionName: ['x'] }),
      ["'ConnectionName' must be 1 to 255 characters on one line, got: a list"],
    ],
    [
      'null',
      () => problemsOf({ ConnectionName: null }),
      ["'ConnectionName' must be 1 to 255 characters on one line, got: nothing"],
    ],
    [
      'a boolean',
      () => problemsOf({ ConnectionName: true }),
      ["'ConnectionName' must be 1 to 255 characters on one line, got: boolean"],
    ],
    [
      'a number out of range',
      () => named({ TimeoutSeconds: 841, MaxAttempts: 0 }),
      [
        "'TimeoutSeconds' must be a whole number from 1 to 840, got: 841",
        "'MaxAttempts' must be a whole number from 1 to 10, got: 0",
      ],
    ],
    [
      'text around a number',
      () => named({ TimeoutSeconds: '1x', MaxAttempts: 'x1' }),
      [
        "'TimeoutSeconds' must be a whole number from 1 to 840, got: text of 2 characters",
        "'MaxAttempts' must be a whole number from 1 to 10, got: text of 2 characters",
      ],
    ],
    [
      'a fraction',
      () => named({ TimeoutSeconds: 1.5 }),
      ["'TimeoutSeconds' must be a whole number from 1 to 840, got: 1.5"],
    ],
    [
      'no choice',
      () => named({ OnFailure: 'fail', OnUnsupported: {} }),
      [
        "'OnFailure' must be one of FAIL, REPORT, got: text of 4 characters",
        "'OnUnsupported' must be one of FAIL, WARN, got: a map",
      ],
    ],
    ['no map', () => problemsOf({ TestConnectionInput: 'x' }), [`'${INPUT}' must be a map, got: text of 1 characters`]],
    [
      'no map of properties',
      () => input({ ConnectionProperties: ['x'] }),
      [`'${INPUT}.ConnectionProperties' must be a map, got: a list`],
    ],
    [
      'members are missing',
      () => problemsOf({ TestConnectionInput: {} }),
      [`'${INPUT}.ConnectionType' is required`, `'${INPUT}.ConnectionProperties' is required`],
    ],
    [
      'a long key',
      () => input({ ConnectionProperties: { ['x'.repeat(256)]: 'x' } }),
      [`a key of '${INPUT}.ConnectionProperties' must be 1 to 255 characters, got: text of 256 characters`],
    ],
    [
      'a long value of a key that can not be shown',
      () => input({ ConnectionProperties: { 'a b': '' } }),
      [`'${INPUT}.ConnectionProperties.(a name of 3 characters)' must be 1 to 1024 characters, got: nothing`],
    ],
    [
      'an ARN of something else',
      () => authentication({ SecretArn: 'arn:aws:s3:::x', KmsKeyArn: 'arn:aws:s3:::x' }),
      [
        `'${AUTHENTICATION}.SecretArn' must be at most 2048 characters, the ARN of a secret, got: text of 14 characters`,
        `'${AUTHENTICATION}.KmsKeyArn' must be at most 2048 characters, the ARN of a KMS key, got: text of 14 characters`,
      ],
    ],
    [
      'blanks',
      () => authentication({ BasicAuthenticationCredentials: { Username: '  ' } }),
      [
        `'${AUTHENTICATION}.BasicAuthenticationCredentials.Username' must be 1 to 512 characters, not only blanks, got: text of 2 characters`,
      ],
    ],
    [
      'a URL without an end',
      () => authentication({ OAuth2Properties: { TokenUrl: 'https://' } }),
      [
        `'${AUTHENTICATION}.OAuth2Properties.TokenUrl' must be at most 256 characters, a URL of http or https, got: text of 8 characters`,
      ],
    ],
    [
      'what is no token',
      () => authentication({ OAuth2Properties: { OAuth2Credentials: { JwtToken: 'a.b', AccessToken: 'ä' } } }),
      [
        `'${AUTHENTICATION}.OAuth2Properties.OAuth2Credentials.AccessToken' must be at most 4096 characters of printable ASCII, got: text of 1 characters`,
        `'${AUTHENTICATION}.OAuth2Properties.OAuth2Credentials.JwtToken' must be at most 8000 characters, a JSON Web Token in its compact form, got: text of 3 characters`,
      ],
    ],
    [
      'a reference with a wrong member',
      () => input({ ConnectionProperties: { A: { SecretId: 'x', VersionStage: '' } } }),
      [`'${INPUT}.ConnectionProperties.A.VersionStage' must be 1 to 256 characters, got: nothing`],
    ],
    [
      'many unknown names, of which twenty are told',
      () => named(Object.fromEntries(Array.from({ length: 21 }, (_, index) => [`q${index + 10}`, 'x']))),
      [/^'q10', .*'q29' are no properties, expected: ConnectionName, .*, Triggers$/],
    ],
  ])('%s', (_, problems, expected) => {
    expect(problems()).toEqual(
      expected.map((text) => (typeof text === 'string' ? text : (expect.stringMatching(text) as string))),
    );
  });
});

describe('what Glue documents of a type', () => {
  const jdbc = (ConnectionProperties: object, members = {}) =>
    input({ ConnectionType: 'JDBC', ConnectionProperties, ...members });
  const URL = { JDBC_CONNECTION_URL: 'x' };
  const PARTS = { HOST: 'x', PORT: 'x', JDBC_ENGINE: 'x' };
  const USER = { USERNAME: 'x', PASSWORD: 'x' };
  const PROPERTIES = "'TestConnectionInput.ConnectionProperties' must have";

  test.each([
    ['a URL and a secret', () => jdbc({ ...URL, SECRET_ID: 'x' })],
    ['parts of an address, and a password', () => jdbc({ ...PARTS, ...USER })],
    ['a URL, and credentials elsewhere', () => jdbc(URL, { AuthenticationConfiguration: {} })],
    ['Salesforce with authentication', () => input({ ConnectionType: 'SALESFORCE', AuthenticationConfiguration: {} })],
    ['properties that come as a whole', () => input({ ConnectionType: 'CUSTOM' })],
  ])('is enough: %s', (_, problems) => {
    expect(problems()).toEqual([]);
  });

  test.each([
    [
      'no address',
      () => jdbc({ SECRET_ID: 'x', HOST: 'x' }),
      `${PROPERTIES} JDBC_CONNECTION_URL, or HOST, PORT and JDBC_ENGINE; it lacks JDBC_CONNECTION_URL, PORT, JDBC_ENGINE`,
    ],
    [
      'half of the credentials',
      () => jdbc({ ...URL, USERNAME: 'x' }),
      `${PROPERTIES} SECRET_ID, or USERNAME and PASSWORD; it lacks SECRET_ID, PASSWORD`,
    ],
    [
      'credentials elsewhere, but no address',
      () => jdbc({}, { AuthenticationConfiguration: {} }),
      `${PROPERTIES} JDBC_CONNECTION_URL, or HOST, PORT and JDBC_ENGINE; it lacks JDBC_CONNECTION_URL, HOST, PORT, JDBC_ENGINE`,
    ],
    [
      'Salesforce without authentication',
      () => input({ ConnectionType: 'SALESFORCE' }),
      "'TestConnectionInput.AuthenticationConfiguration' is required for a connection of type SALESFORCE",
    ],
  ])('is missing: %s', (_, problems, expected) => {
    expect(problems()).toEqual([expected]);
  });
});
