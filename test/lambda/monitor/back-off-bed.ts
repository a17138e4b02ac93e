import { output } from '../aws-stub';
import { BlackBox, type Result } from '../black-box';
import { REFUSED, scheduled, SECRET, send, SETTINGS, told } from './monitored';

jest.setTimeout(30_000);

export const INTERVAL_MS = SETTINGS.IntervalMinutes * 60_000;
export const START = Date.now();

export let blackBox: BlackBox;
beforeAll(async () => {
  blackBox = await BlackBox.start({ random: 0.1 });
});
afterAll(async () => {
  await blackBox.stop();
});
beforeEach(() => {
  blackBox.aws.scheduler.schedules.clear();
  blackBox.aws.scheduler.disturb = undefined;
  blackBox.aws.script('TestConnection', 'orders', REFUSED);
  change({ updatedAt: 1_000, version: 'v1' });
});

/** What the connection and its secret are from now on. */
export function change({ updatedAt, version }: { updatedAt: number; version: string }): void {
  blackBox.aws.script(
    'GetConnection',
    'orders',
    output({ Connection: { Name: 'orders', LastUpdatedTime: updatedAt } }),
  );
  const VersionIdsToStages = { v0: ['AWSPREVIOUS'], [version]: ['AWSCURRENT'] };
  blackBox.aws.script('DescribeSecret', SECRET, output({ VersionIdsToStages }));
}

/** The run that begins after so many intervals. */
export function run(intervals: number, properties: object = {}): Promise<Result> {
  const BeganAt = new Date(START + intervals * INTERVAL_MS).toISOString();
  return send(blackBox, scheduled(['orders'], properties, { BeganAt }));
}

export async function eventOf(result: Promise<Result>): Promise<unknown> {
  return told(await result)[0]?.event;
}
