/** How many characters of a message are passed on at most, and how many bytes of JSON. */
const MAX_QUOTED = 1_000;
const MAX_QUOTED_BYTES = 3_000;

/** Returns the beginning of a message: at most 1,000 characters, and at most `maxBytes` bytes of JSON. */
export function quote(message: string, maxBytes = MAX_QUOTED_BYTES): string {
  const characters = Array.from(message.slice(0, 2 * (MAX_QUOTED + 1)));
  const short = characters.length > MAX_QUOTED ? `${characters.slice(0, MAX_QUOTED - 1).join('')}…` : message;
  return cut(short, maxBytes);
}

/**
 * Cuts a text between two characters, so that its JSON form has at most `maxBytes` bytes.
 *
 * @param bytesOf counts the bytes of that form
 */
export function cut(text: string, maxBytes: number, bytesOf: (text: string) => number = jsonBytes): string {
  if (bytesOf(text) <= maxBytes) {
    return text;
  }
  let left = maxBytes - bytesOf('…');
  let kept = '';
  for (const character of text) {
    left -= bytesOf(character);
    if (left < 0) {
      break;
    }
    kept += character;
  }
  return `${kept}…`;
}

/** Counts the bytes that a text takes in JSON, without the quotes. */
export function jsonBytes(text: string): number {
  return Buffer.byteLength(JSON.stringify(text)) - 2;
}
