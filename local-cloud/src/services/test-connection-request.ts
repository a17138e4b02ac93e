import { ConnectionType } from '@aws-sdk/client-glue';
import { parse, type Shape, type StructureShape, type TextShape } from './constraints';

/** What Glue is told of a data store: `TestConnectionInput`, and the same members of a connection. */
export interface ConnectionSettings {
  readonly ConnectionType: string;
  readonly ConnectionProperties: Readonly<Record<string, string>>;
  readonly AuthenticationConfiguration?: AuthenticationConfiguration;
}

/** @see https://docs.aws.amazon.com/glue/latest/webapi/API_AuthenticationConfigurationInput.html */
export interface AuthenticationConfiguration {
  readonly AuthenticationType?: 'BASIC' | 'OAUTH2' | 'CUSTOM' | 'IAM';
  readonly OAuth2Properties?: OAuth2Properties;
  readonly SecretArn?: string;
  readonly KmsKeyArn?: string;
  readonly BasicAuthenticationCredentials?: { readonly Username?: string; readonly Password?: string };
  readonly CustomAuthenticationCredentials?: Readonly<Record<string, string>>;
}

/** @see https://docs.aws.amazon.com/glue/latest/webapi/API_OAuth2PropertiesInput.html */
export interface OAuth2Properties {
  readonly OAuth2GrantType?: 'AUTHORIZATION_CODE' | 'CLIENT_CREDENTIALS' | 'JWT_BEARER' | 'REFRESH_TOKEN';
  readonly OAuth2ClientApplication?: {
    readonly UserManagedClientApplicationClientId?: string;
    readonly AWSManagedClientApplicationReference?: string;
  };
  readonly TokenUrl?: string;
  readonly TokenUrlParametersMap?: Readonly<Record<string, string>>;
  readonly AuthorizationCodeProperties?: { readonly AuthorizationCode?: string; readonly RedirectUri?: string };
  readonly OAuth2Credentials?: OAuth2Credentials;
}

/** @see https://docs.aws.amazon.com/glue/latest/webapi/API_OAuth2Credentials.html */
export interface OAuth2Credentials {
  readonly UserManagedClientApplicationClientSecret?: string;
  readonly AccessToken?: string;
  readonly RefreshToken?: string;
  readonly JwtToken?: string;
}

export interface TestConnectionRequest {
  readonly ConnectionName?: string;
  readonly CatalogId?: string;
  readonly TestConnectionInput?: ConnectionSettings;
}

const text = (constraints: Omit<TextShape, 'type'> = {}): TextShape => ({ type: 'string', ...constraints });
const structure = (members: Record<string, Shape>, required?: readonly string[]): StructureShape => ({
  ...{ type: 'structure', members, required },
});

const NAME = text({ min: 1, max: 255, pattern: /^[\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}\t]*$/u });
const printable = (max: number) => text({ max, pattern: /^[\x20-\x7E]*$/, sensitive: true });

const OAUTH2_PROPERTIES = structure({
  OAuth2GrantType: text({ values: ['AUTHORIZATION_CODE', 'CLIENT_CREDENTIALS', 'JWT_BEARER', 'REFRESH_TOKEN'] }),
  OAuth2ClientApplication: structure({
    UserManagedClientApplicationClientId: text({ max: 2048, pattern: /^\S+$/ }),
    AWSManagedClientApplicationReference: text({ max: 2048, pattern: /^\S+$/ }),
  }),
  TokenUrl: text({ max: 256, pattern: /^(https?):\/\/[-a-zA-Z0-9+&@#/%?=~_|!:,.;]*[-a-zA-Z0-9+&@#/%=~_|]$/ }),
  TokenUrlParametersMap: { type: 'map', key: text({ min: 1, max: 128 }), value: text({ min: 1, max: 512 }) },
  AuthorizationCodeProperties: structure({
    AuthorizationCode: text({ min: 1, max: 4096, pattern: /^\S+$/, sensitive: true }),
    RedirectUri: text({ max: 512, pattern: /^(https?):\/\/[^\s/$.?#].[^\s]*$/ }),
  }),
  OAuth2Credentials: structure({
    UserManagedClientApplicationClientSecret: printable(512),
    AccessToken: printable(4096),
    RefreshToken: printable(4096),
    // As documented: a header or payload whose encoding holds a hyphen, as base64url may, is refused.
    JwtToken: text({
      ...{ max: 8000, sensitive: true },
      pattern: /^([a-zA-Z0-9_=]+)\.([a-zA-Z0-9_=]+)\.([a-zA-Z0-9_\-+/=]*)$/,
    }),
  }),
});

/** @see https://docs.aws.amazon.com/glue/latest/webapi/API_TestConnectionInput.html */
const TEST_CONNECTION_INPUT = structure(
  {
    ConnectionType: text({ values: Object.values(ConnectionType) }),
    // The keys that are documented as valid lack some that other pages of AWS ask for, such as INSTANCE_URL: any passes.
    ConnectionProperties: { type: 'map', value: text({ min: 1, max: 1024 }), max: 100 },
    AuthenticationConfiguration: structure({
      AuthenticationType: text({ values: ['BASIC', 'OAUTH2', 'CUSTOM', 'IAM'] }),
      OAuth2Properties: OAUTH2_PROPERTIES,
      SecretArn: text({ pattern: /^arn:aws(-(cn|us-gov|iso(-[bef])?))?:secretsmanager:.*$/ }),
      KmsKeyArn: text({ pattern: /^$|^arn:aws[a-z0-9-]*:kms:.*$/ }),
      BasicAuthenticationCredentials: structure({
        Username: text({ max: 512, pattern: /^\S+$/ }),
        Password: text({ max: 512, pattern: /^.*$/, sensitive: true }),
      }),
      CustomAuthenticationCredentials: {
        ...{ type: 'map', key: text({ min: 1, max: 128 }), value: text({ min: 1, max: 2048 }) },
      },
    }),
  },
  ['ConnectionType', 'ConnectionProperties'],
);

/** @see https://docs.aws.amazon.com/glue/latest/webapi/API_TestConnection.html */
export function parseTestConnection(body: Readonly<Record<string, unknown>>): TestConnectionRequest {
  const request = structure({ ConnectionName: NAME, CatalogId: NAME, TestConnectionInput: TEST_CONNECTION_INPUT });
  return parse(request, body);
}
