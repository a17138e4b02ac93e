import { isDeepStrictEqual } from 'node:util';
import { classify } from '../../lambda/failures/failure';
import { SIGNATURES } from '../../lambda/failures/signatures';
import { MEANINGS } from './messages';

const keep = (text: string) => text;

const WRAPPER =
  'Check that your connection definition references your JDBC database with correct URL syntax, username, and password.';

const MESSAGES = MEANINGS.flatMap(({ messages, ...meaning }) => messages.map((message) => ({ message, ...meaning })));

test.each(MESSAGES)('$message', ({ message, category, cause, nextStep }) => {
  for (const wrapped of [message, message.toUpperCase(), `${WRAPPER} ${message}`, message.replaceAll(' ', '\n')]) {
    const error = Object.assign(new Error(wrapped), { name: 'InvalidInputException' });
    const failure = classify(error, keep);

    expect(failure).toMatchObject({ category });
    expect(failure.cause).toMatch(cause);
    expect(failure.nextStep).toMatch(nextStep);
    expect(failure.link).toMatch(/^https:\/\/docs\.aws\.amazon\.com\//);
  }
});

test.each(SIGNATURES.flatMap((signature) => signature.anyOf.map((pattern) => ({ signature, pattern }))))(
  'without $pattern, a message would not be explained as it is',
  ({ signature, pattern }) => {
    const isExplainedByItAlone = MESSAGES.some(({ message }) => {
      const { cause, nextStep } = classify(new Error(message), keep);
      const text = message.toLowerCase().replaceAll('’', "'");
      const matching = signature.anyOf.filter((other) =>
        typeof other === 'string' ? text.includes(other) : other.test(text),
      );
      return cause === signature.cause && nextStep === signature.nextStep && isDeepStrictEqual(matching, [pattern]);
    });

    expect(isExplainedByItAlone).toBe(true);
  },
);

test('a wrapper is taken off the words that it wraps, and left where it is all there is', () => {
  const words = (message: string) => classify(new Error(message), keep).message;

  expect(words(`${WRAPPER} FATAL: something new`)).toBe('FATAL: something new');
  expect(words(WRAPPER)).toBe(WRAPPER);
});

test('the hint that the SDK adds is left out', () => {
  const message =
    'aborted\n  Deserialization error: to see the raw response, inspect the hidden field {error}.$response';

  expect(classify(new Error(message), keep).message).toBe('aborted');
});

test('an unknown message is passed on whole', () => {
  expect(classify(new Error('Something that nobody has seen'), keep)).toMatchObject({
    category: 'UNKNOWN',
    message: 'Something that nobody has seen',
  });
});

test.each([
  ['a string', 'plain', 'plain'],
  ['nothing', undefined, 'undefined'],
  ['an error without a message', new Error(), 'no message'],
])('whatever is thrown has a category: %s', (_, thrown, message) => {
  expect(classify(thrown, keep)).toMatchObject({ category: 'UNKNOWN', message });
});

test.each(['gave up after 128000 ms', 'port 28000 says no', 'request 28000-1', 'SQLSTATE 2800012'])(
  'a number that only looks like a SQLSTATE is none: %s',
  (message) => {
    expect(classify(new Error(message), keep).category).toBe('UNKNOWN');
  },
);

test.each([
  'Specify username and password, or a secret.',
  'read the secret orders with its username and password',
  'The signature does not match. Check your AWS Secret Access Key and signing method.',
  `the secret orders was read${' and read'.repeat(20)}, with no password`,
])('a message that only speaks of a secret does not complain about it: %s', (message) => {
  expect(classify(new Error(message), keep).category).toBe('UNKNOWN');
});
