/**
 * The custom resource `Custom::GlueConnectionTest`: what a template sends and what it gets back.
 *
 * Types only, so that the constructs can share them without loading the handler. Numbers may be strings here:
 * CloudFormation turns every scalar of a custom resource into one.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref.html
 */
export interface ConnectionTestProperties {
  /** The Glue connection to test: 1 to 255 characters on one line. Exclusive with `TestConnectionInput`. */
  readonly ConnectionName?: string;
  /** The Data Catalog that holds the connection; without it, the account's own. */
  readonly CatalogId?: string;
  /** A connection that need not exist. Exclusive with `ConnectionName`. */
  readonly TestConnectionInput?: TestConnectionInput;
  /** Seconds for all attempts together, 1 to 840; without it, 300. */
  readonly TimeoutSeconds?: number | string;
  /** How often a data store that can't be reached is tried, 1 to 10; without it, 3. */
  readonly MaxAttempts?: number | string;
  /** Whether a failed test fails the resource, or is reported in the attributes; without it, `FAIL`. */
  readonly OnFailure?: 'FAIL' | 'REPORT';
  /** Whether a connection that Glue can't test fails the resource; without it, `FAIL`. */
  readonly OnUnsupported?: 'FAIL' | 'WARN';
  /**
   * Whether the function looks at the network of a connection that fails its test, by EC2's Describe calls; without it,
   * `ENABLED`.
   */
  readonly NetworkDiagnosis?: 'ENABLED' | 'DISABLED';
  /** The role that the test runs as: of the function's account, and trusting its role. Without it, the function's role. */
  readonly RoleArn?: string;
  /** A fingerprint of the connection. Its content is ignored: that it changes makes CloudFormation send an Update. */
  readonly Definition?: string;
  /** Values that are only known at deployment. Their content is ignored, too: a change makes an Update. */
  readonly Watch?: unknown;
  /** Whatever else has to change for the test to run again; its content is ignored. */
  readonly Triggers?: Record<string, string>;
}

/**
 * Glue's own structure of this name. Each text in it may be a reference to a secret instead; a secret that stands in it
 * as plain text is masked wherever it would show.
 *
 * @see https://docs.aws.amazon.com/glue/latest/webapi/API_TestConnectionInput.html
 */
export interface TestConnectionInput {
  /** The kind of data store, such as `JDBC` or `SALESFORCE`. */
  readonly ConnectionType: Value;
  /**
   * The connection's properties, at most 100. `JDBC` needs an address, `JDBC_CONNECTION_URL` or `HOST`, `PORT` and
   * `JDBC_ENGINE`; and credentials, `SECRET_ID` or `USERNAME` and `PASSWORD`.
   */
  readonly ConnectionProperties: Readonly<Record<string, Value>>;
  /** By what the data store knows who connects; `SALESFORCE` needs it. */
  readonly AuthenticationConfiguration?: AuthenticationConfigurationInput;
}

/** @see https://docs.aws.amazon.com/glue/latest/webapi/API_AuthenticationConfigurationInput.html */
export interface AuthenticationConfigurationInput {
  /** The way to authenticate: `BASIC`, `OAUTH2`, `CUSTOM` or `IAM`. */
  readonly AuthenticationType?: Value;
  /** How tokens are got, for the type `OAUTH2`. */
  readonly OAuth2Properties?: OAuth2PropertiesInput;
  /** A secret that Glue itself reads the credentials from. */
  readonly SecretArn?: Value;
  /** The KMS key that Glue encrypts the credentials with. */
  readonly KmsKeyArn?: Value;
  /** A user and a password, for the type `BASIC`. */
  readonly BasicAuthenticationCredentials?: {
    /** The user's name, 1 to 512 characters. */
    readonly Username?: Value;
    /** The user's password, at most 512 characters. */
    readonly Password?: Value;
  };
  /** For the type `CUSTOM`: whatever the data store asks for, by its names. */
  readonly CustomAuthenticationCredentials?: Readonly<Record<string, Value>>;
}

/** @see https://docs.aws.amazon.com/glue/latest/webapi/API_OAuth2PropertiesInput.html */
export interface OAuth2PropertiesInput {
  /** The way to a token: `AUTHORIZATION_CODE`, `CLIENT_CREDENTIALS` or `JWT_BEARER`. */
  readonly OAuth2GrantType?: Value;
  /** The application that asks for tokens: your own, or one that AWS manages. */
  readonly OAuth2ClientApplication?: {
    /** The id that the data store's authorization server gave to your own. */
    readonly UserManagedClientApplicationClientId?: Value;
    /** Which one of those that AWS manages. */
    readonly AWSManagedClientApplicationReference?: Value;
  };
  /** The authorization server's address for tokens, a URL of http or https. */
  readonly TokenUrl?: Value;
  /** What is added to each request for a token. */
  readonly TokenUrlParametersMap?: Readonly<Record<string, Value>>;
  /** What the grant `AUTHORIZATION_CODE` needs. */
  readonly AuthorizationCodeProperties?: {
    /** The code that the authorization server gave; it can be exchanged for a token once. */
    readonly AuthorizationCode?: Value;
    /** The address that the code was sent to, a URL of http or https. */
    readonly RedirectUri?: Value;
  };
  /** What the grants need beside the client's id. */
  readonly OAuth2Credentials?: {
    /** The secret of your own client application, printable ASCII. */
    readonly UserManagedClientApplicationClientSecret?: Value;
    /** A token that gives access to the data store, printable ASCII. */
    readonly AccessToken?: Value;
    /** A token that gets new ones, printable ASCII. */
    readonly RefreshToken?: Value;
    /** For the grant `JWT_BEARER`: a JSON Web Token in its compact form. */
    readonly JwtToken?: Value;
  };
}

export type Value = string | SecretValueReference;

/** A text that the handler reads from Secrets Manager, so that no secret enters a template or an event. */
export interface SecretValueReference {
  /** Name or ARN of the secret. */
  readonly SecretId: string;
  /** Which member of a secret that is a JSON object; without it, the whole secret. */
  readonly JsonKey?: string;
  /** Which version of the secret; without it, `AWSCURRENT`. */
  readonly VersionStage?: string;
}

/** What came of a test. `SKIPPED` is a test that was not run, or did not count, since the stack was rolling back. */
export type Outcome = 'PASSED' | 'FAILED' | 'UNSUPPORTED' | 'SKIPPED';

/** What kind of failure it was; `NONE` if it was none. */
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

/** What `Fn::GetAtt` reads. All of them are there whenever the resource succeeds. */
export interface ConnectionTestAttributes {
  /** Empty where a `TestConnectionInput` was tested. */
  readonly ConnectionName: string;
  readonly Outcome: Outcome;
  readonly Category: Category;
  /** What Glue said, at most 1,000 characters. */
  readonly Message: string;
  /** How often it was tried. */
  readonly Attempts: number;
  /** Milliseconds that the test took: all attempts and the waits between them, nothing before and nothing after. */
  readonly DurationMs: number;
  /** When the test ended, in ISO 8601. */
  readonly TestedAt: string;
}
