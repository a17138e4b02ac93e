import { isWorthAnotherTry } from '../../lambda/retry';

test.each([
  [59_900, true],
  [60_100, false],
])('what spreads is tried again for the first minute: after %d ms, %j', (elapsedMs, expected) => {
  const situation = { category: 'PROPAGATION', unreachable: 0, maxAttempts: 1, elapsedMs } as const;

  expect(isWorthAnotherTry(situation)).toBe(expected);
});
