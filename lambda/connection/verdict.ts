import type { Failure } from '../failures/failure';
import type { NetworkDiagnosis } from '../network/diagnosis';

/** The result of testing one connection, for any caller. */
export interface Verdict {
  /** Why the test failed; undefined if it passed. */
  readonly failure: Failure | undefined;
  /** What Glue knows about a connection that failed, one line each. */
  readonly details: readonly string[];
  /** What was found in the network of a connection that failed; undefined if the network was not examined. */
  readonly network: NetworkDiagnosis | undefined;
  /** The number of attempts. */
  readonly attempts: number;
  /** How long the test took: all attempts and the waits between them, and nothing else. */
  readonly milliseconds: number;
}
