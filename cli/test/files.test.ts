import { existsSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { AwsStub, exception, output } from '../../test/lambda/aws-stub';
import { environment, MAIN, run, Run } from './cli';

jest.setTimeout(30_000);

let aws: AwsStub;
let folder: string;
beforeEach(async () => {
  aws = await AwsStub.start();
  aws.script('GetConnections', '', output({ ConnectionList: [{ Name: 'orders', ConnectionType: 'JDBC' }] }));
  folder = mkdtempSync(path.join(tmpdir(), 'cli-files-'));
});
afterEach(() => aws.close());

const file = (name: string) => path.join(folder, name);

/** A file that takes nothing. */
const FULL = '/dev/full';

(existsSync(FULL) ? describe : describe.skip)('a report that the disk has no room for', () => {
  test.each([[[]], [['--json']], [['--junit', '-']]])('is one sentence on the standard output, by %j', async (args) => {
    const command = `exec ${process.execPath} ${[MAIN, 'orders', ...args].join(' ')} >${FULL}`;
    const { code, stderr } = await new Run(['-c', command], environment(aws.url), {}, 'bash').ended();

    expect(code).toBe(2);
    expect(stderr.split('\n').slice(-2)).toEqual([
      "glue-connection-test: the standard output can't be written: the disk is full.",
      '',
    ]);
  });

  test('is one sentence for a file', async () => {
    const { code, stderr } = await run(['orders', '--junit', FULL], environment(aws.url));

    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: `glue-connection-test: the file '${FULL}' of --junit can't be written: the disk is full.\n`,
    });
  });
});

describe('where nothing is tested', () => {
  test('there is no report', async () => {
    const { code } = await run(['zz*', '--junit', file('new.xml'), '--markdown', file('new.md')], environment(aws.url));

    expect(code).toBe(2);
    expect([existsSync(file('new.xml')), existsSync(file('new.md'))]).toEqual([false, false]);
  });

  test('the report of the run before goes', async () => {
    writeFileSync(file('old.xml'), 'old');
    await run(['zz*', '--junit', file('old.xml')], environment(aws.url));

    expect(existsSync(file('old.xml'))).toBe(false);
  });
});

test('a report replaces that of the run before, behind a link too', async () => {
  writeFileSync(file('old.xml'), 'old');
  symlinkSync(file('old.xml'), file('link.xml'));
  const { code } = await run(['orders', '--junit', file('link.xml')], environment(aws.url));

  expect(code).toBe(0);
  expect(readFileSync(file('old.xml'), 'utf8')).toContain('<testcase name="orders"');
});

test('a report for /dev/stdout is in the file that the shell has opened', async () => {
  const command = `exec ${process.execPath} ${MAIN} orders --quiet --junit /dev/stdout >${file('out.xml')}`;
  const { code } = await new Run(['-c', command], environment(aws.url), {}, 'bash').ended();

  expect(code).toBe(0);
  expect(readFileSync(file('out.xml'), 'utf8')).toContain('<testcase name="orders"');
});

test('a character that changes the direction of a text, or that a terminal obeys, is in no report', async () => {
  aws.script('TestConnection', 'orders', exception('InvalidInputException', 'a\u009bb\u202ec\u001bd\u007fe'));
  const { stdout } = await run(['orders', '--json', '--junit', file('report.xml')], environment(aws.url));
  const { connections } = JSON.parse(stdout) as { connections: { failure: { message: string } }[] };

  // eslint-disable-next-line no-control-regex
  expect(`${stdout}${readFileSync(file('report.xml'), 'utf8')}`).not.toMatch(/[\u001b\u007f-\u009f\u202e]/);
  expect(connections[0]?.failure.message).toBe('a\u009bb\u202ec\u001bd\u007fe');
});
