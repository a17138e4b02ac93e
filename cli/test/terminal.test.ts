import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { AwsStub, exception, pass } from '../../test/lambda/aws-stub';
import type { Report } from '../src/run/report';
import { environment, MAIN, Run } from './cli';

jest.setTimeout(60_000);

let aws: AwsStub;
beforeEach(async () => {
  aws = await AwsStub.start();
  aws.script('TestConnection', 'sales', exception('InvalidInputException', 'password authentication failed'));
  aws.script('TestConnection', 'silent', () => undefined);
});
afterEach(() => aws.close());

const ESCAPE = String.fromCharCode(27);

/** Runs the command in a pseudo-terminal. */
class Terminal {
  output = '';
  private readonly child;
  private readonly exit: Promise<unknown[]>;

  constructor(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
    const command = `stty cols 100 rows 30; exec ${[process.execPath, MAIN, ...args].join(' ')}`;
    this.child = spawn('script', ['-qec', command, '/dev/null'], {
      env: environment(aws.url, { TERM: 'xterm-256color', SHELL: '/bin/sh', ...env }),
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.child.stdout.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
    this.exit = once(this.child, 'close');
  }

  type(text: string): void {
    this.child.stdin.write(text);
  }

  async shown(text: string): Promise<void> {
    const deadline = Date.now() + 20_000;
    while (!this.output.includes(text) && Date.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    expect(this.output).toContain(text);
  }

  async ended(): Promise<number> {
    const [code] = (await this.exit) as [number];
    this.child.stdin.end();
    return code;
  }
}

/** That of util-linux, which gives a program a terminal. */
const hasScript = String(spawnSync('script', ['--version']).stdout).includes('util-linux');
if (!hasScript) {
  process.stderr.write('The program script of util-linux is not there: the tests in a terminal are skipped\n');
}

(hasScript ? describe : describe.skip)('in a terminal', () => {
  test('a live status says what is under way, and there are colors', async () => {
    aws.script('TestConnection', 'orders', (response, socket) => void setTimeout(() => pass(response, socket), 1_500));
    const terminal = new Terminal(['orders', 'sales']);
    await terminal.shown('1 of 2 tested; orders');

    expect(await terminal.ended()).toBe(1);
    expect(terminal.output).toContain(`${ESCAPE}[32m✔ orders`);
    expect(terminal.output).toContain(`${ESCAPE}[31m✖ sales`);
    // The cursor is there again, and the status is not.
    expect(terminal.output.lastIndexOf(`${ESCAPE}[?25h`)).toBeGreaterThan(
      terminal.output.lastIndexOf(`${ESCAPE}[?25l`),
    );
    expect(terminal.output.split('1 passed, 1 failed').at(-1)).not.toContain('tested;');
  });

  test('an attempt that failed shows in the status while the next one is awaited', async () => {
    aws.script('TestConnection', 'orders', exception('InvalidInputException', 'Connect timed out'), () => undefined);
    const terminal = new Terminal(['orders', '--timeout', '60s']);
    await terminal.shown('0 of 1 tested; orders (UNREACHABLE, attempt 1 of 3: Connect timed out)');
    terminal.type('\u0003');

    expect(await terminal.ended()).toBe(130);
  });

  test.each<[string, string[], NodeJS.ProcessEnv]>([
    ['--no-color', ['--no-color'], {}],
    ['NO_COLOR', [], { NO_COLOR: '1' }],
  ])('%s leaves the colors out', async (_, args, env) => {
    const terminal = new Terminal(['sales', ...args], { CI: 'true', ...env });

    expect(await terminal.ended()).toBe(1);
    expect(terminal.output).not.toContain(ESCAPE);
  });

  test('in CI there is no live status', async () => {
    const terminal = new Terminal(['orders'], { CI: 'true' });

    expect(await terminal.ended()).toBe(0);
    expect(terminal.output).not.toMatch(/tested;|\?25l/);
  });

  test('Ctrl-C reports what has ended, within a second', async () => {
    const terminal = new Terminal(['orders', 'silent']);
    await terminal.shown('1 of 2 tested; silent');
    const typedAt = Date.now();
    terminal.type('\u0003');

    expect(await terminal.ended()).toBe(130);
    expect(Date.now() - typedAt).toBeLessThan(1_000);
    expect(terminal.output).toContain('Interrupted: 1 passed, 0 failed, 1 not tested');
    expect(terminal.output).toContain(`${ESCAPE}[?25h`);
  });
});

test('in a pipe there are no colors and no live status, only lines', async () => {
  const { stdout, stderr } = await new Run(['orders', 'sales', '--concurrency', '1'], environment(aws.url)).ended();

  expect(`${stdout}${stderr}`).not.toContain(ESCAPE);
  expect(stderr).toBe('');
  expect(stdout.replace(/\d+(\.\d)? s/g, '0.1 s')).toBe(
    [
      'Testing 2 connections in eu-west-1 as arn:aws:iam::111122223333:user/someone.',
      'The function of a deployed test may have other rights: --role-arn takes its role.',
      '',
      '✔ orders  passed         0.1 s',
      '✖ sales   CREDENTIALS    0.1 s',
      '',
      "Glue connection 'sales' failed its test: CREDENTIALS.",
      'Glue: password authentication failed (InvalidInputException)',
      'Cause: The data store refused the user name or the password.',
      "Next: Compare the connection's secret, or its USERNAME and PASSWORD, with the data store.",
      'See: https://docs.aws.amazon.com/glue/latest/dg/connection-properties.html',
      'Tried once in 0.1 s.',
      '',
      '1 passed, 1 failed in 0.1 s',
      '',
    ].join('\n'),
  );
});

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('%s ends within a second, with all reports of what has ended', async (signal, expected) => {
  const junit = path.join(mkdtempSync(path.join(tmpdir(), 'cli-interrupted-')), 'report.xml');
  const running = new Run(['orders', 'silent', '--json', '--junit', junit], environment(aws.url));
  await running.printed('✔ orders');
  const stoppedAt = Date.now();
  running.kill(signal);
  const { code, stdout } = await running.ended();

  expect(Date.now() - stoppedAt).toBeLessThan(1_000);
  expect(code).toBe(expected);
  expect(JSON.parse(stdout) as Report).toMatchObject({
    isInterrupted: true,
    summary: { passed: 1, failed: 0, notTested: 1 },
    connections: [{ outcome: 'PASSED' }, { outcome: 'NOT_TESTED' }],
  });
  expect(readFileSync(junit, 'utf8')).toContain('<skipped message="The run was interrupted."/>');
});

test('who stops reading, as head does, changes no exit code', async () => {
  const command = `${process.execPath} ${MAIN} orders sales | head -n 1; echo "codes \${PIPESTATUS[0]}"`;
  const { stdout, stderr } = await new Run(['-c', command], environment(aws.url), {}, 'bash').ended();

  expect(stdout).toMatch(/^Testing 2 connections .*\ncodes 1\n$/);
  expect(stderr).toBe('');
});
