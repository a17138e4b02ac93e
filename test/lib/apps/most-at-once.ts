/**
 * How many of these may run at the same time, at most: the most of which none waits for another. By Dilworth's theorem
 * that is as many as there are lanes at least, into which all can be laid so that each waits for the one before it.
 */
export function mostAtOnce<T>(all: readonly T[], waits: (one: T, other: T) => boolean): number {
  const before = new Map(all.map((one) => [one, all.filter((other) => other !== one && waits(one, other))]));
  const behind = new Map<T, T>();
  const lay = (one: T, tried: Set<T>): boolean =>
    (before.get(one) ?? []).some((other) => {
      if (tried.has(other)) {
        return false;
      }
      tried.add(other);
      const current = behind.get(other);
      if (current !== undefined && !lay(current, tried)) {
        return false;
      }
      behind.set(other, one);
      return true;
    });
  return all.filter((one) => !lay(one, new Set())).length;
}
