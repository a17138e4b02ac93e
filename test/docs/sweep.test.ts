import { readFileSync } from 'node:fs';
import path from 'node:path';
import { SWEEP_PROPS } from '../../lib/sweep/connection-sweep-props';
import { buildSweepTemplate } from '../../tools/template/build';

const page = readFileSync(path.join(__dirname, '../../docs/sweep.md'), 'utf8');

/** The first and the last cell of each row in the table of a section. */
function rowsOf(section: string): string[][] {
  const [, text = ''] = page.split(`\n## ${section}\n`);
  const [own = ''] = text.split('\n## ');
  return own
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => line.split('|').map((cell) => cell.trim().replaceAll('`', '')))
    .map((cells) => [cells[1] ?? '', cells.at(-2) ?? '']);
}

test('the table of the options has all of them', () => {
  expect(
    rowsOf('Options')
      .map(([name]) => name)
      .sort(),
  ).toEqual(Object.keys(SWEEP_PROPS).sort());
});

test("the table of the template's parameters has their defaults", () => {
  const { Parameters } = buildSweepTemplate() as { Parameters: Record<string, { Default: string | number }> };
  const rows = rowsOf('Without the CDK');

  expect(rows.length).toBeGreaterThan(10);
  for (const [name = '', value = ''] of rows) {
    const written = { none: '', all: '', empty: '' }[value] ?? value;
    expect([name, String(Parameters[name]?.Default)]).toEqual([name, written]);
  }
});
