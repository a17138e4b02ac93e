import fc from 'fast-check';
import { matches } from '../../../lambda/sweep/pattern';

test.each([
  ['*', 'orders', true],
  ['orders', 'orders', true],
  ['orders', 'orders2', false],
  ['orders*', 'orders', true],
  ['prod-*', 'prod-orders', true],
  ['prod-*', 'preprod-orders', false],
  ['prod-*', 'PROD-orders', false],
  ['*-orders-*', 'prod-orders-eu', true],
  ['orders-?', 'orders-1', true],
  ['orders-?', 'orders-12', false],
  ['orders-?', 'orders-', false],
  // One character, in two code units
  ['orders-?', 'orders-😀', true],
  ['a.c', 'abc', false],
  ['[ab]*', 'a', false],
  ['', '', true],
  ['', 'a', false],
])('%s and %s: %s', (pattern, name, expected) => {
  expect(matches(pattern, name)).toBe(expected);
});

test('it matches what a regular expression of the same meaning matches', () => {
  const text = (...characters: string[]) => fc.string({ unit: fc.constantFrom(...characters), maxLength: 12 });
  fc.assert(
    fc.property(text('a', 'b', '*', '?'), text('a', 'b'), (pattern, name) => {
      const source = pattern.replace(/\*/g, '[^]*').replace(/\?/g, '[^]');
      expect(matches(pattern, name)).toBe(new RegExp(`^${source}$`).test(name));
    }),
    { numRuns: 2_000 },
  );
});

test('it takes no time for a pattern that is made to take long', () => {
  const startedAt = Date.now();

  expect(matches('*a'.repeat(127), 'a'.repeat(255))).toBe(true);
  expect(matches(`${'*a'.repeat(127)}b`, 'a'.repeat(255))).toBe(false);
  expect(Date.now() - startedAt).toBeLessThan(1_000);
});
