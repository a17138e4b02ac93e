import type { Category } from '../contract';

/** What a failure means, and what to do about it. */
export interface Diagnosis {
  readonly category: Exclude<Category, 'NONE'>;
  readonly cause: string;
  readonly nextStep: string;
  /** AWS's page about it. */
  readonly link: string;
}

/** A diagnosis for messages that, in small letters, hold one of these texts or match one of these patterns. */
export interface Signature extends Diagnosis {
  readonly anyOf: readonly (string | RegExp)[];
}
