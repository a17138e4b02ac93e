import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { cut, wrap } from '../../bin/terminal';

jest.setTimeout(60_000);

const ROOT = path.resolve(__dirname, '../..');
const PROGRAMS = ['bin/demo.ts', 'bin/local-cloud.ts'];

/** Without colors, which some libraries also take for granted where the variable CI is set. */
const start = (...args: string[]) =>
  spawn(process.execPath, ['--import', 'tsx', ...args], {
    cwd: ROOT,
    env: { ...process.env, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });

async function codeOf(program: ChildProcess): Promise<unknown> {
  const [code] = (await once(program, 'close')) as unknown[];
  return code;
}

/** How many columns of a terminal a line takes. */
const columnsOf = (line: string) => line.replace(/[✅❌]/gu, '  ').length;

test.each(PROGRAMS)('%s says with --help what it does and what it takes', async (program) => {
  const child = start(program, '--help');
  const [code, output, errors] = await Promise.all([codeOf(child), text(child.stdout), text(child.stderr)]);

  expect(output).toMatch(/^npm run (demo|local-cloud) \[-- --\w+ [^]+\n {2}--help +shows this\n/);
  expect(output.split('\n').filter((line) => columnsOf(line) > 80)).toEqual([]);
  expect([code, errors]).toEqual([0, '']);
});

test.each(PROGRAMS)('%s ends without a word when nobody reads on, as with `| head -1`', async (program) => {
  const child = start(program);
  child.stdout.once('data', () => child.stdout.destroy());
  const [code, errors] = await Promise.all([codeOf(child), text(child.stderr)]);

  expect([code, errors]).toEqual([128 + 13, '']);
});

test('the demo fits a terminal of 80 columns, and warns of nothing', async () => {
  const child = start('bin/demo.ts');
  const [code, output, errors] = await Promise.all([codeOf(child), text(child.stdout), text(child.stderr)]);

  expect(output).toContain('UPDATE_FAILED           | Custom::GlueConnectionTest  | OrdersTestCB61B…\n');
  expect(output.replace(/\s+/g, ' ')).toContain('FATAL: password authentication failed for user "orders"');
  expect(output.split('\n').filter((line) => columnsOf(line) > 80)).toEqual([]);
  expect([code, errors]).toEqual([0, '']);
});

test.each([
  ['one two three', 7, '', ['one two', 'three']],
  ['one two three', 9, '  ', ['  one two', '  three']],
  ['seventeen', 5, '', ['seven', 'teen']],
  ['✅ one', 4, '', ['✅', 'one']],
  ['one\n\ntwo', 80, '', ['one', '', 'two']],
])('%j is wrapped at %d columns, behind %j', (given, width, indent, rows) => {
  expect(wrap(given, width, indent)).toEqual(rows);
});

test('a text that is cut ends in an ellipsis', () => {
  expect([cut('four', 4), cut('four', 3), cut('four', 0)]).toEqual(['four', 'fo…', '…']);
});
