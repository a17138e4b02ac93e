import { STYLE } from '../../tools/prose/style';
import { proseProblems } from '../../tools/prose/lint';

const rulesIn = async (page: string) => (await proseProblems('page.md', page)).map(({ ruleId }) => ruleId);

const GOOD = 'The test waits for its connection. `Of X, the Y` is code, and code counts as one word.';

test('plain sentences have no problem', async () => {
  expect(await rulesIn(GOOD)).toEqual([]);
});

test.each<[string, string]>([
  ['sentence-length', `${'the test waits and '.repeat(8)}ends.`],
  ['passive-chain', 'The connection was changed and is tested again.'],
  ['phrases', 'Of the findings, the library acknowledges none.'],
  ['phrases', 'This is unverified, for want of an account.'],
  ['phrases', 'The reason stands in the log.'],
])('%s finds: %s', async (rule, sentence) => {
  expect(STYLE).toHaveProperty([rule]);
  expect(await rulesIn(`${GOOD}\n\n- ${sentence}\n`)).toEqual([rule]);
  expect(await rulesIn(`| one |\n| --- |\n| ${sentence} |\n`)).toEqual([rule]);
});

test('a sentence may have 30 words', async () => {
  expect(await rulesIn(`${'word '.repeat(30).trim()}.`)).toEqual([]);
  expect(await rulesIn(`${'word '.repeat(31).trim()}.`)).toEqual(['sentence-length']);
});
