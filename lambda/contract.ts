/**
 * The custom resource `Custom::GlueConnectionTest`: what a template sends and what it gets back.
 *
 * Types only, so that the constructs can share them without loading the handler. Numbers may be strings here:
 * CloudFormation turns every scalar of a custom resource into one.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref.html
 */
export interface ConnectionTestProperties {
  /** The Glue connection to test: 1 to 255 characters on one line. */
  readonly ConnectionName: string;
  /** The Data Catalog that holds the connection; without it, the account's own. */
  readonly CatalogId?: string;
  /** Seconds for the whole test, 1 to 840; without it, 300. */
  readonly TimeoutSeconds?: number | string;
  /** A fingerprint of the connection. Its content is ignored: that it changes makes CloudFormation send an Update. */
  readonly Definition?: string;
  /** Whatever else has to change for the test to run again; its content is ignored. */
  readonly Triggers?: Record<string, string>;
}

/** What `Fn::GetAtt` reads once the test has run. */
export interface ConnectionTestAttributes {
  readonly ConnectionName: string;
  /** A failed test fails the resource, so that only a pass is ever read. */
  readonly Outcome: 'PASSED';
  /** When the test ended, in ISO 8601. */
  readonly TestedAt: string;
  /** Milliseconds that the test took. */
  readonly DurationMs: number;
}
