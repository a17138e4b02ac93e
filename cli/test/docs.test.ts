import { parseTemplateText } from '@cdk-glue-connection-test/local-cloud';
import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import rootPackageJson from '../../package.json';
import packageJson from '../package.json';
import { readArguments } from '../src/arguments/program';
import { environment, run } from './cli';

const read = (file: string) => readFileSync(path.resolve(__dirname, '../..', file), 'utf8');

const readme = read('cli/README.md');

const optionsIn = (text: string) =>
  new Set(Array.from(text.matchAll(/(?<![\w-])--[a-z][a-z-]*/g), ([option]) => option));

test('the README has each option of the help, and no other', async () => {
  const { stdout } = await run(['--help'], environment('http://127.0.0.1:9'));
  const inHelp = [...optionsIn(stdout)].filter((option) => option !== '--version' && option !== '--help');

  expect([...optionsIn(readme)].sort()).toEqual(inHelp.sort());
});

test.each(Array.from(read('docs/ci.md').matchAll(/```yaml\n([^]*?)```/g), ([, yaml = '']) => yaml))(
  'a job of the page on CI is YAML, and its command is right: %#',
  (yaml) => {
    expect(parseTemplateText(yaml)).toBeInstanceOf(Object);
    const [, command = ''] = /npx --yes glue-connection-test@0\.1 (.*)/.exec(yaml) ?? [];
    const args = command.split(' ').map((arg) => arg.replaceAll("'", ''));

    expect(readArguments(args, '0')).toHaveProperty('options');
  },
);

test('it has the version of the constructs, and that of the pages', () => {
  expect(packageJson.version).toBe(rootPackageJson.version);
  expect(packageJson.version).toMatch(/^0\.1\./);
});
