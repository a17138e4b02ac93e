import type { Evidence } from '../evidence';
import type { StepId } from '../steps';

/** Something that only AWS can tell. */
export interface Unknown {
  readonly id: string;
  readonly question: string;
  /** What is done to find out, and where the answer is read. */
  readonly experiment: string;
  /** What has to run for it. */
  readonly steps: readonly StepId[];
  /** The answer in a few words; nothing where the run did not show it. */
  readonly read: (evidence: Evidence) => string | undefined;
}
