import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Files } from '../../../tools/verify-aws/files';
import { answer, merge, type Results } from '../../../tools/verify-aws/results';
import { withTexts } from '../../../tools/verify-aws/seen-texts';
import { fillTable } from '../../../tools/verify-aws/table';
import { chosen, UNKNOWNS } from '../../../tools/verify-aws/unknowns';
import { MADE_UP } from './made-up';

const PAGE = path.resolve(__dirname, '../../../docs/verify-aws.md');
const DATE = '2026-01-31';
const REGION = 'eu-west-1';
const answers = answer(UNKNOWNS, MADE_UP, DATE, REGION);

/** The rows of the page's table, cell by cell, by their ids. */
function rows(results: Results): Map<string, string[]> {
  const page = fillTable(readFileSync(PAGE, 'utf8'), UNKNOWNS, results);
  const [, answers = ''] = page.split('## The answers');
  const cells = [...answers.matchAll(/^\| `([\w-]+)` +\|(.*)\|$/gm)];
  return new Map(cells.map(([, id = '', rest = '']) => [id, rest.split(/(?<!\\)\|/).map((cell) => cell.trim())]));
}

test('the page is what the results make of it', () => {
  expect(readFileSync(PAGE, 'utf8')).toBe(new Files().filledPage());
});

test('ids are unique', () => {
  expect(new Set(UNKNOWNS.map(({ id }) => id)).size).toBe(UNKNOWNS.length);
});

test('what nobody has run is a row that says so', () => {
  const table = rows({});

  expect([...table.keys()]).toEqual(UNKNOWNS.map(({ id }) => id));
  [...table.values()].forEach((cells) => expect(cells.slice(2)).toEqual(['not yet run', '', '']));
});

test('each question has an answer in what a whole run sees', () => {
  expect(Object.entries(answers).filter(([, { seen }]) => seen === null)).toEqual([]);
  expect(answers).toMatchObject({
    'classic-by-name': { seen: 'passed (public, 12.5 s)', date: DATE, region: REGION },
    'other-types': { seen: 'Kafka: InvalidInputException: “made-up | other text” (kafka, 1 s)' },
    'secret-reader': { seen: 'GetSecretValue: role GlueVerifyMadeUp by glue.amazonaws.com' },
    'depends-on': { seen: 'no: the test has no event, the stack is UPDATE_COMPLETE' },
    'update-rollback': { seen: 'stack UPDATE_ROLLBACK_COMPLETE; test UPDATE_FAILED → UPDATE_COMPLETE' },
    'create-rollback': {
      seen: 'stack CREATE_IN_PROGRESS → ROLLBACK_COMPLETE; test CREATE_IN_PROGRESS → CREATE_FAILED',
    },
    'alarm-of-all': { seen: 'OK' },
  });
});

test('no question has an answer where nothing was seen', () => {
  const nothing = answer(UNKNOWNS, { deployments: {}, tests: [] }, DATE, REGION);

  expect(Object.values(nothing).map(({ seen }) => seen)).toEqual(UNKNOWNS.map(() => null));
});

test('an answer is one row, whatever is in it', () => {
  const table = rows(answers);

  expect(table.get('reason')?.slice(2)).toEqual(['“made-up \\| reason of two lines”', DATE, REGION]);
  expect(table.get('classic-by-name')).toHaveLength(5);
});

test('an answer stays when a later run does not show it, and is replaced when it shows another', () => {
  const later = answer(chosen(['metrics', 'duration']), { ...MADE_UP, metrics: undefined }, '2026-02-01', REGION);
  const merged = merge(answers, later);

  expect(merged.metrics).toEqual(answers.metrics);
  expect(merged.duration?.date).toBe('2026-02-01');
  expect(merged.texts).toEqual(answers.texts);
});

test('a text is kept once, with its first date', () => {
  const first = withTexts([], MADE_UP.tests, DATE, REGION);

  expect(first.map(({ text }) => text)).toEqual([
    'made-up text',
    'made-up key',
    'made-up | other text',
    'made-up silence',
  ]);
  expect(withTexts(first, MADE_UP.tests, '2026-02-01', REGION)).toEqual(first);
});
