import { BlackBox } from '../black-box';

let blackBox: BlackBox;
beforeAll(async () => {
  blackBox = await BlackBox.start();
});
afterAll(async () => {
  await blackBox.stop();
});

/** Why properties were refused. */
async function reasonOf(properties: object): Promise<string> {
  const { answer } = await blackBox.invoke({ properties: { ConnectionName: undefined, ...properties } });
  expect(answer.Status).toBe('FAILED');
  return answer.Reason ?? '';
}

const input = (AuthenticationConfiguration: object) => ({
  TestConnectionInput: { ConnectionType: 'CUSTOM', ConnectionProperties: {}, AuthenticationConfiguration },
});

const oauth2 = (OAuth2Properties: object) => input({ OAuth2Properties });

describe('fails with the nearest right name when', () => {
  test.each([
    ['Conectionname', 'ConnectionName'],
    ['connectionName', 'ConnectionName'],
    ['connection_name', 'ConnectionName'],
    ['CONNECTION-NAME', 'ConnectionName'],
    ['ConnectionNames', 'ConnectionName'],
    ['CatalogID', 'CatalogId'],
    ['Catalog', 'CatalogId'],
    ['CatalogueIds', 'CatalogId'],
    ['TestConectionInputs', 'TestConnectionInput'],
    ['TimeOutSeconds', 'TimeoutSeconds'],
    ['MaxAttempt', 'MaxAttempts'],
    ['onFail', 'OnFailure'],
    ['OnUnsuported', 'OnUnsupported'],
    ['Trigger', 'Triggers'],
    ['ServiceTimeOut', 'ServiceTimeout'],
  ])("'%s' stands for '%s'", async (wrong, right) => {
    expect(await reasonOf({ [wrong]: 'x' })).toContain(`'${wrong}' is not a property; did you mean '${right}'?`);
  });

  test.each([
    ['TestConnectionInput.ConnectionProps', { TestConnectionInput: { ConnectionProps: {} } }, 'ConnectionProperties'],
    ['TestConnectionInput.ConnectionTypes', { TestConnectionInput: { ConnectionTypes: 'x' } }, 'ConnectionType'],
    ['TestConnectionInput.AuthenticationConfiguration.SecretARN', input({ SecretARN: 'x' }), 'SecretArn'],
    [
      'TestConnectionInput.AuthenticationConfiguration.OAuth2Properties.tokenURL',
      oauth2({ tokenURL: 'x' }),
      'TokenUrl',
    ],
    [
      'TestConnectionInput.AuthenticationConfiguration.OAuth2Properties.OAuth2Credentials.AcessToken',
      oauth2({ OAuth2Credentials: { AcessToken: 'x' } }),
      'AccessToken',
    ],
    [
      'TestConnectionInput.AuthenticationConfiguration.BasicAuthenticationCredentials.Password.jsonkey',
      input({ BasicAuthenticationCredentials: { Password: { SecretId: 'x', jsonkey: 'x' } } }),
      'JsonKey',
    ],
  ])('it is wrong further down: %s', async (path, properties, right) => {
    expect(await reasonOf(properties)).toContain(`'${path}' is not a property; did you mean '${right}'?`);
  });

  test('one that is the same but for its case is nearer than any other', async () => {
    expect(await reasonOf(oauth2({ OAuth2Credentials: { refreshtoken: 'x', JWTToken: 'x' } }))).toMatch(
      /refreshtoken' is not a property; did you mean 'RefreshToken'\?.*JWTToken' is not a property; did you mean 'JwtToken'\?/,
    );
  });
});

describe('fails', () => {
  test('with all names when none is near, and with each other problem', async () => {
    const reason = await reasonOf({ Colour: 'red', Password: 'S3cr3t', Conectionname: 'orders', MaxAttempts: '11' });

    expect(reason).toContain("'ConnectionName' is required");
    expect(reason).toContain("'MaxAttempts' must be a whole number from 1 to 10");
    expect(reason).toContain("'Conectionname' is not a property; did you mean 'ConnectionName'?");
    expect(reason).toContain("'Colour', 'Password' are no properties, expected: ConnectionName, CatalogId, ");
    expect(reason).not.toContain('S3cr3t');
  });

  test.each([
    ['near', 'Connection Name', "a name of 15 characters is not a property; did you mean 'ConnectionName'?"],
    ['not near', 'S3cr3t: words', 'a name of 13 characters is not a property, expected: ConnectionName, '],
    ['long', 'S3cr3t'.repeat(40_000), 'a name of 240000 characters is not a property, expected: ConnectionName, '],
    ['made of emojis', '🎉🎉', 'a name of 2 characters is not a property, expected: ConnectionName, '],
  ])('without a name that may be a secret, when it is %s', async (_, name, says) => {
    const reason = await reasonOf({ [name]: 'x' });

    expect(reason).toContain(says);
    expect(reason).not.toContain(name.slice(0, 11));
  });
});
