/** Which part of a name may be mistyped. */
const LIMIT = 1 / 3;

/**
 * The name that was probably meant, if one is near enough: the same but for case and punctuation, as in
 * `connection_name`, or else the one that is mistyped in the smallest part.
 */
export function nearestName(given: string, names: readonly string[]): string | undefined {
  const [nearest] = names
    .map((name) => ({ name, part: distanceOf(plain(given), plain(name)) / name.length }))
    .filter(({ part }) => part <= LIMIT)
    .sort((a, b) => a.part - b.part);
  return nearest?.name;
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}

/** How many letters have to be put in, left out or changed; not counted where it is too many anyway. */
function distanceOf(from: string, to: string): number {
  if (Math.abs(from.length - to.length) > to.length * LIMIT) {
    return Infinity;
  }
  // What it takes to come from the beginning of `from` to each beginning of `to`.
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
