import { parseTemplateText } from '@cdk-glue-connection-test/local-cloud';
import { readdirSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import packageJson from '../../package.json';

const FOLDER = path.resolve(__dirname, '../../.github/workflows');
const workflows = readdirSync(FOLDER).map((file) => [file, readFileSync(path.join(FOLDER, file), 'utf8')] as const);

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
