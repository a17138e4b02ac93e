import { emfProblems, metricsIn } from './emf';
import { SETTINGS, told } from './monitored';
import { blackBox, eventOf, INTERVAL_MS, run, START } from './back-off-bed';

test('after refused credentials, runs leave a connection out for 1, 2, 4, 8, 16, 24, 24 … intervals', async () => {
  const tested: number[] = [];
  for (let intervals = 0; intervals < 110; intervals++) {
    if ((await eventOf(run(intervals))) === 'connection failed') {
      tested.push(intervals);
    }
  }

  expect(tested).toEqual([0, 1, 3, 7, 15, 31, 55, 79, 103]);
  expect(blackBox.aws.scheduler.names).toHaveLength(1);
});

test('runs that begin a little early or late leave it out as often', async () => {
  const events: unknown[] = [];
  for (const intervals of [0, 0.9, 1.9, 2.8, 4.1]) {
    events.push(await eventOf(run(intervals)));
  }

  expect(events.map((event) => event === 'connection failed')).toEqual([true, true, false, true, false]);
});

test('meanwhile it is told as unhealthy, and when it is tested again', async () => {
  await run(0);
  await run(1);
  const [entry] = told(await run(2));

  expect(entry).toMatchObject({
    level: 'WARN',
    event: 'connection backs off',
    message: expect.stringContaining('refused its credentials 2 times in a row') as string,
    category: 'CREDENTIALS',
    refusals: 2,
    Healthy: 0,
  });
  expect(new Date(String(entry!.until)).getTime()).toBeGreaterThan(START + 2 * INTERVAL_MS);
  expect(emfProblems(entry!)).toEqual([]);
  expect(metricsIn(entry!)).toHaveLength(1);
});

test('what keeps it is a schedule that invokes nothing, and says what it is for', async () => {
  await run(0);
  const [schedule] = [...blackBox.aws.scheduler.schedules.values()];

  expect(schedule).toMatchObject({
    GroupName: 'group',
    State: 'DISABLED',
    Description: expect.stringContaining('has refused the credentials of the connection orders') as string,
    Target: { Arn: 'arn:aws:lambda:eu-west-1:111122223333:function:handler', RoleArn: SETTINGS.RoleArn },
  });
});
