import type { ConnectionTestProperties } from '../contract';
import type { Choice, Integer, MapOf, Shape, Structure, Text } from './shape';

// A pattern that AWS does not anchor at one end is not anchored here: a value that is refused here never reaches Glue.

// All patterns match whole characters, not UTF-16 code units, and mean the same in JSON Schema.

/** No line breaks and no control characters. */
// eslint-disable-next-line no-control-regex -- the pattern refuses them
const ONE_LINE = /^[^\u0000-\u0008\u000A-\u001F\uFFFE\uFFFF]*$/u;
const NAME = text(1, 255, '1 to 255 characters on one line', ONE_LINE);

const PRINTABLE = { pattern: /^[\x20-\x7E]*$/u, words: ' of printable ASCII' };
const NO_BLANKS = { pattern: /\S/u, words: ', not only blanks' };
const URL = {
  pattern: /^(https?):\/\/[-a-zA-Z0-9+&@#/%?=~_|!:,.;]*[-a-zA-Z0-9+&@#/%=~_|]/u,
  words: ', a URL of http or https',
};
const REDIRECT = { pattern: /^(https?):\/\/[^\s/$.?#].[^\s]*$/u, words: URL.words };
const JWT = {
  pattern: /^([a-zA-Z0-9_=]+)\.([a-zA-Z0-9_=]+)\.([a-zA-Z0-9_\-+/=]*)/u,
  words: ', a JSON Web Token in its compact form',
};
const SECRET_ARN = {
  pattern: /^arn:aws(-(cn|us-gov|iso(-[bef])?))?:secretsmanager:/u,
  words: ', the ARN of a secret',
};

const KEY_ARN = { pattern: /^$|arn:aws[a-z0-9-]*:kms:/u, words: ', the ARN of a KMS key' };

export const ROLE_ARN = text(20, 2048, 'the ARN of a role', /^arn:aws[a-z0-9-]*:iam::\d{12}:role\/./u);

/** A reference to a secret, which the handler reads in place of a string. */
export const SECRET_REFERENCE = structure({ SecretId: key(2048), JsonKey: key(1024), VersionStage: key(256) }, [
  'SecretId',
]);

/** @see https://docs.aws.amazon.com/glue/latest/webapi/API_OAuth2PropertiesInput.html */
const OAUTH2_PROPERTIES = structure({
  OAuth2GrantType: value(1, 64),
  OAuth2ClientApplication: structure({
    UserManagedClientApplicationClientId: value(1, 2048, NO_BLANKS),
    AWSManagedClientApplicationReference: value(1, 2048, NO_BLANKS),
  }),
  TokenUrl: value(0, 256, URL),
  TokenUrlParametersMap: mapOf(key(128), value(1, 512)),
  AuthorizationCodeProperties: structure({
    AuthorizationCode: sensitive(1, 4096, NO_BLANKS),
    RedirectUri: value(0, 512, REDIRECT),
  }),
  OAuth2Credentials: structure({
    UserManagedClientApplicationClientSecret: sensitive(0, 512, PRINTABLE),
    AccessToken: sensitive(0, 4096, PRINTABLE),
    RefreshToken: sensitive(0, 4096, PRINTABLE),
    JwtToken: sensitive(0, 8000, JWT),
  }),
});

/** @see https://docs.aws.amazon.com/glue/latest/webapi/API_TestConnectionInput.html */
export const TEST_CONNECTION_INPUT = structure(
  {
    ConnectionType: value(1, 255),
    ConnectionProperties: mapOf(key(255), value(1, 1024), 100),
    AuthenticationConfiguration: structure({
      AuthenticationType: value(1, 64),
      OAuth2Properties: OAUTH2_PROPERTIES,
      SecretArn: value(0, 2048, SECRET_ARN),
      KmsKeyArn: value(0, 2048, KEY_ARN),
      BasicAuthenticationCredentials: structure({
        Username: value(1, 512, NO_BLANKS),
        Password: sensitive(0, 512),
      }),
      CustomAuthenticationCredentials: mapOf(key(128), sensitive(1, 2048)),
    }),
  },
  ['ConnectionType', 'ConnectionProperties'],
);

/**
 * The properties of `Custom::GlueConnectionTest`, with the types in `contract.ts` and the limits of AWS's own model.
 *
 * @see https://docs.aws.amazon.com/glue/latest/webapi/API_TestConnection.html
 */
export const CONNECTION_TEST: Structure = structure(
  {
    ConnectionName: NAME,
    CatalogId: NAME,
    TestConnectionInput: TEST_CONNECTION_INPUT,
    TimeoutSeconds: integer(1, 840),
    MaxAttempts: integer(1, 10),
    OnFailure: choice('FAIL', 'REPORT'),
    OnUnsupported: choice('FAIL', 'WARN'),
    NetworkDiagnosis: choice('ENABLED', 'DISABLED'),
    Metrics: choice('ENABLED', 'DISABLED'),
    RoleArn: ROLE_ARN,
    Definition: { kind: 'anything' },
    Watch: { kind: 'anything' },
    Triggers: { kind: 'anything' },
  } satisfies Record<keyof ConnectionTestProperties, Shape>,
  [],
  // CloudFormation passes its own properties on to the function.
  ['ServiceToken', 'ServiceTimeout'],
);

interface Form {
  readonly pattern: RegExp;
  /** The pattern in words, appended to the length. */
  readonly words: string;
}

export function text(min: number, max: number, expected: string, pattern?: RegExp): Text {
  return { kind: 'text', minLength: min, maxLength: max, pattern, expected, isSensitive: false };
}

/** A string in Glue's input, which may come from a secret. */
function value(min: number, max: number, form?: Form): Text {
  const length = min === 0 ? `at most ${max} characters` : `${min} to ${max} characters`;
  return { ...text(min, max, `${length}${form?.words ?? ''}`, form?.pattern), orElse: SECRET_REFERENCE };
}

function sensitive(min: number, max: number, form?: Form): Text {
  return { ...value(min, max, form), isSensitive: true };
}

function key(max: number): Text {
  return text(1, max, `1 to ${max} characters`);
}

function mapOf(keys: Text, values: Text, maxEntries?: number): MapOf {
  return { kind: 'map', key: keys, value: values, maxEntries };
}

export function integer(minimum: number, maximum: number): Integer {
  return { kind: 'integer', minimum, maximum };
}

export function choice(...values: string[]): Choice {
  return { kind: 'choice', values };
}

export function structure(
  members: Record<string, Shape>,
  required: readonly string[] = [],
  ignored: readonly string[] = [],
): Structure {
  return { kind: 'structure', members, required, ignored };
}
