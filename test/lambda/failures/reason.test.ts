import { cut, quote } from '../../../lambda/base/json-text';
import { explain } from '../../../lambda/failures/explanation';
import type { NetworkDiagnosis } from '../../../lambda/network/diagnosis';

describe('a text that is cut', () => {
  test.each([
    ['fits', 'abcdef', 6, 'abcdef'],
    ['is one byte too long', 'abcdef', 5, 'ab…'],
    ['has letters of four bytes', '🎉🎉🎉', 11, '🎉🎉…'],
    ['has one that just does not fit', '🎉🎉🎉', 10, '🎉…'],
    ['has what JSON escapes', '\n\n\n\n', 7, '\n\n…'],
    ['has no room at all', 'abcdef', 2, '…'],
  ])('keeps as many whole characters as there is room for: it %s', (_, text, maxBytes, kept) => {
    expect(cut(text, maxBytes)).toBe(kept);
  });
});

describe('a quotation', () => {
  test.each([
    ['of 1,000 characters is whole', 'x'.repeat(1_000), 'x'.repeat(1_000)],
    ['of more ends where it is cut', 'x'.repeat(1_001), `${'x'.repeat(999)}…`],
    ['counts an emoji as one', '🎉'.repeat(700), '🎉'.repeat(700)],
  ])('%s', (_, message, quoted) => {
    expect(quote(message)).toBe(quoted);
  });

  test('has 3,000 bytes at most, if nothing else is asked for', () => {
    expect(quote('🎉'.repeat(1_000))).toBe(`${'🎉'.repeat(749)}…`);
    expect(quote('🎉'.repeat(1_000), 11)).toBe('🎉🎉…');
  });
});

describe('an explanation', () => {
  const FAILURE = {
    category: 'UNKNOWN',
    cause: 'Not known.',
    nextStep: 'Read.',
    link: 'https://docs.aws.amazon.com/',
    exception: 'Strange',
    saidBy: 'Glue',
  } as const;
  const explained = (message: string, details: readonly string[] = [], network?: NetworkDiagnosis) =>
    explain({
      subject: "Glue connection 'orders'",
      failure: { ...FAILURE, message },
      attempts: 2,
      milliseconds: 1_260,
      details,
      network,
      log: { group: 'group', stream: 'stream' },
    });

  test('names no log where there is none', () => {
    const failure = { ...FAILURE, message: 'no' };
    const report = { failure, attempts: 1, milliseconds: 100, details: [], network: undefined };

    expect(explain({ ...report, subject: 'orders' })).toMatch(/\nTried once in 0\.1 s\.$/);
  });

  test('tells it all, line by line, and tenths of seconds', () => {
    expect(explained('no', ['a', 'b']).split('\n')).toEqual([
      "Glue connection 'orders' failed its test: UNKNOWN.",
      'Glue: no (Strange)',
      'Cause: Not known.',
      'Next: Read.',
      'See: https://docs.aws.amazon.com/',
      'Connection: a; b',
      'Tried 2 times in 1.3 s. Log: group, stream stream',
    ]);
  });

  test('leaves out what is not known of the connection', () => {
    expect(explained('no')).not.toContain('Connection:');
  });

  test('takes 3,000 bytes at most, and less of what Glue said rather than of the rest', () => {
    const text = explained('🎉'.repeat(1_000), ['x'.repeat(300)]);
    const bytes = Buffer.byteLength(JSON.stringify(text)) - 2;

    expect(bytes).toBeLessThanOrEqual(3_000);
    expect(bytes).toBeGreaterThan(2_990);
    expect(text).toContain('🎉… (Strange)\nCause: ');
  });
});
