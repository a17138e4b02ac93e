import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { AwsStub } from '../../test/lambda/aws-stub';
import { environment, run } from './cli';

jest.setTimeout(30_000);

let aws: AwsStub;
beforeAll(async () => {
  aws = await AwsStub.start();
});
afterAll(() => aws.close());

const stackOf = (template?: unknown) => ({
  'manifest.json': JSON.stringify({
    artifacts: { A: { type: 'aws:cloudformation:stack', properties: { templateFile: 'a.json' } } },
  }),
  ...(template !== undefined && { 'a.json': JSON.stringify(template) }),
});

test.each<[string, Record<string, string>, string, string]>([
  ['a manifest that is cut off', { 'manifest.json': '{' }, 'manifest.json', "can't be read as JSON"],
  ['a manifest that holds nothing', { 'manifest.json': 'null' }, 'manifest.json', 'is not a manifest of the CDK'],
  [
    'an artifact that is cut off',
    { 'manifest.json': '{"artifacts":{"A":{"properties":null}}}' },
    'manifest.json',
    'is not a manifest of the CDK',
  ],
  ['a template that is not there', stackOf(), 'a.json', 'does not exist'],
  ...[null, { Resources: [1, null] }, { Resources: { A: { Properties: null } } }, { Parameters: { A: null } }].map(
    (template): [string, Record<string, string>, string, string] => [
      `the template ${JSON.stringify(template)}`,
      stackOf(template),
      'a.json',
      'is not a CloudFormation template',
    ],
  ),
])('fails by one sentence for %s', async (_, files, named, sentence) => {
  const broken = mkdtempSync(path.join(tmpdir(), 'cli-app-'));
  Object.entries(files).forEach(([name, content]) => writeFileSync(path.join(broken, name), content));

  expect(await run(['--app', broken], environment(aws.url))).toEqual({
    code: 2,
    stdout: '',
    stderr: `glue-connection-test: '${path.join(broken, named)}' ${sentence}; run 'cdk synth' again.\n`,
  });
});

test('fails by one sentence for a folder in the place of a manifest', async () => {
  const broken = mkdtempSync(path.join(tmpdir(), 'cli-app-'));
  mkdirSync(path.join(broken, 'manifest.json'));

  expect(await run(['--app', broken], environment(aws.url))).toMatchObject({
    code: 2,
    stderr: `glue-connection-test: '${path.join(broken, 'manifest.json')}' is a folder; run 'cdk synth' again.\n`,
  });
});
