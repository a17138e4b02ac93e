/** The first characters of a text, none of them cut. */
export function firstCharacters(text: string, count: number): string {
  // A character takes at most two of JavaScript's units.
  return Array.from(text.slice(0, 2 * count))
    .slice(0, count)
    .join('');
}
