import fc from 'fast-check';
import { readEvent } from '../../lambda/cloudformation/event';
import { secretsOf } from '../../lambda/cloudformation/event-secrets';
import { Redactor } from '../../lambda/base/redaction/redactor';
import { ENCODINGS, piecesLeft, secret } from './encodings';

const redactorOf = (properties: object) =>
  new Redactor(
    secretsOf(readEvent({ ResponseURL: 'https://cloudformation.example.com/x', ResourceProperties: properties })),
  );
const hidden = (value: string, text: string) => redactorOf({ password: value }).redact(text);

const SECRET = `Tr0ub'4"dor&=<3/x`;
const hex = (unit: string) => unit.charCodeAt(0).toString(16).padStart(4, '0');
const escape = (pattern: RegExp, write: (unit: string) => string) => SECRET.replace(pattern, write);

test.each([
  ['with \\u escapes for some characters', escape(/['=<&]/g, (unit) => `\\u${hex(unit)}`).replace('"', '\\"')],
  ['with \\u escapes for all', escape(/[^]/g, (unit) => `\\u${hex(unit)}`)],
  ['with \\u escapes in upper case', escape(/[^]/g, (unit) => `\\u${hex(unit).toUpperCase()}`)],
  ['with \\x escapes', escape(/[^]/g, (unit) => `\\x${hex(unit).slice(2)}`)],
  ['with HTML entities', "Tr0ub'4&quot;dor&amp;=&lt;3/x"],
  ['with numbers for entities', 'Tr0ub&#39;4&#34;dor&#38;=&#60;3/x'],
  ['with hexadecimal numbers for entities', 'Tr0ub&#x27;4&#x22;dor&#x26;=&#X3c;3/x'],
  ['in upper case', SECRET.toUpperCase()],
  ['in lower case', SECRET.toLowerCase()],
  ['percent-encoded twice', encodeURIComponent(encodeURIComponent(SECRET))],
  ['percent-encoded and in upper case', encodeURIComponent(SECRET).toUpperCase()],
  ['in JSON that is in JSON', JSON.stringify(JSON.stringify(SECRET)).slice(3, -3)],
  ['in JSON that is percent-encoded', encodeURIComponent(JSON.stringify(SECRET)).slice(3, -3)],
  ['with quotes doubled', SECRET.replaceAll("'", "''").replaceAll('"', '""')],
  ['in Base64', Buffer.from(SECRET).toString('base64')],
  ['in Base64 for URLs', Buffer.from(SECRET).toString('base64url')],
  ['in Base64, after one byte', Buffer.from(`:${SECRET}!`).toString('base64')],
  ['in Base64, after two bytes', Buffer.from(`u:${SECRET}`).toString('base64')],
  ['in Base64 that is percent-encoded', encodeURIComponent(Buffer.from(SECRET).toString('base64'))],
])('a known secret is masked %s', (_, form) => {
  expect(hidden(SECRET, `not [${form}], no`)).toBe('not [****], no');
});

test.each([
  ['whose upper case is longer', 'straße-1', 'STRASSE-1'],
  ['with a sigma at its end', 'λόγος', 'ΛΌΓΟΣ'],
  ['that ends like an escape', 'abc\\', JSON.stringify('abc\\').slice(1, -1)],
  ['that holds what looks like an escape', 'a%41"b', JSON.stringify('a%41"b').slice(1, -1)],
  ['of quotes alone', '""""', '""""'],
  ['with half of a surrogate pair', 'ab\ud800cd', encodeURIComponent('ab\ufffdcd')],
  ['that repeats itself', 'abcdabcd', 'abcdabcdabcd'],
])('a known secret is masked %s', (_, value, form) => {
  expect(hidden(value, `not [${form}], no`)).toBe('not [****], no');
});

test.each([
  ['account key', { SparkProperties: { 'spark.cosmos.accountKey': 'hunter2' } }],
  ['account key in JSON', { SPARK: JSON.stringify({ 'spark.cosmos.accountKey': 'hunter2' }) }],
  ['secret key', { 'spark.hadoop.fs.s3a.secret.key': 'hunter2' }],
  ['shared access key', { SharedAccessKey: 'hunter2' }],
  ['password in a URL', { JDBC_CONNECTION_URL: 'jdbc:mysql://user:hunter2@db/orders' }],
  ['encoded password in a URL', { JDBC_CONNECTION_URL: 'jdbc:mysql://db/orders?password=h%75nter2&ssl=true' }],
  ['password in a connection string', { URL: 'jdbc:sqlserver://db;user=sa;password={hunter2};encrypt=true' }],
])('a property is a known secret: %s', (_, ConnectionProperties) => {
  const text = 'user sa, not hunter2, encrypt true, db/orders';
  expect(redactorOf({ TestConnectionInput: { ConnectionProperties } }).redact(text)).toBe(
    'user sa, not ****, encrypt true, db/orders',
  );
});

test('no piece of a known secret gets through, whatever it is, in whatever encoding, whatever stands around it', () => {
  const around = fc.oneof(fc.string({ maxLength: 12 }), fc.constantFrom('', ' ', '"', "'", '\\', '%', '&', ': "', 'a'));
  fc.assert(
    fc.property(secret, around, around, fc.constantFrom(...ENCODINGS), (value, before, after, encode) => {
      const masked = hidden(value, encode(`${before}${value}${after}`));
      expect(piecesLeft(value.trim(), masked, `${before} ${after}`, encode)).toEqual([]);
    }),
    { numRuns: 5_000, seed: Number(process.env.SEED ?? 1) },
  );
});

test('100 secrets are looked for in 16 KB within a quarter of a second', () => {
  const secrets = Object.fromEntries(
    Array.from({ length: 100 }, (_, index) => [`password${index}`, `Ab"${index}'x&%41`]),
  );
  const redactor = redactorOf(secrets);
  const line = 'FATAL: password authentication failed for user "orders" at db.example.com:5432\n';
  const text = line.repeat(16_000 / line.length);
  expect(redactor.redact(text)).toBe(text);
  const startedAt = performance.now();
  expect(redactor.redact(text)).toBe(text);
  expect(performance.now() - startedAt).toBeLessThan(250);
});
