/**
 * The members of a structure as elements. Lists have their items in elements of the given name; what is undefined is
 * left out.
 *
 * @see https://smithy.io/2.0/aws/protocols/aws-query-protocol.html#xml-shape-serialization
 */
export function xmlOf(members: object, item = 'member'): string {
  return Object.entries(members)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `<${name}>${content(value, item)}</${name}>`)
    .join('');
}

function content(value: unknown, item: string): string {
  if (Array.isArray(value)) {
    return value.map((member) => `<${item}>${content(member, item)}</${item}>`).join('');
  }
  if (value instanceof Date) {
    return value.toISOString();
  }
  return typeof value === 'object' && value !== null ? xmlOf(value, item) : escaped(String(value));
}

/** Line ends are escaped as well, for a reader may take `\r\n` for `\n`; what XML can't hold becomes a question mark. */
function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\r', '&#13;')
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '?');
}
