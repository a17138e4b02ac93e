import { readFileSync } from 'node:fs';
import path from 'node:path';
import { CONNECTION_USES, STARTERS } from '../../lib/connection-uses';

const guide = readFileSync(path.join(__dirname, '../../docs/guide.md'), 'utf8');
const [, section = ''] = /^## What waits\n([^]*?)^## /m.exec(guide) ?? [];
const codeIn = (text: string) => Array.from(text.matchAll(/`([^`]+)`/g), ([, code]) => code);

test('the guide lists what waits, and nothing else', () => {
  const rows = Array.from(section.matchAll(/^\| (`AWS::.*?) \| (.*?) \|$/gm), ([, type = '', paths = '']) => ({
    type: codeIn(type)[0],
    paths: codeIn(paths),
  }));

  expect(rows).toEqual(CONNECTION_USES);
  for (const type of STARTERS) {
    expect(section).toContain(`\`${type}\``);
  }
});
