import type { Category } from '../../../lambda/contract';
import type { Failure } from '../../../lambda/failures/failure';
import type { Identity } from '../aws/identity';
import type { Omitted } from '../selection/subject';

/** The outcome of one connection. `UNSUPPORTED` is no failure; `NOT_TESTED` means that the run was interrupted. */
export type Outcome = 'PASSED' | 'FAILED' | 'UNSUPPORTED' | 'NOT_TESTED';

/** Why a connection did not pass. */
export interface FailureReport {
  readonly category: Exclude<Category, 'NONE'>;
  readonly saidBy: Failure['saidBy'];
  /** What Glue said, on one line. */
  readonly message: string;
  readonly exception: string;
  readonly cause: string;
  /** What was found in the network of the connection. */
  readonly found: readonly string[];
  /** What was examined in the network and is in order. */
  readonly inOrder: readonly string[];
  readonly nextStep: string;
  readonly link: string;
  /** What Glue knows about the connection. */
  readonly details: readonly string[];
  /** All of it as the lines of a failed event. */
  readonly text: string;
}

export interface ConnectionReport {
  readonly name: string;
  readonly region: string;
  readonly outcome: Outcome;
  readonly attempts: number;
  readonly durationMs: number;
  readonly failure: FailureReport | null;
}

/** What a run has come to; `--json` prints it. Its schema is `schema/report.schema.json`. */
export interface Report {
  /** Changes when a member changes its meaning or goes; others may be added. */
  readonly version: 1;
  readonly program: { readonly name: string; readonly version: string };
  readonly identity: Identity | null;
  readonly startedAt: string;
  readonly durationMs: number;
  readonly isInterrupted: boolean;
  readonly summary: Summary;
  /** In the order of the selection. */
  readonly connections: readonly ConnectionReport[];
  readonly omitted: readonly Omitted[];
}

export interface Summary {
  readonly total: number;
  readonly passed: number;
  readonly failed: number;
  readonly unsupported: number;
  readonly notTested: number;
}

export function summarize(connections: readonly ConnectionReport[]): Summary {
  const count = (outcome: Outcome) => connections.filter((connection) => connection.outcome === outcome).length;
  return {
    total: connections.length,
    passed: count('PASSED'),
    failed: count('FAILED'),
    unsupported: count('UNSUPPORTED'),
    notTested: count('NOT_TESTED'),
  };
}
