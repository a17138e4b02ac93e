import fc, { type Arbitrary } from 'fast-check';
import { asRead, json } from '../../lambda/arbitraries';

/** Properties of the custom resource as JSON has them. */
export type Properties = Readonly<Record<string, unknown>>;

export const reference = fc.record(
  {
    SecretId: fc.string({ minLength: 1 }),
    JsonKey: fc.string({ minLength: 1 }),
    VersionStage: fc.constant('AWSCURRENT'),
  },
  { requiredKeys: ['SecretId'] },
);

export const anyName = fc.oneof(
  fc.string({ minLength: 1 }),
  fc.constantFrom('__proto__', 'constructor', 'toString', '🎉', 'Ref'),
);

/** A value that fits all members but those with a pattern, and a value that fits those. */
const value = fc.oneof(fc.stringMatching(/^[!-~]{1,64}$/), reference);
const fitting = (text: string) => fc.oneof(fc.constant(text), reference);

const optional = { requiredKeys: [] };

const authentication = fc.record(
  {
    AuthenticationType: value,
    SecretArn: fitting('arn:aws:secretsmanager:eu-west-1:111122223333:secret:s'),
    KmsKeyArn: fitting('arn:aws:kms:eu-west-1:111122223333:key/1'),
    BasicAuthenticationCredentials: fc.record({ Username: value, Password: value }, optional),
    CustomAuthenticationCredentials: fc.dictionary(anyName, value, { maxKeys: 3, noNullPrototype: true }),
    OAuth2Properties: fc.record(
      {
        OAuth2GrantType: value,
        OAuth2ClientApplication: fc.record(
          { UserManagedClientApplicationClientId: value, AWSManagedClientApplicationReference: value },
          optional,
        ),
        TokenUrl: fitting('https://login.example.com/token'),
        TokenUrlParametersMap: fc.dictionary(anyName, value, { maxKeys: 3, noNullPrototype: true }),
        AuthorizationCodeProperties: fc.record(
          { AuthorizationCode: value, RedirectUri: fitting('https://example.com/back') },
          optional,
        ),
        OAuth2Credentials: fc.record(
          {
            UserManagedClientApplicationClientSecret: value,
            AccessToken: value,
            RefreshToken: value,
            JwtToken: fitting('eyJh.eyJz.c2ln'),
          },
          optional,
        ),
      },
      optional,
    ),
  },
  optional,
);

const jdbcProperties = fc.subarray([
  'JDBC_CONNECTION_URL',
  'HOST',
  'PORT',
  'JDBC_ENGINE',
  'SECRET_ID',
  'USERNAME',
  'PASSWORD',
]);

const connectionProperties = fc.oneof(
  fc.dictionary(anyName, value, { maxKeys: 5, noNullPrototype: true }),
  fc.tuple(jdbcProperties, value).map(([names, its]) => Object.fromEntries(names.map((name) => [name, its] as const))),
  fc
    .constantFrom(99, 100, 101)
    .map((count) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`P${index}`, 'x']))),
);

export const input = fc.record(
  {
    ConnectionType: fc.oneof(fc.constantFrom('JDBC', 'SALESFORCE'), value),
    ConnectionProperties: connectionProperties,
    AuthenticationConfiguration: authentication,
  },
  { requiredKeys: ['ConnectionType', 'ConnectionProperties'] },
);

const others = fc.record(
  {
    ServiceTimeout: fc.constant('900'),
    CatalogId: fc.constant('111122223333'),
    TimeoutSeconds: fc.oneof(fc.integer({ min: 1, max: 840 }), fc.integer({ min: 1, max: 840 }).map(String)),
    MaxAttempts: fc.integer({ min: 1, max: 10 }).map(String),
    OnFailure: fc.constantFrom('FAIL', 'REPORT'),
    OnUnsupported: fc.constantFrom('FAIL', 'WARN'),
    Definition: json,
    Watch: json,
    Triggers: json,
  },
  optional,
);

/** Right ones, but for what an input of some type needs. */
export const mostlyRight: Arbitrary<Properties> = fc
  .tuple(
    others,
    fc.oneof(
      { weight: 3, arbitrary: fc.record({ TestConnectionInput: input }) },
      { weight: 1, arbitrary: fc.record({ ConnectionName: value.filter((name) => typeof name === 'string') }) },
    ),
  )
  .map((parts) => asRead(Object.assign({}, ...parts)) as Properties);

const REFERENCE = { SecretId: 'orders', JsonKey: 'password', VersionStage: 'AWSCURRENT' };

/** All members of an input, and all others. */
export const COMPLETE: readonly Properties[] = [
  {
    TestConnectionInput: {
      ConnectionType: 'GOOGLEADS',
      ConnectionProperties: { SITE: 'orders' },
      AuthenticationConfiguration: {
        AuthenticationType: 'OAUTH2',
        SecretArn: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:s',
        KmsKeyArn: 'arn:aws:kms:eu-west-1:111122223333:key/1',
        BasicAuthenticationCredentials: { Username: 'orders', Password: REFERENCE },
        CustomAuthenticationCredentials: { key: 'x' },
        OAuth2Properties: {
          OAuth2GrantType: 'JWT_BEARER',
          OAuth2ClientApplication: {
            UserManagedClientApplicationClientId: 'x',
            AWSManagedClientApplicationReference: 'x',
          },
          TokenUrl: 'https://login.example.com/token',
          TokenUrlParametersMap: { audience: 'orders' },
          AuthorizationCodeProperties: { AuthorizationCode: 'x', RedirectUri: 'https://example.com/back' },
          OAuth2Credentials: {
            UserManagedClientApplicationClientSecret: 'x',
            AccessToken: 'x',
            RefreshToken: 'x',
            JwtToken: 'eyJh.eyJz.c2ln',
          },
        },
      },
    },
  },
  {
    ConnectionName: 'orders',
    CatalogId: '111122223333',
    TimeoutSeconds: '300',
    MaxAttempts: '3',
    OnFailure: 'REPORT',
    OnUnsupported: 'WARN',
    Definition: 'x',
    Watch: { x: 'x' },
    Triggers: { x: 'x' },
  },
];
