import type { Category } from '../contract';

/** What a failure means, and what to do about it. */
export interface Diagnosis {
  readonly category: Exclude<Category, 'NONE'>;
  readonly cause: string;
  readonly nextStep: string;
  /** The AWS documentation page about it. */
  readonly link: string;
}

/** A diagnosis for messages that, in lower case, contain one of these strings or match one of these patterns. */
export interface Signature extends Diagnosis {
  readonly anyOf: readonly (string | RegExp)[];
}
