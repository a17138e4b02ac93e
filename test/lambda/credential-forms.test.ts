import fc from 'fast-check';
import { CREDENTIAL_FORMS } from '../../lambda/base/redaction/credential-forms';
import { maskCredentials } from '../../lambda/base/redaction/redactor';
import { EXAMPLES, HERE, type Examples } from './credential-examples';
import { ENCODINGS, piecesLeft, secret } from './encodings';
import { MEANINGS } from './messages';

type Form = keyof typeof CREDENTIAL_FORMS;

/** What passwords are made of, and what has got through once. */
const VALUES = [
  ...[
    'hunter2',
    'Ab1,rest',
    'a/rest',
    '{a}rest',
    "a'rest",
    'a"rest',
    'a;rest',
    'a&rest',
    'a=rest',
    'a@rest',
    'a b rest',
  ],
  ...[
    'a}}rest',
    'a\\rest',
    'a%41rest',
    'a:rest',
    '<rest>x',
    'ä🙂rest',
    '1234/rest',
    '12345',
    '+/rest+/==',
    'a]]rest',
    'a;b=rest',
    'a&b=rest',
    'a b, rest',
    'a}b rest',
  ],
];

const examples = Object.entries(EXAMPLES).flatMap(([form, all]) => all.map((one) => ({ form: form as Form, ...one })));
const valuesFor = ({ write = (value) => value, without }: Examples, values: readonly string[]) =>
  values.map(write).filter((written) => !without.test(written));

/** What stands before and after, but quotes and braces, which may go with the value. */
function around(text: string): readonly [string, string] {
  const [before = '', after = ''] = text.split(HERE);
  return [before.replace(/["'{[]$/, ''), after.replace(/^["'}\]]/, '')];
}

test('each form has examples', () => {
  expect(Object.keys(EXAMPLES).sort()).toEqual(Object.keys(CREDENTIAL_FORMS).sort());
});

describe('a credential is masked', () => {
  const cases = examples.flatMap((one) =>
    one.texts.flatMap((text) =>
      valuesFor(one, VALUES).map((written) => ({ form: one.form, text, written, stays: one.stays ?? around(text) })),
    ),
  );

  test.each(cases)('$form: $text with $written', ({ text, written, stays }) => {
    const masked = maskCredentials(text.replace(HERE, () => written));
    expect(masked).not.toContain(written);
    const [before, after] = stays;
    expect(masked.startsWith(before)).toBe(true);
    expect(masked.endsWith(after)).toBe(true);
  });
});

test.each(Object.keys(CREDENTIAL_FORMS) as Form[])('the form %s masks what no other does', (form) => {
  const forms: Record<string, unknown> = CREDENTIAL_FORMS;
  const { [form]: own } = forms;
  const leaks = () =>
    EXAMPLES[form].some((one) =>
      one.texts.some((text) =>
        valuesFor(one, VALUES).some(
          (value) => piecesLeft(value, maskCredentials(text.replace(HERE, () => value)), text).length > 0,
        ),
      ),
    );
  expect(leaks()).toBe(false);
  try {
    Reflect.deleteProperty(forms, form);
    expect(leaks()).toBe(true);
  } finally {
    forms[form] = own;
  }
});

test('no piece of a credential gets through, whatever it is, in whatever encoding the text comes', () => {
  fc.assert(
    fc.property(
      fc
        .constantFrom(...examples)
        .chain((one) => fc.record({ one: fc.constant(one), text: fc.constantFrom(...one.texts) })),
      secret,
      fc.constantFrom(...ENCODINGS),
      ({ one, text }, value, encode) => {
        const written = (one.write ?? String)(value);
        fc.pre(!one.without.test(written));
        const masked = maskCredentials(encode(text.replace(HERE, () => written)));
        expect(piecesLeft(written, masked, text, encode)).toEqual([]);
      },
    ),
    { numRuns: 5_000, seed: Number(process.env.SEED ?? 1) },
  );
});

test.each(MEANINGS.flatMap(({ messages }) => messages))('what data stores say stays readable: %s', (message) => {
  expect(maskCredentials(message)).toBe(message);
});

test.each([
  'the secret orders/database was not found, the token expired',
  'SECRET_ID=orders/database, passwordVersion=3, TokenUrl=https://login.example.com/token',
  'User: arn:aws:sts::111122223333:assumed-role/r/f is not authorized to perform: secretsmanager:GetSecretValue',
  'arn:aws:secretsmanager:eu-west-1:111122223333:secret:orders-AbCdEf',
  'secret: arn:aws:secretsmanager:eu-west-1:111122223333:secret:orders-AbCdEf',
  'connection to secret.example.com:5432 refused after 3 attempts',
  'jdbc:postgresql://token-db.example.com:5432/orders?user=me&ssl=true',
  "secret 'orders/password': not yet",
  "'arn:aws:secretsmanager:eu-west-1:111122223333:secret:orders-AbCdEf': not yet",
  "secret 'orders' has no key 'password', it has: username, host",
  "'TestConnectionInput.ConnectionProperties.PASSWORD' must be a string, got: number",
])('what is no credential stays: %s', (text) => {
  expect(maskCredentials(text)).toBe(text);
});
