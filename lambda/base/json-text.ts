/** At most this many characters of a message are passed on, and this many bytes of JSON. */
const MAX_QUOTED = 1_000;
const MAX_QUOTED_BYTES = 3_000;

/** The beginning of a message: at most 1,000 characters, and at most so many bytes of JSON. */
export function quote(message: string, maxBytes = MAX_QUOTED_BYTES): string {
  const characters = Array.from(message.slice(0, 2 * (MAX_QUOTED + 1)));
  const short = characters.length > MAX_QUOTED ? `${characters.slice(0, MAX_QUOTED - 1).join('')}…` : message;
  return cut(short, maxBytes);
}

/** Cuts a text so that its JSON form has at most so many bytes, between two characters. */
export function cut(text: string, maxBytes: number): string {
  if (jsonBytes(text) <= maxBytes) {
    return text;
  }
  let left = maxBytes - jsonBytes('…');
  let kept = '';
  for (const character of text) {
    left -= jsonBytes(character);
    if (left < 0) {
      break;
    }
    kept += character;
  }
  return `${kept}…`;
}

/** The bytes that a text takes in JSON, without the quotes. */
export function jsonBytes(text: string): number {
  return Buffer.byteLength(JSON.stringify(text)) - 2;
}
