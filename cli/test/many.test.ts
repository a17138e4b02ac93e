import { readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { AwsStub, exception, output, pass, type Reply } from '../../test/lambda/aws-stub';
import type { Report } from '../src/run/report';
import { environment, Run } from './cli';

jest.setTimeout(60_000);

const NAMES = Array.from({ length: 200 }, (_, index) => `connection-${String(index).padStart(3, '0')}`);
const ANSWER_MS = 500;
const CONCURRENCY = 10;

let aws: AwsStub;
beforeEach(async () => {
  aws = await AwsStub.start();
});
afterEach(() => aws.close());

/** The most memory that a process has had so far, in MiB, or 0 where the system does not tell. */
function peakOf(pid: number): number {
  try {
    const [, kilobytes = '0'] = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return Number(kilobytes) / 1_024;
  } catch {
    return 0;
  }
}

test('200 connections: in order, as many at once as was asked for, in little more than the least time and memory', async () => {
  let [underWay, most] = [0, 0];
  const answer: Reply = (response, socket) => {
    most = Math.max(most, ++underWay);
    void setTimeout(ANSWER_MS).then(() => {
      underWay -= 1;
      pass(response, socket);
    });
  };
  NAMES.forEach((name) => aws.script('TestConnection', name, answer));
  aws.script('GetConnections', '', output({ ConnectionList: NAMES.map((Name) => ({ Name, ConnectionType: 'JDBC' })) }));
  const running = new Run(['--all', '--json', '--concurrency', String(CONCURRENCY)], environment(aws.url));
  let peak = 0;
  const ended = running.ended();
  while ((await Promise.race([ended, setTimeout(50, 'running')])) === 'running') {
    peak = Math.max(peak, peakOf(running.pid));
  }
  const { code, stdout } = await ended;
  const { connections, summary } = JSON.parse(stdout) as Report;
  const calls = aws.callsOf(/^TestConnection$/);

  expect(code).toBe(0);
  expect(summary).toMatchObject({ total: 200, passed: 200 });
  expect(connections.map(({ name }) => name)).toEqual(NAMES);
  // Those that begin together may arrive in any order.
  expect(
    calls
      .map(({ input }) => NAMES.indexOf(String(input.ConnectionName)))
      .every((at, n) => Math.abs(at - n) < CONCURRENCY),
  ).toBe(true);
  expect(calls).toHaveLength(200);
  expect(most).toBe(CONCURRENCY);
  const tookMs = calls.at(-1)!.at + ANSWER_MS - calls[0]!.at;
  expect(tookMs / ((NAMES.length / CONCURRENCY) * ANSWER_MS)).toBeLessThan(1.3);
  expect(peak).toBeLessThan(150);
});

describe('the calls of one test', () => {
  const calls = (name: string) => aws.calls('TestConnection', name).length;
  const test1 = async (args: string[]) => new Run(args, environment(aws.url)).ended();

  test('a slow answer is waited for, and nobody calls again', async () => {
    aws.script(
      'TestConnection',
      'slow',
      (response, socket) => void setTimeout(8_000).then(() => pass(response, socket)),
    );

    expect(await test1(['slow'])).toMatchObject({ code: 0 });
    expect(calls('slow')).toBe(1);
  });

  test('an answer that does not come ends with the time', async () => {
    aws.script('TestConnection', 'silent', () => undefined);
    const { code, stdout } = await test1(['silent', '--timeout', '2s']);

    expect(code).toBe(1);
    expect(stdout).toContain('Glue: Glue did not answer within 2 seconds (Timeout)');
    expect(stdout).toContain('a slow one needs a longer --timeout.');
    expect(calls('silent')).toBe(1);
  });

  test.each([
    ['a refusal is final', 'AccessDeniedException', 'not authorized', [], 1],
    ['a name that Glue does not have is final', 'EntityNotFoundException', 'Connection x not found.', [], 1],
    ['wrong credentials are final', 'InvalidInputException', 'password authentication failed', [], 1],
    [
      'a store that does not answer is tried as often as was asked for',
      'InvalidInputException',
      'Connect timed out',
      ['--max-attempts', '2'],
      2,
    ],
  ])('%s', async (_, name, message, args, expected) => {
    aws.script('TestConnection', 'x', exception(name, message));

    expect(await test1(['x', ...args])).toMatchObject({ code: 1 });
    expect(calls('x')).toBe(expected);
  });

  test('a passing fault is tried again', async () => {
    aws.script('TestConnection', 'x', exception('ThrottlingException', 'Rate exceeded'), pass);

    expect(await test1(['x'])).toMatchObject({ code: 0 });
    expect(calls('x')).toBe(2);
  });
});
