import { problemsOf } from '../../../lambda/properties/problems';
import { text } from '../../../lambda/properties/model';
import type { ListOf } from '../../../lambda/properties/shape';

const NAMES: ListOf = {
  kind: 'list',
  what: 'names of connections',
  item: text(1, 5, '1 to 5 characters'),
  maxItems: 3,
};

const problems = (value: unknown) => problemsOf(NAMES, value, 'Include');

test.each([
  ['no item', []],
  ['as many items as may be', ['a', 'b', 'c']],
  ['items at their limits', ['x', '🎉🎉🎉🎉🎉']],
])('a list with %s is accepted', (_, value) => {
  expect(problems(value)).toEqual([]);
});

test.each<[string, unknown, string[]]>([
  ['text', 'a,b', ["'Include' must be a list of names of connections, got: text of 3 characters"]],
  ['a map', { 0: 'a' }, ["'Include' must be a list of names of connections, got: a map"]],
  ['null', null, ["'Include' must be a list of names of connections, got: nothing"]],
  ['one item more', ['a', 'b', 'c', 'd'], ["'Include' must have at most 3 names of connections, got: 4"]],
  [
    'wrong items, each of which is named by its position',
    ['', 'right', ['a']],
    ["'Include[0]' must be 1 to 5 characters, got: nothing", "'Include[2]' must be 1 to 5 characters, got: a list"],
  ],
  ['a number', [7], ["'Include[0]' must be 1 to 5 characters, got: 7"]],
])('fails with %s in the place of a list or in it', (_, value, expected) => {
  expect(problems(value)).toEqual(expected);
});

test('no item shows, however wrong it is', () => {
  expect(problems(['S3cr3tTh3T4il']).join()).not.toContain('S3cr3t');
});
