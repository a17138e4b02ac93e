import { ratios, summarize, type Summary } from './statistics';

export interface Target {
  /** What is held against the limit. */
  readonly of: 'ratio' | 'value';
  readonly atMost?: number;
  readonly atLeast?: number;
}

/** One line of the table. */
export interface Row {
  readonly what: string;
  /** Of `value` and `alternative`. */
  readonly unit: string;
  readonly value: Summary;
  /** What it is compared with. */
  readonly against?: string;
  readonly alternative?: Summary;
  readonly ratio?: Summary;
  readonly target?: Target;
  /** What has to be known to read it right. */
  readonly note?: string;
}

export interface Benchmark {
  readonly title: string;
  readonly measure: (say: (progress: string) => void) => Promise<readonly Row[]>;
}

type Extras = Pick<Row, 'target' | 'note'>;

export function single(what: string, unit: string, values: readonly number[], extras: Extras = {}): Row {
  return { what, unit, value: summarize(values), ...extras };
}

export function compared(
  what: string,
  unit: string,
  ours: readonly number[],
  [against, theirs]: readonly [string, readonly number[]],
  extras: Extras = {},
): Row {
  return {
    ...single(what, unit, ours),
    ...{ against, alternative: summarize(theirs), ratio: summarize(ratios(ours, theirs)) },
    ...extras,
  };
}

/** Undefined where there is no target. */
export function isMet({ target, ratio, value }: Row): boolean | undefined {
  if (target === undefined) {
    return undefined;
  }
  const { median } = target.of === 'ratio' && ratio !== undefined ? ratio : value;
  return median <= (target.atMost ?? Infinity) && median >= (target.atLeast ?? -Infinity);
}
