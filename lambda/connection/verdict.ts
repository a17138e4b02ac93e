import type { Failure } from '../failures/failure';
import type { NetworkDiagnosis } from '../network/diagnosis';

/** What came of testing one connection, whoever asked for it. */
export interface Verdict {
  /** Why the connection did not pass; undefined when it did. */
  readonly failure: Failure | undefined;
  /** What Glue knows of a connection that did not pass, one line each. */
  readonly details: readonly string[];
  /** What was found in the network of a connection that did not pass; undefined where it was not looked at. */
  readonly network: NetworkDiagnosis | undefined;
  /** How often it was tried. */
  readonly attempts: number;
  /** How long the test took: all attempts and the waits between them, nothing before and nothing after. */
  readonly milliseconds: number;
}
