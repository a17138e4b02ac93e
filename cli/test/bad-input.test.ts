import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { AwsStub, exception, output } from '../../test/lambda/aws-stub';
import { environment, run } from './cli';

jest.setTimeout(30_000);

let aws: AwsStub;
beforeAll(async () => {
  aws = await AwsStub.start();
  aws.script('GetConnections', '', output({ ConnectionList: [{ Name: 'orders', ConnectionType: 'JDBC' }] }));
});
afterAll(() => aws.close());

const folder = mkdtempSync(path.join(tmpdir(), 'cli-bad-input-'));
mkdirSync(path.join(folder, 'empty'));
writeFileSync(path.join(folder, 'file'), '');

const there = (name: string) => path.join(folder, name);

test.each([
  ['an unknown option', ['--jsno', 'orders'], "unknown option '--jsno'; did you mean --json?"],
  ['an unknown short option', ['-x', 'orders'], "unknown option '-x'."],
  ['an option without its value', ['--all', '--region'], '--region needs a value.'],
  ['a report without its file', ['orders', '--junit'], '--junit needs a file.'],
  ['an option in the place of a file', ['--junit', '--json', 'orders'], '--junit needs a file.'],
  ['an empty folder', ['--app', ''], '--app needs a folder.'],
  ['an empty filter', ['--filter', ' '], '--filter needs a value.'],
  [
    'two reports in one file',
    ['orders', '--junit', there('same'), '--markdown', there('empty/../same')],
    '--junit and --markdown need different files.',
  ],
  [
    'two reports for the standard output, and no name',
    ['--json', '--junit', '-'],
    '--json and --junit - exclude each other, because the standard output takes one report.',
  ],
  [
    'two reports for the standard output',
    ['orders', '--json', '--junit', '-'],
    '--json and --junit - exclude each other, because the standard output takes one report.',
  ],
  [
    'two others for the standard output',
    ['orders', '--markdown', '-', '--junit', '-'],
    '--junit - and --markdown - exclude each other, because the standard output takes one report.',
  ],
  [
    'a Region that does not exist',
    ['orders', '--region', 'eu-west-9'],
    "the Region 'eu-west-9' does not exist; did you mean eu-west-1, eu-west-2 or eu-west-3?",
  ],
  [
    'what no host name may have',
    ['orders', '--region', 'eu_west'],
    "the Region 'eu_west' does not exist; did you mean eu-west-1, eu-west-2 or eu-west-3?",
  ],
  [
    'a Region in capitals',
    ['orders', '--region', 'EU-WEST-1'],
    "the Region 'EU-WEST-1' does not exist; did you mean eu-west-1?",
  ],
  [
    'what is no Region',
    ['orders', '--region', 'Ireland'],
    "the Region 'Ireland' does not exist; expected a name such as eu-west-1.",
  ],
  ['no concurrency', ['orders', '--concurrency', '0'], "--concurrency must be a whole number from 1 to 100, not '0'."],
  [
    'half a concurrency',
    ['orders', '--concurrency', '1.5'],
    "--concurrency must be a whole number from 1 to 100, not '1.5'.",
  ],
  [
    'too many attempts',
    ['orders', '--max-attempts', '11'],
    "--max-attempts must be a whole number from 1 to 10, not '11'.",
  ],
  [
    'a time in days',
    ['orders', '--timeout', '1d'],
    "--timeout must be a time from 1s to 1h, such as 90s or 5m, not '1d'.",
  ],
  ['no time', ['orders', '--timeout', '0m'], "--timeout must be a time from 1s to 1h, such as 90s or 5m, not '0m'."],
  [
    'a name for the role',
    ['orders', '--role-arn', 'Tests'],
    "--role-arn must be a role's ARN, such as arn:aws:iam::111122223333:role/Tests, not 'Tests'.",
  ],
  ['an empty name', [''], 'the name of a connection is empty.'],
  ['a pattern that matches nothing', ['prod-*'], "'prod-*' matches no connection in eu-west-1."],
  ['a filter that matches nothing', ['--all', '--filter', 'x*'], "no connection in eu-west-1 matches 'x*'."],
  ['a type that nothing is of', ['--type', 'KAFKA'], 'no connection in eu-west-1 is of type KAFKA.'],
  ['a name that the filter leaves out', ['a', '--filter', 'b'], "no connection of those that you named matches 'b'."],
  [
    'a folder for a file',
    ['orders', '--junit', there('empty')],
    `the file '${there('empty')}' of --junit can't be written: it is a folder.`,
  ],
  [
    'a file in no folder',
    ['orders', '--markdown', there('no/report.md')],
    `the file '${there('no/report.md')}' of --markdown can't be written: its folder does not exist.`,
  ],
  [
    'a file in a file',
    ['orders', '--junit', there('file/report.xml')],
    `the file '${there('file/report.xml')}' of --junit can't be written: its folder is a file.`,
  ],
  [
    'a folder without an app',
    ['--app', there('empty')],
    `'${there('empty')}' is not a synthesized app, because it has no manifest.json; run 'cdk synth' first.`,
  ],
])('fails by one sentence for %s', async (_, args, sentence) => {
  const { code, stdout, stderr } = await run(args, environment(aws.url));

  expect(stderr).toBe(`glue-connection-test: ${sentence}\n`);
  expect(stdout).toBe('');
  expect(code).toBe(2);
  expect(aws.callsOf(/^TestConnection$/)).toEqual([]);
});

test.each([
  ['no connection', output({ ConnectionList: [] }), 'there is no connection in eu-west-1.'],
  [
    'no permission',
    exception('AccessDeniedException', 'User: someone is not authorized'),
    'listing the connections of eu-west-1 requires the permission glue:GetConnections (User: someone is not authorized).',
  ],
  [
    'one page again and again',
    output({ ConnectionList: [], NextToken: 'same' }),
    "the connections of eu-west-1 can't be listed: Glue returns the same page again and again.",
  ],
  [
    'a catalog that does not exist',
    exception('EntityNotFoundException', 'Catalog not found'),
    "the connections of eu-west-1 can't be listed: Catalog not found (EntityNotFoundException).",
  ],
])('fails by one sentence where --all finds %s', async (_, reply, sentence) => {
  const other = await AwsStub.start();
  other.script('GetConnections', '', reply);
  const { code, stderr } = await run(['--all'], environment(other.url));
  await other.close();

  expect({ code, stderr }).toEqual({ code: 2, stderr: `glue-connection-test: ${sentence}\n` });
});

test('prints the help for nothing at all', async () => {
  const { code, stdout, stderr } = await run([], environment(aws.url));

  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain('Usage: glue-connection-test [options] [names...]');
});

test('--help and --version are what was asked for', async () => {
  const help = await run(['--help'], environment(aws.url));
  expect(help).toMatchObject({ code: 0, stderr: '' });
  expect(help.stdout).toContain("$ glue-connection-test 'prod-*' --type JDBC");
  expect(await run(['--version'], environment(aws.url))).toEqual({ code: 0, stdout: '0.1.0\n', stderr: '' });
});
