/**
 * How many characters a text has by AWS's count: an emoji is one, though two of JavaScript's units.
 *
 * @see https://smithy.io/2.0/spec/constraint-traits.html#length-trait
 */
export function characterCount(text: string): number {
  return Array.from(text).length;
}

/** The first characters of a text, none of them cut. */
export function firstCharacters(text: string, count: number): string {
  // A character takes at most two of JavaScript's units.
  return Array.from(text.slice(0, 2 * count))
    .slice(0, count)
    .join('');
}

/** A text without line breaks, of at most so many characters. */
export function onOneLine(text: string, maxLength: number): string {
  const line = text.replace(/\s+/g, ' ').trim();
  const short = firstCharacters(line, maxLength);
  return short.length === line.length ? line : `${firstCharacters(line, maxLength - 1)}…`;
}
