import type { Category } from '../contract';

/**
 * What the state machine of a sweep and its function send each other: types only, so that the constructs can share them.
 *
 * The machine asks for a page of connections (`List`), tests each in a child execution of its own (`Test`), and has the
 * results added up (`Fold`), until nothing is left to test. `Next` says how it goes on. A payload of Step Functions has at
 * most 256 KiB: `lambda/sweep/limits.ts` says how these fit.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
 */
export interface SweepEvent {
  readonly Sweep: { readonly List: ListRequest } | { readonly Test: TestOneRequest } | { readonly Fold: FoldRequest };
}

/** What the machine does next: test the items, ask for a page, wait `WaitSeconds` and ask then, or end. */
export type Next = 'TEST' | 'LIST' | 'WAIT' | 'END';

/** Which connections a sweep tests, as its definition says. A list may be one string with commas. */
export interface SweepSelection {
  /** Names to test, with `*` for any characters and `?` for one; by default, all. */
  readonly Include?: readonly string[] | string;
  /** Names not to test, with the same wildcards; by default, none. */
  readonly Exclude?: readonly string[] | string;
  /** Connection types to test, such as `JDBC`; by default, all. */
  readonly ConnectionTypes?: readonly string[] | string;
  /** The ID of the Data Catalog; by default, the account's own catalog. */
  readonly CatalogId?: string;
}

/**
 * The input of an execution. It narrows what the definition selects, and never widens it. A console or another service
 * may add `Comment` and `AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID`.
 */
export interface SweepInput {
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
  readonly connectionTypes?: readonly string[];
}

export interface ListRequest {
  readonly Selection: SweepSelection;
  /** The input of the execution, as it was given. */
  readonly Input: unknown;
  /** Of the last answer; `{}` at the beginning. */
  readonly Progress: Partial<SweepProgress>;
}

/** What the machine carries from step to step. */
export interface SweepProgress {
  /** Counts from 1; each round after the first tests again what did not pass, but may do so with time. */
  readonly Round: number;
  /** How many pages were folded. */
  readonly Pages: number;
  /** The name of the last connection of the last page; absent at the beginning of a round. */
  readonly After?: string;
  /** Whether connections of this round are left after the page. */
  readonly HasMore: boolean;
  /** Fingerprints of the connections that are to be tested again. */
  readonly Pending: readonly string[];
  readonly Summary: SweepSummary;
}

export interface SweepItem {
  readonly Name: string;
  readonly Type: string;
}

/** The answer to `List`. */
export interface SweepPage {
  readonly Next: 'TEST' | 'LIST' | 'END';
  readonly Items: readonly SweepItem[];
  readonly Progress: SweepProgress;
}

/** The same for each connection of a sweep. */
export interface TestSettings {
  readonly CatalogId?: string;
  /** The time limit for one test in seconds, 1 to 840; by default, 300. */
  readonly TimeoutSeconds?: number | string;
  /** How many times a test tries a data store that can't be reached, 1 to 10; by default, once: the machine asks again. */
  readonly MaxAttempts?: number | string;
  readonly NetworkDiagnosis?: 'ENABLED' | 'DISABLED';
  /** Whether each test emits the metrics of a connection, which cost per connection; by default, `ENABLED`. */
  readonly Metrics?: 'ENABLED' | 'DISABLED';
}

export interface TestOneRequest extends TestSettings {
  readonly Name: string;
}

/** The answer to `Test`. A connection that does not pass is no failure of its child execution. */
export interface SweepResult {
  /** The fingerprint of the connection's name, which is longer. */
  readonly Id: string;
  readonly Outcome: 'PASSED' | 'FAILED' | 'UNSUPPORTED';
  readonly Category?: Category;
  /** The beginning of what Glue said. All of it is in the log. */
  readonly Message?: string;
  /** Whether it may pass with time. */
  readonly Retry?: boolean;
  readonly Attempts: number;
  readonly Milliseconds: number;
}

/** What a child execution returns in place of a result when its function failed. */
export interface SweepFault {
  readonly Name?: string;
  /** The name of the error, as Step Functions has it. */
  readonly Error: string;
}

export interface FoldRequest {
  /** The execution's own, in ISO 8601 format. */
  readonly StartTime: string;
  readonly ExecutionName: string;
  /** How long after `StartTime` connections are still tested again; by default, 0. */
  readonly PatienceSeconds?: number | string;
  /** Where each result goes as a line of JSON. */
  readonly Report?: SweepReport;
  /** The state machine that emits a metric of how many connections failed; by default, no such metric is emitted. */
  readonly MetricOf?: string;
  readonly Page: SweepPage & {
    /** In any order; a child execution that has failed may leave nothing, or null. */
    readonly Results: readonly (SweepResult | SweepFault | null)[];
  };
}

export interface SweepReport {
  readonly Bucket: string;
  /** The bucket's Regional domain, such as `BUCKET.s3.eu-west-1.amazonaws.com`. */
  readonly Domain: string;
  /** Before the keys of its objects, such as `sweeps/`; by default, nothing. */
  readonly Prefix?: string;
}

/** The answer to `Fold`. */
export interface SweepStep {
  readonly Next: 'LIST' | 'WAIT' | 'END';
  readonly WaitSeconds: number;
  readonly Progress: SweepProgress;
}

/** The output of an execution. */
export interface SweepSummary {
  /** How many connections there are in the catalog, tested or not. */
  readonly listed: number;
  /** How many have a result: `passed`, `failed` and `unsupported` together. */
  readonly tested: number;
  readonly passed: number;
  readonly failed: number;
  /** How many Glue can't test. */
  readonly unsupported: number;
  /** How many were to be tested again, and were deleted before that. */
  readonly deleted: number;
  /** Patterns to include that no connection's name matches, as far as they fit. */
  readonly unmatched: readonly string[];
  /** Those that failed, in alphabetical order, as far as they fit. */
  readonly failures: readonly SweepFailure[];
  /** How many failures did not fit. */
  readonly omitted: number;
  /** Where the report is, such as `s3://BUCKET/PREFIX`; absent if there is none. */
  readonly report?: string;
}

export interface SweepFailure {
  readonly name: string;
  readonly type: string;
  /** `FAULT` where the function itself failed. */
  readonly category: Category | 'FAULT';
  /** The beginning of the message. */
  readonly message: string;
}
