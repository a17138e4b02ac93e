import type { Category } from '../contract';

/** What a failure means, and what to do about it. */
export interface Diagnosis {
  readonly category: Exclude<Category, 'NONE'>;
  readonly cause: string;
  readonly nextStep: string;
  /** The AWS documentation page about it. */
  readonly link: string;
  /**
   * What the network of the connection has to do with it: it may be the cause, or be made in the same deployment and not
   * be ready yet. Undefined where it has nothing to do with it.
   */
  readonly network?: 'SUSPECTED' | 'COMING_UP';
}

/** A diagnosis for messages that, in lower case, contain one of these strings or match one of these patterns. */
export interface Signature extends Diagnosis {
  readonly anyOf: readonly (string | RegExp)[];
}
