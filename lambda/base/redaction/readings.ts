/** A text as it reads without an encoding, and where in the original each of its characters comes from. */
export interface Reading {
  readonly text: string;
  /** Of each character, the beginning and the end in the original; the text is the original where there are none. */
  readonly origin?: { readonly starts: readonly number[]; readonly ends: readonly number[] };
}

/** From one place up to, not including, another. */
export type Range = readonly [start: number, end: number];

/** The place of a part of a reading in the original. */
export function originOf({ origin }: Reading, [start, end]: Range): Range {
  return origin === undefined ? [start, end] : [origin.starts[start] ?? 0, origin.ends[end - 1] ?? 0];
}

/** Of encodings inside encodings, so many readings are made, of so many characters: more than any message needs. */
const MAX_READINGS = 24;
const MAX_CHARACTERS = 1_000_000;

/**
 * The text itself, and what it says when its escapes are read, once and again: percent-encoding, escapes of JSON and of
 * programming languages, HTML's entities. Each is read alone, since what looks like one may be a part of another.
 */
export function readingsOf(text: string): Reading[] {
  // In forms, a plus is a blank.
  const texts = new Set([text, text.replaceAll('+', ' ')]);
  const readings = Array.from(texts, (one): Reading => ({ text: one }));
  const limit = Math.min(MAX_READINGS, MAX_CHARACTERS / text.length);
  for (const reading of readings) {
    for (const escape of ESCAPES) {
      const next = rewrite(reading, escape, decode);
      if (readings.length < limit && !texts.has(next.text)) {
        texts.add(next.text);
        readings.push(next);
      }
    }
  }
  return readings;
}

/** What makes no difference when a secret is looked for: upper case, which blanks and how many, doubled quotes, and what is no character. */
export function fold(reading: Reading): Reading {
  const { text, origin } = rewrite(reading, /[\s+]+|'{2,}|"{2,}|\}{2,}/g, ([run]) =>
    /[\s+]/.test(run) ? ' ' : run.charAt(0),
  );
  // Encoders put the replacement character in the place of half a surrogate pair.
  const whole = text.replace(/\p{Surrogate}/gu, '\uFFFD');
  return { text: whole.replace(/[A-Z]+|[^\0-\x7F]/g, lowerCase), origin };
}

/** By single units, and of the same length: both texts that are compared are in the same places then. */
function lowerCase(text: string): string {
  const lower = text.toLowerCase();
  return lower.length === text.length ? lower : text;
}

const UTF_8 = [
  '%[0-7][0-9a-f]',
  '%[cd][0-9a-f]%[89ab][0-9a-f]',
  '%e[0-9a-f](?:%[89ab][0-9a-f]){2}',
  '%f[0-7](?:%[89ab][0-9a-f]){3}',
].join('|');

const ESCAPES = [
  new RegExp(`(?<bytes>${UTF_8})|%u(?<unit>[0-9a-f]{4})`, 'gi'),
  /\\u(?<unit>[0-9a-f]{4})|\\x(?<byte>[0-9a-f]{2})|\\(?<letter>[bfnrt]|[^\w\s])/gi,
  /&#(?<decimal>[0-9]{1,7});|&#x(?<hex>[0-9a-f]{1,6});|&(?<entity>amp|quot|apos|lt|gt|nbsp);/gi,
];

const LETTERS: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', quot: '"', apos: "'", lt: '<', gt: '>', nbsp: ' ' };

function decode({ 0: escape, groups = {} }: RegExpExecArray): string {
  const { bytes, unit, byte, letter, decimal, hex, entity } = groups as Record<string, string | undefined>;
  if (letter !== undefined) {
    return LETTERS[letter.toLowerCase()] ?? letter;
  }
  if (entity !== undefined) {
    return ENTITIES[entity.toLowerCase()] ?? escape;
  }
  try {
    if (bytes !== undefined) {
      return decodeURIComponent(bytes);
    }
    const code = decimal === undefined ? parseInt(unit ?? byte ?? hex ?? '', 16) : Number(decimal);
    return String.fromCodePoint(code);
  } catch {
    // No character has this code.
    return escape;
  }
}

function rewrite(reading: Reading, pattern: RegExp, replace: (match: RegExpExecArray) => string): Reading {
  const starts: number[] = [];
  const ends: number[] = [];
  let text = '';
  let done = 0;
  const keepUpTo = (end: number) => {
    for (let index = done; index < end; index++) {
      starts.push(reading.origin?.starts[index] ?? index);
      ends.push(reading.origin?.ends[index] ?? index + 1);
    }
    text += reading.text.slice(done, end);
  };
  for (const match of reading.text.matchAll(pattern)) {
    const end = match.index + match[0].length;
    const replacement = replace(match);
    const [from, to] = originOf(reading, [match.index, end]);
    keepUpTo(match.index);
    starts.push(...Array<number>(replacement.length).fill(from));
    ends.push(...Array<number>(replacement.length).fill(to));
    text += replacement;
    done = end;
  }
  if (done === 0) {
    return reading;
  }
  keepUpTo(reading.text.length);
  return { text, origin: { starts, ends } };
}
