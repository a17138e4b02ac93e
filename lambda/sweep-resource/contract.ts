/**
 * The custom resource `Custom::GlueConnectionSweep`: the properties that a template sends and the attributes it gets
 * back. Types only, so that the constructs can share them.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref.html
 */
export interface ConnectionSweepProperties {
  /** The ARN of the sweep's state machine. */
  readonly StateMachineArn: string;
  /**
   * Names of the connections to test, with `*` for any characters and `?` for one; by default, all that the state machine
   * selects. They narrow what it selects, and never widen it.
   */
  readonly Include?: readonly string[];
  /** Names of connections not to test, with the same wildcards; by default, none. */
  readonly Exclude?: readonly string[];
  /** The connection types to test, such as `JDBC`; by default, all. */
  readonly ConnectionTypes?: readonly string[];
  /**
   * Whether a connection that fails its test fails the resource (`FAIL`) or only shows in its attributes (`REPORT`); by
   * default, `FAIL`.
   */
  readonly OnFailure?: 'FAIL' | 'REPORT';
  /** Whether a sweep that finds no connection to test fails the resource (`FAIL`) or passes (`PASS`); by default, `FAIL`. */
  readonly OnEmpty?: 'FAIL' | 'PASS';
  /** What else the sweep depends on. The handler ignores the content; a change makes CloudFormation send an Update. */
  readonly Definition?: unknown;
  /** Anything else that runs the sweep again when it changes. The handler ignores the content. */
  readonly Triggers?: Record<string, string>;
}

/** The attributes, for `Fn::GetAtt`. All values are strings. */
export interface ConnectionSweepAttributes {
  /**
   * `PASSED`; `FAILED` where connections failed and that doesn't fail the resource; `SKIPPED` after an Update in a
   * rollback, which tests nothing.
   */
  readonly Outcome: 'PASSED' | 'FAILED' | 'SKIPPED';
  /** How many connections the Data Catalog holds, tested or not. */
  readonly Listed: string;
  /** How many were tested. */
  readonly Tested: string;
  readonly Passed: string;
  readonly Failed: string;
  /** How many Glue can't test. */
  readonly Unsupported: string;
  /** Which connections failed and why, at most 1,500 bytes. */
  readonly Report: string;
  /** The ARN of the execution; its output has all results. */
  readonly ExecutionArn: string;
}

/**
 * What `onEvent` returns, and the CDK's provider framework adds to each event for `isComplete`.
 *
 * @see https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.custom_resources-readme.html#provider-framework
 */
export interface Started {
  readonly PhysicalResourceId: string;
  readonly SweepExecution: {
    /** Absent where nothing was to be tested. */
    readonly Arn?: string;
    /** When it was started, in milliseconds since 1970. */
    readonly At: number;
  };
}

/** What `isComplete` returns. */
export type Completion =
  { readonly IsComplete: false } | { readonly IsComplete: true; readonly Data?: ConnectionSweepAttributes };
