import { compared, isMet, single } from '../../bench/benchmark';
import { interleave, summarize } from '../../bench/statistics';
import { tableOf } from '../../bench/table';

test('values amount to their median, with the half around it and the extremes', () => {
  expect(summarize([9, 1, 5, 3, 7])).toEqual({ median: 5, quartiles: [3, 7], range: [1, 9], count: 5 });
});

test('a median of an even number of values lies between the two in the middle', () => {
  expect(summarize([1, 2, 4, 9]).median).toBe(3);
});

test('a ratio is that within each run, whatever slows down a whole run', () => {
  const { ratio } = compared('time', 'ms', [1, 10, 100], ['another', [2, 20, 200]]);
  expect(ratio).toMatchObject({ median: 0.5, range: [0.5, 0.5] });
});

test('variants take turns, each run begins with another one, and the first run does not count', async () => {
  const order: string[] = [];
  const samples = await interleave(2, ['a', 'b'], (variant) => Promise.resolve(order.push(variant)));
  expect(order.join('')).toBe('abbaab');
  expect(samples).toEqual({ a: [4, 5], b: [3, 6] });
});

test.each([
  [{ of: 'value', atMost: 2 } as const, true],
  [{ of: 'value', atMost: 1 } as const, false],
  [{ of: 'value', atLeast: 3 } as const, false],
  [undefined, undefined],
])('the target %j is met by 2: %s', (target, met) => {
  expect(isMet(single('tests', '', [2], { target }))).toBe(met);
});

test('the table has a line for each row, and each note once', () => {
  const note = 'of both';
  const table = tableOf([
    compared('time', 'ms', [1, 1], ['another', [2, 4]], { target: { of: 'ratio', atMost: 0.4 }, note }),
    single('memory', 'MB', [123.4], { note }),
  ]);
  expect(table.split('\n').map((line) => line.replace(/ +/g, ' '))).toEqual([
    '| what | this | compared with | its value | ratio | quartiles | min … max | runs | target | |',
    expect.stringMatching(/^\| -+ \|/),
    '| time (1) | 1 ms | another | 3 ms | 0.38 | 0.313 to 0.438 | 0.25 to 0.5 | 2 | ≤ 0.4 | met |',
    '| memory (1) | 123 MB | | | | | | 1 | | |',
    '',
    '1. Of both.',
  ]);
});
