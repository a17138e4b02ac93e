import fc from 'fast-check';

/** All lengths at which something ends, and those beside them. */
const LENGTHS = [1, 64, 128, 255, 256, 512, 1024, 2048, 4096, 8000].flatMap((limit) => [limit - 1, limit, limit + 1]);

/** Among them what takes two of JavaScript's units or half of a pair, what no line holds, and what is hardly a text. */
const CHARACTERS = ['x', 'é', '注', '🎉', '\ud83c', '\udf89', ' ', '\t', '\n', '\u0000', '\u007f', '\ufffe', '\u2028'];

/** What texts with a pattern begin with, and what looks like it. */
const BEGINNINGS = [
  '',
  'https://a',
  'http://',
  'https://🎉',
  'https://a.b/ ',
  'ftp://host',
  'arn:aws:secretsmanager:',
  'arn:aws-iso-b:secretsmanager:eu:1:secret:s',
  'arn:aws-iso-g:secretsmanager:',
  'arn:aws:kms:eu:1:key/1',
  ' arn:aws-cn:kms:',
  'eyJh.eyJz.',
  'eyJh.eyJz',
];

function textOf(beginning: string, character: string, length: number): string {
  return beginning + character.repeat(Math.max(0, length - Array.from(beginning).length));
}

/** A text of a length at which something ends. */
export const borderText = fc
  .tuple(fc.constantFrom(...BEGINNINGS), fc.constantFrom(...CHARACTERS), fc.constantFrom(...LENGTHS))
  .map((parts) => textOf(...parts));

/** What is a whole number as text, and what only looks like one. */
export const numberText = fc
  .tuple(
    fc.constantFrom('', '', '', '0', '00', '0000000000', '+', '-', ' ', '0x', '٣'),
    fc.oneof(fc.nat(12), fc.nat(900), fc.constantFrom(839, 840, 841, 999_999_999, 10 ** 21)),
    fc.constantFrom('', '', '', ' ', '\n', '.0', '.5', 'e0', '٣'),
  )
  .map(([before, number, after]) => `${before}${number}${after}`);

const NUMBERS = [-1, 0, 1, 2, 9, 10, 11, 839, 840, 841, 3600, 3601, 0.5, 1.5, 10.5, 1e21, 2 ** 53];

export const number = fc.oneof(numberText, fc.integer({ min: -1, max: 842 }), fc.constantFrom(...NUMBERS));

/** What each member is tried with; some fit some members. */
export const VALUES: readonly unknown[] = [
  ...BEGINNINGS.flatMap((beginning) => LENGTHS.map((length) => textOf(beginning, 'x', length))),
  ...CHARACTERS.flatMap((character) => [1, 255, 256, 257].map((length) => textOf('', character, length))),
  ...LENGTHS.map((length) => '🎉'.repeat(length)),
  ...NUMBERS.flatMap((its) => [its, String(its), `0${its}`, `+${its}`, ` ${its}`, `${its}.0`]),
  ...['FAIL', 'REPORT', 'WARN', 'fail', 'JDBC', 'SALESFORCE', 'https://a', 'https://a/b c'],
  ...[null, true, false, [], ['x'], {}, { x: 'x' }, { x: null }, { x: { SecretId: 'x' } }],
  ...[
    { SecretId: 'x' },
    { SecretId: 'x', JsonKey: 'x' },
    { SecretId: 'x', Key: 'x' },
    { JsonKey: 'x' },
    { secretId: 'x' },
  ],
];

/** What each map is given beside what it has. */
export const NAMES: readonly string[] = [
  ...LENGTHS.flatMap((length) => ['x'.repeat(length), '🎉'.repeat(length)]),
  ...['ConnectionName', 'SecretId', 'Colour', '__proto__', 'constructor', 'two\nlines'],
];
