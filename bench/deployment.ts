import { LocalCloud } from '@cdk-glue-connection-test/local-cloud';
import * as path from 'node:path';
import { connectionsApp } from './apps/connections';
import { compared, single, type Benchmark, type Row } from './benchmark';
import { inFolder } from './folder';
import { BusyGlue } from './glue';

const SECONDS_PER_TEST = 2;
const ADDRESSES = 32;
/** Five of a hundred calls. */
const THROTTLED_EVERY = 20;

interface Setting {
  readonly connections: number;
  /** How many functions run at once. */
  readonly concurrency: number;
  readonly maxConcurrency?: number;
  /** Whether an update follows, which runs all tests again with functions that have started, and is what counts. */
  readonly isUpdate?: boolean;
  readonly target?: Row['target'];
  readonly note?: string;
}

const SETTINGS: readonly Setting[] = [
  { connections: 1, concurrency: ADDRESSES },
  { connections: 40, concurrency: ADDRESSES },
  {
    connections: 240,
    concurrency: ADDRESSES,
    target: { of: 'ratio', atMost: 1.3 },
    note:
      `${ADDRESSES} functions at once, which all start on the cores of this machine; the next event comes as soon as one is ` +
      'free, which Lambda does not promise',
  },
  {
    connections: 40,
    concurrency: 64,
    maxConcurrency: ADDRESSES,
  },
  {
    connections: 240,
    concurrency: 64,
    maxConcurrency: ADDRESSES,
    target: { of: 'ratio', atMost: 1.3 },
    note: 'in lanes of 7 or 8 tests, with more functions than lanes, so that the lanes alone are the limit',
  },
  {
    connections: 240,
    concurrency: 64,
    maxConcurrency: ADDRESSES,
    isUpdate: true,
    note: 'the same lanes in an update that runs all tests again, with functions that have started before',
  },
  {
    connections: 240,
    concurrency: 64,
    note: 'twice as many functions as addresses: what finds none tries again, after up to 1, 2, 4, 8, 10 seconds',
  },
];

export const deployment: Benchmark = {
  title: `Deployment: Glue takes ${SECONDS_PER_TEST} s, throttles 5 % of the calls, in one subnet with ${ADDRESSES} addresses`,
  async measure(say) {
    const rows: Row[] = [];
    for (const setting of SETTINGS) {
      const { connections, concurrency, maxConcurrency, isUpdate = false, target, note } = setting;
      say(`${connections} connections`);
      const { seconds, wasted, peak } = await deploy(setting);
      const ideal = Math.max(1, connections / ADDRESSES) * SECONDS_PER_TEST;
      const how = maxConcurrency === undefined ? `${concurrency} functions` : `maxConcurrency ${maxConcurrency}`;
      const what = `${connections === 1 ? '1 connection' : `${connections} connections`}, ${how}${isUpdate ? ', update' : ''}`;
      rows.push(
        compared(what, 's', [seconds], ['work ÷ concurrency', [ideal]], { target, note }),
        single('— calls of Glue that were wasted', '', [wasted]),
        ...(maxConcurrency === undefined ? [] : [single('— tests at once, at most', '', [peak])]),
      );
    }
    return rows;
  },
};

function deploy({ connections, concurrency, maxConcurrency, isUpdate = false }: Setting) {
  return inFolder(async (folder) => {
    const glue = new BusyGlue({
      milliseconds: SECONDS_PER_TEST * 1_000,
      addresses: ADDRESSES,
      throttledEvery: THROTTLED_EVERY,
    });
    const cloud = await LocalCloud.start({ connect: glue.connect, unreservedConcurrency: concurrency });
    const run = async (release: string, expected: string) => {
      const outdir = path.join(folder, release);
      connectionsApp({ tester: 'this', count: connections, named: true, outdir, maxConcurrency, release }).synth();
      const calls = glue.calls;
      const began = performance.now();
      const { status } = await cloud.deploy(outdir, 'Connections');
      if (status !== expected) {
        throw new Error(`expected ${expected} of ${connections} connections, got: ${status}`);
      }
      const seconds = (performance.now() - began) / 1000;
      return { seconds, wasted: glue.calls - calls - connections, peak: glue.peak };
    };
    try {
      const created = await run('1', 'CREATE_COMPLETE');
      return isUpdate ? await run('2', 'UPDATE_COMPLETE') : created;
    } finally {
      await cloud.stop();
    }
  });
}
