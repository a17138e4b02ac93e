import { readFileSync } from 'node:fs';
import path from 'node:path';
import { MonitorApp } from '../../../tools/picture/dashboard/app';
import { drawMonitor } from '../../../tools/picture/dashboard/draw-monitor';
import { NAMES, record, type Recorded } from '../../../tools/picture/dashboard/record';
import { stateOf } from '../../../tools/picture/dashboard/values';

jest.setTimeout(120_000);

const ROOT = path.resolve(__dirname, '../../..');
const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');
const recorded = JSON.parse(read('tools/picture/dashboard/recorded.json')) as Recorded[];

test('the picture of the dashboard is what the recorded runs look like on the dashboard that is deployed', () => {
  expect(drawMonitor(recorded)).toBe(read('docs/monitor.svg'));
});

test('what is recorded is what the function logs', async () => {
  // Tests take longer or shorter each time.
  const comparable = (all: readonly Recorded[]) =>
    all.map(({ Duration, ...rest }) => ({ ...rest, hasRun: Duration !== undefined }));

  expect(comparable(await record())).toEqual(comparable(recorded));
});

test('the tiles show the state of the alarms: a store that was out for three hours works, a wrong password does not', () => {
  const states = [...new MonitorApp(NAMES).alarms.values()].map((alarm) => stateOf(alarm, recorded));

  expect(states).toEqual(['OK', 'ALARM', 'OK', 'OK', 'OK']);
});
