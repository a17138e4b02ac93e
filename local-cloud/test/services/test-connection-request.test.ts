import { ServiceBed } from './service-bed';

let bed: ServiceBed;
beforeAll(async () => {
  bed = await ServiceBed.start();
});
afterAll(() => bed.endpoint.close());

const url = 'jdbc:postgresql://127.0.0.1:1/orders';
const ConnectionProperties = { JDBC_CONNECTION_URL: url, USERNAME: 'orders', PASSWORD: 'hidden' };
const input = { ConnectionType: 'JDBC', ConnectionProperties } as const;
const glueArn = (resource: string) => `arn:aws:glue:us-east-1:111122223333:${resource}`;

describe('what is tested', () => {
  test('fails when name and input come together, and when neither comes', async () => {
    await expect(bed.testConnection({ ConnectionName: 'orders', TestConnectionInput: input })).rejects.toMatchObject({
      name: 'InvalidInputException',
    });
    await expect(bed.testConnection({})).rejects.toMatchObject({ name: 'InvalidInputException' });
  });

  test('fails when the named connection is missing', async () => {
    await expect(bed.testConnection({ ConnectionName: 'absent' })).rejects.toMatchObject({
      name: 'EntityNotFoundException',
    });
  });

  test('may be tried by a stand-in for the data stores, which is asked with the settings of the connection', async () => {
    const connect = jest.fn().mockResolvedValue(undefined);
    const another = await ServiceBed.start(connect);
    await another.testConnection({ TestConnectionInput: input });
    await another.endpoint.close();
    expect(connect).toHaveBeenCalledWith(expect.objectContaining(input), expect.anything());
  });
});

describe('permissions', () => {
  const allow = (resource: string) => [{ Action: 'glue:TestConnection', Resource: glueArn(resource) }];

  test('for an input are on the type of the connection, after a colon', async () => {
    await expect(bed.testConnection({ TestConnectionInput: input }, allow('connectionType:JDBC'))).rejects.toThrow(
      'Connection refused',
    );
  });

  test.each(['connectionType:SALESFORCE', 'connectionType/JDBC', 'connection/*', 'catalog'])(
    'fails when an input is tested with permissions on %s',
    async (resource) => {
      await expect(bed.testConnection({ TestConnectionInput: input }, allow(resource))).rejects.toMatchObject({
        name: 'AccessDeniedException',
        message: expect.stringContaining(
          `glue:TestConnection on resource: ${glueArn('connectionType:JDBC')}`,
        ) as string,
      });
    },
  );

  test('for a name are on the connection', async () => {
    bed.glue.putConnection({ Name: 'orders', ...input });
    await expect(bed.testConnection({ ConnectionName: 'orders' }, allow('connection/orders'))).rejects.toThrow(
      'Connection refused',
    );
    await expect(bed.testConnection({ ConnectionName: 'orders' }, allow('connectionType:*'))).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
  });
});

test('what arrives is kept as it came, refused or not', async () => {
  const body = { TestConnectionInput: { ...input, Unknown: [1] }, ConnectionName: null };
  await bed.post(body);
  expect(bed.glue.received.at(-1)).toEqual(body);
});

describe('validation', () => {
  const within = (changes: object) => ({ TestConnectionInput: { ...input, ...changes } });
  const oauth2 = (properties: object) =>
    within({ AuthenticationConfiguration: { AuthenticationType: 'OAUTH2', OAuth2Properties: properties } });

  test('drops members that are unknown or null', async () => {
    const { answer } = await bed.post(within({ Unknown: 1, AuthenticationConfiguration: null }));
    expect(answer.Message).toContain('Connection refused');
  });

  test.each<[string, object, string]>([
    [
      'the type is missing',
      within({ ConnectionType: null }),
      "1 validation error detected: Value null at 'testConnectionInput.connectionType' failed to satisfy constraint: " +
        'Member must not be null',
    ],
    [
      'type and properties are missing',
      { TestConnectionInput: {} },
      "2 validation errors detected: Value null at 'testConnectionInput.connectionType' failed to satisfy constraint: " +
        "Member must not be null; Value null at 'testConnectionInput.connectionProperties' failed to satisfy " +
        'constraint: Member must not be null',
    ],
    [
      'the type is unknown',
      within({ ConnectionType: 'JDBCC' }),
      'Member must satisfy enum value set: [ADOBEANALYTICS, ',
    ],
    [
      'a property is empty',
      within({ ConnectionProperties: { USERNAME: 'orders', PASSWORD: '' } }),
      "1 validation error detected: Value '{USERNAME=orders, PASSWORD=}' at 'testConnectionInput.connectionProperties' " +
        'failed to satisfy constraint: Map value must satisfy constraint: [Member must have length less than or equal ' +
        'to 1024, Member must have length greater than or equal to 1]',
    ],
    [
      'a property is longer than 1024 characters',
      within({ ConnectionProperties: { JDBC_CONNECTION_URL: 'j'.repeat(1025) } }),
      'Map value must satisfy constraint',
    ],
    [
      'there are more than 100 properties',
      within({ ConnectionProperties: Object.fromEntries(Array.from({ length: 101 }, (_, index) => [index, 'x'])) }),
      'Member must have length less than or equal to 100',
    ],
    ['the name is empty', { ConnectionName: '' }, "Value '' at 'connectionName' failed to satisfy constraint"],
    [
      'the secret is named by another than an ARN',
      within({ AuthenticationConfiguration: { SecretArn: 'orders' } }),
      "Value 'orders' at 'testConnectionInput.authenticationConfiguration.secretArn' failed to satisfy constraint: " +
        'Member must satisfy regular expression pattern',
    ],
    [
      'a password is longer than 512 characters',
      within({ AuthenticationConfiguration: { BasicAuthenticationCredentials: { Password: 'p'.repeat(513) } } }),
      "1 validation error detected: Value at 'testConnectionInput.authenticationConfiguration" +
        ".basicAuthenticationCredentials.password' failed to satisfy constraint: Member must have length less than or " +
        'equal to 512',
    ],
    ['the grant type is unknown', oauth2({ OAuth2GrantType: 'PASSWORD' }), 'Member must satisfy enum value set'],
    ['the token URL is none', oauth2({ TokenUrl: 'ftp://x' }), 'Member must satisfy regular expression pattern'],
    [
      'the JWT is none',
      oauth2({ OAuth2Credentials: { JwtToken: 'a-b.c.d' } }),
      "Value at 'testConnectionInput.authenticationConfiguration.oAuth2Properties.oAuth2Credentials.jwtToken' failed",
    ],
  ])('fails when %s', async (_, body, words) => {
    const { status, answer } = await bed.post(body);
    expect(status).toBe(400);
    expect(answer).toMatchObject({
      __type: 'ValidationException',
      Message: expect.stringContaining(words) as string,
    });
  });

  test.each<[string, object, string]>([
    ['a number', within({ ConnectionProperties: { PORT: 5432 } }), 'NUMBER_VALUE can not be converted to a String'],
    ['a boolean', within({ ConnectionProperties: { PORT: true } }), 'TRUE_VALUE can not be converted to a String'],
    ['an object', within({ ConnectionProperties: { PASSWORD: { SecretId: 's' } } }), 'where not expected'],
  ])('fails when %s stands where text is expected', async (_, body, words) => {
    const { answer } = await bed.post(body);
    expect(answer).toMatchObject({ __type: 'SerializationException' });
    expect(answer.Message).toContain(words);
  });

  test('fails when text stands where properties are expected', async () => {
    const { answer } = await bed.post(within({ ConnectionProperties: 'text' }));
    expect(answer).toMatchObject({ __type: 'SerializationException' });
  });
});
