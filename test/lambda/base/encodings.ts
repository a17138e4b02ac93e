import fc, { type Arbitrary } from 'fast-check';

export type Encode = (text: string) => string;

const percent: Encode = (text) => encodeURIComponent(text);
const json: Encode = (text) => JSON.stringify(text).slice(1, -1);
const units = (text: string, escape: (unit: string) => string, which = /[^]/g) => text.replace(which, escape);
const hexOf = (unit: string) => unit.charCodeAt(0).toString(16).padStart(4, '0');
const entity: Encode = (text) =>
  text.replace(/[&"'<>]/g, (mark) => ({ '&': '&amp;', '"': '&quot;', "'": '&#39;', '<': '&lt;' })[mark] ?? '&gt;');

/** How a text can come back; each takes its characters one by one. */
export const ENCODINGS: readonly Encode[] = [
  (text) => text,
  percent,
  (text) => percent(text).replace(/%../g, (code) => code.toLowerCase()),
  (text) => percent(text).replaceAll('%20', '+'),
  (text) => percent(percent(text)),
  (text) => Array.from(Buffer.from(text), (byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''),
  json,
  (text) => json(json(text)),
  (text) => units(text, (unit) => `\\u${hexOf(unit)}`),
  (text) => units(text, (unit) => `\\u${hexOf(unit).toUpperCase()}`),
  (text) => units(text, (unit) => `\\u${hexOf(unit)}`, /[=&<>'\\]/g),
  (text) => json(units(text, (unit) => `\\u${hexOf(unit)}`, /[^ -~]|['"&=\\]/g)),
  entity,
  (text) => entity(entity(text)),
  (text) => entity(text).replaceAll('&#39;', '&#x27;'),
  (text) => Array.from(text, (character) => `&#${character.codePointAt(0)};`).join(''),
  (text) => percent(json(text)),
  (text) => entity(json(text)),
];

/** Letters, digits and each mark that means something somewhere; never the mask's own. */
const MARKS = Array.from('\'"`\\{}[]()<>,;:&=+%/@#$!?.~^|_- äß🙂é');

export const secret: Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.constantFrom(...MARKS),
      fc.constantFrom(...Array.from('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789')),
      fc.constantFrom('%41', '\\n', '&amp;', '\\u0041', '%', '\\', '}}', "''"),
    ),
    { minLength: 4, maxLength: 24 },
  )
  .map((parts) => parts.join(''))
  .filter((text) => text.trim().length >= 4);

/** The pieces of a secret, of four characters, that are in a text and not from its template. */
export function piecesLeft(value: string, masked: string, template: string, encode: Encode = String): string[] {
  const characters = Array.from(value);
  const pieces = characters.slice(0, -3).map((_, index) => encode(characters.slice(index, index + 4).join('')));
  return pieces.filter((piece) => masked.includes(piece) && !encode(template).includes(piece));
}
