import { isWorthAnotherTry, positionOf } from '../../../lambda/failures/retry';

describe.each(['NOT_FOUND', 'ACCESS_DENIED'] as const)('%s', (category) => {
  test.each([
    [59_900, true],
    [60_100, false],
  ])('is tried again for the first minute: after %d ms, %j', (elapsedMs, expected) => {
    expect(isWorthAnotherTry({ category, unreachable: 0, maxAttempts: 1, elapsedMs })).toBe(expected);
  });
});

test.each(['NOT_FOUND', 'ACCESS_DENIED'] as const)('%s is final where nothing has to spread', (category) => {
  const situation = { category, unreachable: 0, maxAttempts: 3, isSettled: true, elapsedMs: 10 };

  expect(isWorthAnotherTry(situation)).toBe(false);
  expect(positionOf(1, situation, 300_000)).toBe('attempt 1 of 1');
});

describe('a network that may be coming up', () => {
  const situation = { category: 'CONFIGURATION', unreachable: 0, maxAttempts: 1, isComingUp: true } as const;

  test.each([
    [119_900, true],
    [120_100, false],
  ])('is tried again for the first two minutes: after %d ms, %j', (elapsedMs, expected) => {
    expect(isWorthAnotherTry({ ...situation, elapsedMs })).toBe(expected);
  });

  test('is told in time of these two minutes, or of the deadline where that is sooner', () => {
    expect(positionOf(2, { ...situation, elapsedMs: 30_000 }, 300_000)).toBe('attempt 2, 30 of 120 s');
    expect(positionOf(2, { ...situation, elapsedMs: 30_000 }, 60_000)).toBe('attempt 2, 30 of 60 s');
  });
});

describe('the position of an attempt', () => {
  const deadlineMs = 300_000;
  const situation = { unreachable: 0, maxAttempts: 3, elapsedMs: 12_345 };

  test.each([
    ['is told in time up to the deadline', 'THROTTLED', {}, 'attempt 4, 12 of 300 s'],
    ['is told in time of the first minute', 'NOT_FOUND', {}, 'attempt 4, 12 of 60 s'],
    ['is the last one where another makes no sense', 'CREDENTIALS', {}, 'attempt 4 of 4'],
    ['leaves as many as MaxAttempts does', 'UNREACHABLE', { unreachable: 1 }, 'attempt 4 of 6'],
    ['leaves none in the end', 'UNREACHABLE', { unreachable: 3 }, 'attempt 4 of 4'],
  ] as const)('%s', (_, category, more, expected) => {
    expect(positionOf(4, { ...situation, category, ...more }, deadlineMs)).toBe(expected);
  });

  test('is told in time of the deadline where that is sooner than a minute', () => {
    expect(positionOf(1, { ...situation, category: 'ACCESS_DENIED' }, 30_000)).toBe('attempt 1, 12 of 30 s');
  });
});
