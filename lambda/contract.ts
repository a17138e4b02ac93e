/**
 * The custom resource `Custom::GlueConnectionTest`: the properties that a template sends and the attributes it gets
 * back.
 *
 * This file holds types only, so that the constructs can share them without loading the handler. Numbers may be
 * strings, because CloudFormation turns every scalar of a custom resource into a string.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref.html
 */
export interface ConnectionTestProperties {
  /**
   * The name of the Glue connection to test, 1 to 255 characters on one line. Do not combine it with
   * `TestConnectionInput`.
   */
  readonly ConnectionName?: string;
  /** The ID of the Data Catalog that holds the connection; by default, the account's own catalog. */
  readonly CatalogId?: string;
  /** The definition of a connection to test; the connection need not exist. Do not combine it with `ConnectionName`. */
  readonly TestConnectionInput?: TestConnectionInput;
  /** The time limit for all attempts together in seconds, 1 to 840; by default, 300. */
  readonly TimeoutSeconds?: number | string;
  /** How many times to try a data store that can't be reached, 1 to 10; by default, 3. */
  readonly MaxAttempts?: number | string;
  /**
   * Whether a failed test fails the resource (`FAIL`) or only shows in its attributes (`REPORT`); by default, `FAIL`.
   */
  readonly OnFailure?: 'FAIL' | 'REPORT';
  /** Whether a connection that Glue can't test fails the resource (`FAIL`) or not (`WARN`); by default, `FAIL`. */
  readonly OnUnsupported?: 'FAIL' | 'WARN';
  /**
   * Whether the function examines the network of a connection that fails its test, by EC2's Describe calls (`ENABLED`), or
   * not (`DISABLED`); by default, `ENABLED`.
   */
  readonly NetworkDiagnosis?: 'ENABLED' | 'DISABLED';
  /**
   * Whether the function emits CloudWatch metrics of the test of a connection, in the namespace `GlueConnections`
   * (`ENABLED`), or not (`DISABLED`); by default, `ENABLED`.
   */
  readonly Metrics?: 'ENABLED' | 'DISABLED';
  /**
   * The ARN of the role that the test runs as; by default, the function's role. It must be in the function's account
   * and trust the function's role.
   */
  readonly RoleArn?: string;
  /** A fingerprint of the connection. The handler ignores its content; a change makes CloudFormation send an Update. */
  readonly Definition?: string;
  /**
   * Values that are only known at deployment. The handler ignores them; a change makes CloudFormation send an Update.
   */
  readonly Watch?: unknown;
  /** Anything else that runs the test again when it changes. The handler ignores the content. */
  readonly Triggers?: Record<string, string>;
}

/**
 * Glue's structure of the same name, except that any string may be a reference to a secret. If it holds a secret in
 * plain text, the handler masks that secret wherever it would show.
 *
 * @see https://docs.aws.amazon.com/glue/latest/webapi/API_TestConnectionInput.html
 */
export interface TestConnectionInput {
  /** The connection type, such as `JDBC` or `SALESFORCE`. */
  readonly ConnectionType: Value;
  /**
   * The connection properties, at most 100. `JDBC` requires an address: `JDBC_CONNECTION_URL`, or `HOST`, `PORT` and
   * `JDBC_ENGINE`. It also requires credentials: `SECRET_ID`, or `USERNAME` and `PASSWORD`.
   */
  readonly ConnectionProperties: Readonly<Record<string, Value>>;
  /** How to authenticate with the data store; required for `SALESFORCE`. */
  readonly AuthenticationConfiguration?: AuthenticationConfigurationInput;
}

/** @see https://docs.aws.amazon.com/glue/latest/webapi/API_AuthenticationConfigurationInput.html */
export interface AuthenticationConfigurationInput {
  /** The authentication type: `BASIC`, `OAUTH2`, `CUSTOM` or `IAM`. */
  readonly AuthenticationType?: Value;
  /** How to get tokens, for the type `OAUTH2`. */
  readonly OAuth2Properties?: OAuth2PropertiesInput;
  /** The ARN of the secret that Glue itself reads the credentials from. */
  readonly SecretArn?: Value;
  /** The ARN of the KMS key that Glue encrypts the credentials with. */
  readonly KmsKeyArn?: Value;
  /** A user name and a password, for the type `BASIC`. */
  readonly BasicAuthenticationCredentials?: {
    /** The user name, 1 to 512 characters. */
    readonly Username?: Value;
    /** The password, at most 512 characters. */
    readonly Password?: Value;
  };
  /** The credentials for the type `CUSTOM`, under the names that the data store expects. */
  readonly CustomAuthenticationCredentials?: Readonly<Record<string, Value>>;
}

/** @see https://docs.aws.amazon.com/glue/latest/webapi/API_OAuth2PropertiesInput.html */
export interface OAuth2PropertiesInput {
  /** The grant type: `AUTHORIZATION_CODE`, `CLIENT_CREDENTIALS` or `JWT_BEARER`. */
  readonly OAuth2GrantType?: Value;
  /** The client application that requests tokens: your own, or one that AWS manages. */
  readonly OAuth2ClientApplication?: {
    /** The client ID that the data store's authorization server assigned to your own application. */
    readonly UserManagedClientApplicationClientId?: Value;
    /** The reference of the client application that AWS manages. */
    readonly AWSManagedClientApplicationReference?: Value;
  };
  /** The authorization server's token endpoint, an http or https URL. */
  readonly TokenUrl?: Value;
  /** Parameters to add to each token request. */
  readonly TokenUrlParametersMap?: Readonly<Record<string, Value>>;
  /** The properties that the grant type `AUTHORIZATION_CODE` requires. */
  readonly AuthorizationCodeProperties?: {
    /** The code that the authorization server issued. It can be exchanged for a token only once. */
    readonly AuthorizationCode?: Value;
    /** The address that the authorization server sent the code to, an http or https URL. */
    readonly RedirectUri?: Value;
  };
  /** The credentials that the grant types require in addition to the client ID. */
  readonly OAuth2Credentials?: {
    /** The client secret of your own application, in printable ASCII. */
    readonly UserManagedClientApplicationClientSecret?: Value;
    /** The token that gives access to the data store, in printable ASCII. */
    readonly AccessToken?: Value;
    /** The token that gets new access tokens, in printable ASCII. */
    readonly RefreshToken?: Value;
    /** A JSON Web Token in its compact form, for the grant type `JWT_BEARER`. */
    readonly JwtToken?: Value;
  };
}

export type Value = string | SecretValueReference;

/** A string that the handler reads from Secrets Manager, so that no secret enters a template or an event. */
export interface SecretValueReference {
  /** The name or ARN of the secret. */
  readonly SecretId: string;
  /** The key to read from a secret that is a JSON object; by default, the whole secret. */
  readonly JsonKey?: string;
  /** The staging label of the version to read; by default, `AWSCURRENT`. */
  readonly VersionStage?: string;
}

/**
 * The outcome of a test. `SKIPPED` means that the test did not run, or did not count, because the stack was rolling
 * back.
 */
export type Outcome = 'PASSED' | 'FAILED' | 'UNSUPPORTED' | 'SKIPPED';

/** The kind of failure, or `NONE` if there was none. */
export type Category =
  | 'NONE'
  | 'THROTTLED'
  | 'SERVICE_FAULT'
  | 'NETWORK'
  | 'RESOURCE_LIMIT'
  | 'CONFLICT'
  | 'TIMEOUT'
  | 'NOT_FOUND'
  | 'ACCESS_DENIED'
  | 'UNREACHABLE'
  | 'CREDENTIALS'
  | 'CONFIGURATION'
  | 'INVALID_INPUT'
  | 'ENCRYPTION'
  | 'FEDERATION_SOURCE'
  | 'SECRET'
  | 'UNSUPPORTED'
  | 'UNKNOWN';

/** The attributes that `Fn::GetAtt` reads. All of them are present whenever the resource succeeds. */
export interface ConnectionTestAttributes {
  /** The name of the tested connection; empty if a `TestConnectionInput` was tested. */
  readonly ConnectionName: string;
  readonly Outcome: Outcome;
  readonly Category: Category;
  /** What Glue said, at most 1,000 characters. */
  readonly Message: string;
  /** The number of attempts. */
  readonly Attempts: number;
  /** How long the test took in milliseconds: all attempts and the waits between them, and nothing else. */
  readonly DurationMs: number;
  /** When the test ended, in ISO 8601 format. */
  readonly TestedAt: string;
}
