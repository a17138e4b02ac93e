import { readFileSync } from 'node:fs';
import path from 'node:path';
import { CONNECTION_USES, STARTERS } from '../../lib/gate/connection-uses';
import { STORE_FOLLOWERS } from '../../lib/gate/store-followers';

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
  const rows = sectionOf('What a test waits for')
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map(codeIn);

  expect(rows).toEqual(STORE_FOLLOWERS.map(({ type, store }) => [type, store]));
});
