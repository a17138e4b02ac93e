/** What several values of one measurement amount to. */
export interface Summary {
  readonly median: number;
  /** Half of the values lie between these two. */
  readonly quartiles: readonly [number, number];
  readonly range: readonly [number, number];
  readonly count: number;
}

export function summarize(values: readonly number[]): Summary {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => {
    const position = share * (sorted.length - 1);
    const [low = NaN, high = low] = [sorted[Math.floor(position)], sorted[Math.ceil(position)]];
    return low + (high - low) * (position % 1);
  };
  return { median: at(0.5), quartiles: [at(0.25), at(0.75)], range: [at(0), at(1)], count: values.length };
}

/** The ratio within each run, so that what slows a whole run down is in both and counts for nothing. */
export function ratios(ours: readonly number[], theirs: readonly number[]): number[] {
  return ours.map((value, run) => value / (theirs[run] ?? NaN));
}

/**
 * Measures the variants in turn, run by run, each run beginning with another one.
 *
 * @param warmUps first runs that do not count: they fill the caches of the machine and warm up what answers
 */
export async function interleave<Variant extends string, Sample>(
  runs: number,
  variants: readonly Variant[],
  measure: (variant: Variant) => Promise<Sample>,
  warmUps = 1,
): Promise<Readonly<Record<Variant, Sample[]>>> {
  const samples = Object.fromEntries(variants.map((variant) => [variant, []])) as unknown as Record<Variant, Sample[]>;
  for (let run = -warmUps; run < runs; run++) {
    const first = (run + warmUps) % variants.length;
    for (const variant of [...variants.slice(first), ...variants.slice(0, first)]) {
      const sample = await measure(variant);
      if (run >= 0) {
        samples[variant].push(sample);
      }
    }
  }
  return samples;
}
