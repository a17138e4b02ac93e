/**
 * Counts characters as AWS does: an emoji is one, although JavaScript stores it as two UTF-16 code units.
 *
 * @see https://smithy.io/2.0/spec/constraint-traits.html#length-trait
 */
export function characterCount(text: string): number {
  return Array.from(text).length;
}

/** Returns the first characters of a text, and cuts none of them in half. */
export function firstCharacters(text: string, count: number): string {
  // A character takes at most two UTF-16 code units.
  return Array.from(text.slice(0, 2 * count))
    .slice(0, count)
    .join('');
}

/** Puts a text on one line, with at most `maxLength` characters. */
export function onOneLine(text: string, maxLength: number): string {
  const line = text.replace(/\s+/g, ' ').trim();
  const short = firstCharacters(line, maxLength);
  return short.length === line.length ? line : `${firstCharacters(line, maxLength - 1)}…`;
}
