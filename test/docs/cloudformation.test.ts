import { existsSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import type { ConnectionTestAttributes } from '../../lambda/contract';
import { CONNECTION_TEST } from '../../lambda/properties/model';
import packageJson from '../../package.json';
import { providerTemplate } from '../tools/template/built';

const ROOT = path.resolve(__dirname, '../..');
const guide = readFileSync(path.join(ROOT, 'docs/cloudformation.md'), 'utf8');

/** The rows of the first table under a heading. */
function tableOf(heading: string): string[][] {
  const [, section = ''] = guide.split(`\n## ${heading}\n`);
  const [table = ''] = /^\|.*\n(\|.*\n)+/m.exec(section) ?? [];
  return table
    .trim()
    .split('\n')
    .slice(2)
    .map((row) =>
      row
        .split('|')
        .map((cell) => cell.trim())
        .slice(1, -1),
    );
}

/** What stands as code in the first column. */
function namesIn(heading: string): string[] {
  return tableOf(heading).flatMap(([first = '']) => [...first.matchAll(/`(\w+)`/g)].map(([, name = '']) => name));
}

test("the guide's table of properties has each of them, with the range that the handler allows", () => {
  expect(namesIn('Properties').sort()).toEqual(Object.keys(CONNECTION_TEST.members).sort());
  for (const [name = '', type = ''] of tableOf('Properties')) {
    const shape = CONNECTION_TEST.members[name.replaceAll('`', '')];
    if (shape?.kind === 'integer') {
      expect(type).toBe(`whole number, ${shape.minimum} to ${shape.maximum}`);
    } else if (shape?.kind === 'text') {
      expect(type).toBe(`text, ${shape.minLength} to ${shape.maxLength} characters`);
    } else if (shape?.kind === 'choice') {
      expect(type).toBe(shape.values.map((value) => `\`${value}\``).join(' or '));
    }
  }
});

test("the guide's table of attributes has each of them", () => {
  const attributes: Record<keyof ConnectionTestAttributes, true> = {
    ConnectionName: true,
    Outcome: true,
    Category: true,
    Message: true,
    Attempts: true,
    DurationMs: true,
    TestedAt: true,
  };

  expect(namesIn('Attributes')).toEqual(Object.keys(attributes));
});

test("the guide's table of parameters has each of them, with its default", () => {
  const { Parameters } = providerTemplate();

  expect(namesIn('Parameters of the provider').sort()).toEqual(Object.keys(Parameters).sort());
  for (const [name = '', text = ''] of tableOf('Parameters of the provider')) {
    const { Default = '' } = Parameters[name.replaceAll('`', '')] ?? {};
    expect([name, text.replaceAll('`', '')]).toEqual([
      name,
      Default === '' ? expect.stringMatching(/^(none|AWS's own|)$/) : expect.stringMatching(`^${Default}(:|$)`),
    ]);
  }
});

test('the guide names each output', () => {
  for (const name of Object.keys(providerTemplate().Outputs)) {
    expect(guide).toContain(`\`${name}\``);
  }
});

test('each file that the guide links is there, and what it links of this package is shipped', () => {
  const links = [...guide.matchAll(/\]\(\.\.\/([\w./-]+)/g)].map(([, link = '']) => link);

  expect(links.filter((link) => !existsSync(path.join(ROOT, link)))).toEqual([]);
  expect(links.filter((link) => link.startsWith('examples/')).length).toBeGreaterThan(5);
  expect(packageJson.files).toEqual(
    expect.arrayContaining(['dist/*.template.json', 'docs/cloudformation.md', 'examples/**']),
  );
});
