import { readdirSync } from 'node:fs';
import { constants } from 'node:os';
import { setTimeout } from 'node:timers/promises';
import { StartedProgram, until } from './started-program';

jest.setTimeout(120_000);

/** They run until they are stopped, or end by themselves. */
const PROGRAMS = ['bin/demo.ts', 'bin/local-cloud.ts'];

/** The nightly workflow tries 40. */
const STARTS = Number(process.env.STOPS ?? 10);
/** Longer than the demo takes when nothing runs beside it. */
const LATEST_STOP_MS = 12_000;

interface Stop {
  readonly signal: 'SIGINT' | 'SIGTERM' | 'SIGHUP' | 'SIGKILL';
  /** As Ctrl-C in a terminal: to all processes in the foreground, not to one. */
  readonly toGroup: boolean;
}

const STOPS: readonly Stop[] = [
  { signal: 'SIGINT', toGroup: true },
  { signal: 'SIGKILL', toGroup: false },
  { signal: 'SIGTERM', toGroup: false },
  { signal: 'SIGKILL', toGroup: true },
  { signal: 'SIGHUP', toGroup: true },
];

/** Others each time; a run is repeated with the seed that it has printed, in `STOPS_SEED`. */
const SEED = Number(process.env.STOPS_SEED ?? Date.now() % 1_000_000);

/** @see https://en.wikipedia.org/wiki/Linear_congruential_generator the one of "Numerical Recipes" */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
}

const random = randomNumbers(SEED);
const starts = Array.from({ length: STARTS }, (_, index) => {
  const stop = STOPS[index % STOPS.length]!;
  const program = PROGRAMS[index % PROGRAMS.length]!;
  const afterMs = Math.round(random() * LATEST_STOP_MS);
  const name = `${program} by ${stop.signal}${stop.toGroup ? ' to its group' : ''} after ${afterMs} ms`;
  return { ...stop, program, afterMs, name };
});

const isLinux = process.platform === 'linux';
if (!isLinux) {
  process.stderr.write('What a stop leaves is read from /proc, which only Linux has: its tests are skipped\n');
}

function kill(program: StartedProgram, { signal, toGroup }: Stop): void {
  try {
    process.kill(toGroup ? -program.pid : program.pid, signal);
  } catch {
    // It has ended by itself.
  }
}

(isLinux ? describe : describe.skip)(`a stop at a random moment (STOPS_SEED=${SEED})`, () => {
  test.concurrent.each(starts)('of $name leaves nothing', async ({ program, afterMs, ...stop }) => {
    const started = new StartedProgram(program);
    try {
      await setTimeout(afterMs);
      started.noteSockets();
      kill(started, stop);
      const ended = await Promise.race([started.ended, setTimeout(15_000, 'not ended')]);
      // As it handles the signal, as it ends before it does, as it has ended by itself.
      expect([
        [128 + constants.signals[stop.signal], null],
        [null, stop.signal],
        [0, null],
      ]).toContainEqual(ended);
      expect(await started.leftovers()).toEqual([]);
    } finally {
      started.dispose();
    }
  });
});

(isLinux ? describe : describe.skip)('an end in the middle of the demo', () => {
  let demo: StartedProgram;
  beforeEach(() => {
    demo = new StartedProgram('bin/demo.ts');
  });
  afterEach(() => demo.dispose());

  const processesWith = (text: string) => demo.processes.filter(({ commandLine }) => commandLine.includes(text));
  const kill9 = (text: string) => {
    expect(processesWith(text).length).toBeGreaterThan(0);
    processesWith(text).forEach(({ pid }) => process.kill(pid, 'SIGKILL'));
  };
  const functionFolders = () => readdirSync(demo.folder).filter((name) => name.includes('-lambda-'));

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('by %s exits with %d', async (signal, code) => {
    await demo.written('Release 1');
    demo.noteSockets();
    process.kill(demo.pid, signal);
    expect(await demo.ended).toEqual([code, null]);
    expect(await demo.leftovers()).toEqual([]);
  });

  test('of the database fails the deployment with a reason', async () => {
    await demo.written('AWS::SecretsManager::Secret');
    demo.noteSockets();
    kill9('bin/postgres');
    expect(await demo.ended).toEqual([1, null]);
    expect(demo.output).toContain('Glue: Connection refused');
    expect(demo.output).toContain('Not as announced: ROLLBACK_COMPLETE');
    expect(await demo.leftovers()).toEqual([]);
  });

  test('of the function leaves nothing of it, nor of the demo that waits to try it again', async () => {
    await until(() => processesWith('bootstrap.cjs').length > 0);
    demo.noteSockets();
    kill9('bootstrap.cjs');
    await until(() => functionFolders().length === 0);
    process.kill(demo.pid, 'SIGTERM');
    expect(await demo.ended).toEqual([143, null]);
    expect(await demo.leftovers()).toEqual([]);
  });

  test('of all guardians changes nothing', async () => {
    await demo.written('Release 1');
    demo.noteSockets();
    kill9('trap');
    expect(await demo.ended).toEqual([0, null]);
    expect(await demo.leftovers()).toEqual([]);
  });
});
