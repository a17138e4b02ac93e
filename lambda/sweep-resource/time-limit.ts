import type { ResourceEvent } from '../cloudformation/event';

/** CloudFormation waits for an hour, and so does the framework, which would not say what has taken so long. */
const MAX_SECONDS = 3_600;

/** What is left for the answer: 3 minutes of an hour, and at least the time of some questions. */
const SHARE = 0.05;
const LEAST_SECONDS = 30;

export interface TimeLimit {
  readonly milliseconds: number;
  /** Such as `57 minutes`. */
  readonly text: string;
}

/** How long a sweep may take, so that its failure is told while CloudFormation still waits. */
export function limitOf({ serviceTimeoutSeconds = MAX_SECONDS }: ResourceEvent): TimeLimit {
  const most = Math.min(MAX_SECONDS, serviceTimeoutSeconds);
  const seconds = Math.max(0, Math.floor(most - Math.max(LEAST_SECONDS, SHARE * most)));
  const text = seconds % 60 === 0 ? `${seconds / 60} minutes` : `${seconds} seconds`;
  return { milliseconds: seconds * 1_000, text };
}
