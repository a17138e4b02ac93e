import { readFileSync } from 'node:fs';
import path from 'node:path';

const readme = readFileSync(path.join(__dirname, '..', 'README.md'), 'utf8');
const [, table = ''] = /\n## Fidelity\n([^]*?)\n## /.exec(readme) ?? [];
const rows = table
  .split('\n')
  .map((line) => /^\| (.+?) +\| \[.+\]\((.+)\) +\| `(.+?)`(?:: (.+?))? +\|$/.exec(line))
  .filter((match) => match !== null)
  .map(([, rule = '', page = '', file = '', title = '']) => ({ rule, page, file, title }));

test('the table has rows, and every line of it is read', () => {
  const lines = table.split('\n').filter((line) => line.startsWith('|') && !/^\| (rule +\||-)/.test(line));
  expect(rows.length).toBeGreaterThan(70);
  expect(rows).toHaveLength(lines.length);
});

test.each(rows)('$rule: there is such a test, and a page of AWS', ({ page, file, title }) => {
  const source = readFileSync(path.join(__dirname, `${file}.test.ts`), 'utf8');
  expect(page).toMatch(/^https:\/\/(docs\.aws\.amazon\.com|repost\.aws)\//);
  expect(source.replaceAll(String.raw`\'`, "'")).toContain(title);
});
