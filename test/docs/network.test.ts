import { readFileSync } from 'node:fs';
import path from 'node:path';
import { RULES } from '../../lambda/network/rules';

const guide = readFileSync(path.join(__dirname, '../../docs/network.md'), 'utf8');

test("the guide's table has each rule of a network, in the order in which they are told", () => {
  const names = [...guide.matchAll(/^\| `([A-Z_\d]+)`/gm)].map(([, name]) => name);

  expect(names).toEqual(RULES.map(({ name }) => name));
});
