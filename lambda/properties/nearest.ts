/** The largest part of a name that may be mistyped. */
const MAX_MISTYPED_PART = 1 / 3;

/**
 * Returns the name that was probably meant, if one is close enough. A name that differs only in case and punctuation
 * comes first, as in `connection_name`. Otherwise, the name with the smallest mistyped part wins.
 */
export function nearestName(given: string, names: readonly string[]): string | undefined {
  const [nearest] = names
    .map((name) => ({ name, part: distanceOf(plain(given), plain(name)) / name.length }))
    .filter(({ part }) => part <= MAX_MISTYPED_PART)
    .sort((a, b) => a.part - b.part);
  return nearest?.name;
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}

/** Counts the letters to insert, delete or replace. Returns Infinity if the lengths alone differ too much. */
function distanceOf(from: string, to: string): number {
  if (Math.abs(from.length - to.length) > to.length * MAX_MISTYPED_PART) {
    return Infinity;
  }
  // The distances from the part of `from` so far to each prefix of `to`.
  let distances = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const letter of from) {
    const [first = 0] = distances;
    const next = [first + 1];
    for (const [index, other] of Array.from(to).entries()) {
      const [replaced = 0, added = 0] = distances.slice(index, index + 2);
      next.push(Math.min(replaced + (letter === other ? 0 : 1), added + 1, (next[index] ?? 0) + 1));
    }
    distances = next;
  }
  return distances.at(-1) ?? 0;
}
