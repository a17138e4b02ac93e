import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { text } from 'node:stream/consumers';

jest.setTimeout(60_000);

const ROOT = path.resolve(__dirname, '../..');

/** Takes a second to close what it has opened, and says so when it has. */
const PROGRAM = `
  const { Closing } = require('./bin/closing.ts');
  const closing = new Closing();
  closing.add(() => new Promise((resolve) => setTimeout(resolve, 1000)).then(() => console.error('closed')));
  setInterval(() => console.log('open'), 50);
`;

const start = () =>
  spawn(process.execPath, ['--import', 'tsx', '--eval', PROGRAM], { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });

test('a program closes everything when it is asked twice to end, as by Ctrl-C and again Ctrl-C', async () => {
  const child = start();
  const ended = Promise.all([once(child, 'close'), text(child.stderr)]);
  await once(child.stdout, 'data');
  child.kill('SIGINT');
  setTimeout(() => child.kill('SIGINT'), 200);

  expect(await ended).toEqual([[130, null], 'closed\n']);
});

test('a program closes everything when it goes on writing to somebody who reads no more', async () => {
  const child = start();
  child.stdout.once('data', () => child.stdout.destroy());

  expect(await Promise.all([once(child, 'close'), text(child.stderr)])).toEqual([[141, null], 'closed\n']);
});
