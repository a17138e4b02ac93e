import { readFileSync } from 'node:fs';
import path from 'node:path';
import { CONNECTION_USES, STARTERS } from '../../lib/gate/connection-uses';
import { RULES } from '../../lambda/network/rules';
import { AWAITED_TYPES } from '../../lib/network/awaited-types';
import { STORE_FOLLOWERS } from '../../lib/gate/store-followers';
import { BROKEN_WORLDS } from '../lib/apps/network-worlds';

const guide = readFileSync(path.join(__dirname, '../../docs/guide.md'), 'utf8');
const sectionOf = (heading: string) => new RegExp(`^## ${heading}\n([^]*?)^## `, 'm').exec(guide)?.[1] ?? '';
const codeIn = (text: string) => Array.from(text.matchAll(/`([^`]+)`/g), ([, code]) => code);

test('the guide lists what waits, and nothing else', () => {
  const section = sectionOf('What waits');
  const rows = Array.from(section.matchAll(/^\| (`AWS::.*?) \| (.*?) \|$/gm), ([, type = '', paths = '']) => ({
    type: codeIn(type)[0],
    paths: codeIn(paths),
  }));

  expect(rows).toEqual(CONNECTION_USES);
  for (const { type } of STARTERS) {
    expect(section).toContain(`\`${type}\``);
  }
});

test('the guide lists what a test waits for, and nothing else', () => {
  const [stores = '', networks = ''] = sectionOf('What a test waits for').split('### The network');
  const rowsOf = (section: string) =>
    section
      .split('\n')
      .filter((line) => line.startsWith('| `'))
      .map(codeIn);

  expect(rowsOf(stores)).toEqual(STORE_FOLLOWERS.map(({ type, store }) => [type, store]));
  expect(rowsOf(networks).flat()).toEqual(AWAITED_TYPES);
});

test('the guide names the rules that are not known at synthesis; of all others, there is an app', () => {
  const [, unknown = ''] = /Synthesis can't check ([^]*?)\. It checks/.exec(guide) ?? [];
  const known = Object.values(BROKEN_WORLDS).flatMap(({ rules }) => rules);

  expect([...new Set([...codeIn(unknown), ...known])].sort()).toEqual(RULES.map(({ name }) => name).sort());
  expect(codeIn(unknown).filter((rule) => known.includes(rule!))).toEqual([]);
});
