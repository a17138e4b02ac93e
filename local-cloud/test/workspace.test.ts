import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { commandLines, pidsOf, runScript, until } from './processes';

jest.setTimeout(60_000);

let directory: string;
const folders = () => readdirSync(directory).filter((name) => name.startsWith('cdk-glue-connection-test-'));
const isGone = () => folders().length === 0 && !commandLines().includes(directory);

beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'workspace-test-'));
});

afterEach(() => rmSync(directory, { recursive: true, maxRetries: 5 }));

/** A process that runs a shell script in a workspace, prints when it runs, and does what is given. */
const begin = (shellScript: string, body = 'setInterval(() => undefined, 60_000);', endSignal = 'SIGKILL') =>
  runScript(
    directory,
    `import { Workspace } from ${JSON.stringify(require.resolve('../src/workspace'))};`,
    `const workspace = new Workspace('subject', '${endSignal}');
    const program = workspace.spawn('/bin/sh', ['-c', 'echo begun; ${shellScript}', workspace.folder], {});
    await new Promise((resolve) => program.stdout.once('data', resolve));
    console.log(program.pid);
    ${body}`,
  );

const guardians = () => pidsOf('trap', directory);
const guardian = () => guardians()[0]!;

test('a workspace that is closed leaves nothing, not even what its program has started', async () => {
  const { nextLine, ended } = begin('sleep 60 & sleep 60', 'await workspace.close(); await workspace.close();');
  await nextLine();
  expect(await ended).toEqual([0, null]);
  expect(isGone()).toBe(true);
});

test('one that is not closed goes with the process, which it does not keep alive', async () => {
  const { nextLine, ended } = begin('exit', '');
  await nextLine();
  expect(await ended).toEqual([0, null]);
  await until(isGone);
});

test.each(['SIGKILL', 'SIGTERM', 'SIGINT'] as const)(
  'goes with the process group that is ended by %s',
  async (signal) => {
    const { pid, nextLine } = begin('sleep 60 & sleep 60');
    await nextLine();
    process.kill(-pid, signal);
    await until(isGone);
  },
);

test('goes though the guardian was killed before the process', async () => {
  const { pid, nextLine } = begin('sleep 60');
  await nextLine();
  const killed = guardian();
  process.kill(killed, 'SIGKILL');
  await until(() => guardians().some((pid) => pid !== killed));
  process.kill(pid, 'SIGKILL');
  await until(isGone);
});

test('goes though the guardian was killed at the time of the end', async () => {
  const { pid, nextLine, ended } = begin(
    'sleep 60',
    `await new Promise((resolve) => process.once('SIGUSR2', resolve));
    await workspace.close();`,
  );
  await nextLine();
  const stopped = guardian();
  process.kill(stopped, 'SIGSTOP');
  process.kill(pid, 'SIGUSR2');
  process.kill(stopped, 'SIGKILL');
  expect(await ended).toEqual([0, null]);
  expect(isGone()).toBe(true);
});

test('kills a program that does not end when it is told to', async () => {
  const { nextLine, ended } = begin('trap "" QUIT; while :; do sleep 1; done', 'await workspace.close();', 'SIGQUIT');
  await nextLine();
  expect(await ended).toEqual([0, null]);
  expect(isGone()).toBe(true);
});

test('asks a program to end by the signal that it was made with', async () => {
  const { nextLine, ended } = begin(
    'trap "echo asked >&2; exit" QUIT; while :; do :; done',
    `program.stderr.pipe(process.stdout); await workspace.close();`,
    'SIGQUIT',
  );
  await nextLine();
  expect(await nextLine()).toBe('asked');
  expect(await ended).toEqual([0, null]);
});

test('ends what a program has started once the program has ended', async () => {
  const { pid, nextLine } = begin('sleep 61 & exit');
  await nextLine();
  await until(() => folders().every((folder) => readdirSync(path.join(directory, folder, 'groups')).length === 0));
  expect(pidsOf('sleep 61')).toEqual([]);
  process.kill(pid, 'SIGKILL');
  await until(isGone);
});

test('runs no program once it is closed', async () => {
  const { nextLine } = begin(
    'sleep 60',
    `await workspace.close();
    try { workspace.spawn('/bin/true', [], {}); } catch (error) { console.log(error.message); }`,
  );
  await nextLine();
  expect(await nextLine()).toMatch(/is closed$/);
});
