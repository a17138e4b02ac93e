import { leastSecondsFor } from '../properties/budget';
import { BackOffs } from './back-offs';
import { keyOf, type Monitored, type Run } from './event';
import { patienceAtStart, type Invocation } from './invocation';
import { MonitoredTest } from './monitored-test';
import { readUnfinished, UnfinishedNotes } from './unfinished';
import { scheduleRest } from './rest';

/** The time that is reserved for what comes after a test: its back-off, and the schedule of the rest. */
const RESERVE_MS = 30_000;

interface Count {
  tested: number;
  backingOff: number;
}

/**
 * Tests connections in the order of the list, several at a time, and leaves what does not fit into Lambda's time to a
 * further invocation.
 *
 * @throws SchedulerError before any test, if it is not known which connections to leave alone
 */
export async function runTests(
  { connections: all, problems, beganAt, secret }: Run,
  invocation: Invocation,
): Promise<void> {
  const { settings, schedules, context, clock, log } = invocation;
  const began = beganAt ?? clock.now();
  const names = await schedules.names(patienceAtStart(invocation));
  const backOffs = new BackOffs(names, invocation);
  // What an earlier run has left, or whose secret has changed, is tested in any case.
  const others = beganAt === undefined ? await readUnfinished(names, invocation) : new Set<string>();
  const connections = all.filter(({ entry }) => !others.has(keyOf(entry.Properties)));
  if (connections.length < all.length) {
    log({
      level: 'WARN',
      event: 'previous run not finished',
      message:
        `left out ${all.length - connections.length} of ${all.length} connections, because the previous run has not finished ` +
        `them: set a longer interval, or raise 'maxConcurrency'`,
    });
  }
  const count: Count = { tested: 0, backingOff: 0 };
  const queue = [...connections];
  const running = new Set<Monitored>();
  const notes = secret === undefined ? new UnfinishedNotes(began, () => [...running, ...queue], invocation) : undefined;
  await notes?.begin(beganAt !== undefined);
  let rest: Promise<void> | undefined;

  const work = async () => {
    for (let isFirst = queue.length === connections.length; ; isFirst = false) {
      const [next] = queue;
      if (next === undefined || rest !== undefined) {
        return;
      }
      // The first one is tested in any case, so that each invocation leaves less.
      if (!isFirst && context.getRemainingTimeInMillis() < timeFor(next)) {
        rest = scheduleRest(queue.splice(0), began, secret, invocation);
        return;
      }
      queue.shift();
      running.add(next);
      await testOne(next, began, secret, backOffs, count, invocation);
      running.delete(next);
    }
  };
  await Promise.all(Array.from({ length: settings.maxConcurrency }, work));
  await rest;
  await notes?.end();
  // A list that lacks some does not tell which connections are monitored.
  if (beganAt === undefined && problems.length === 0) {
    await backOffs.keepOnly(all);
  }
  const left = connections.length - count.tested - count.backingOff;
  log({
    level: 'INFO',
    event: 'run ended',
    message: `connections: ${count.tested} tested, ${count.backingOff} left alone after refused credentials, ${left} left to another invocation`,
    tested: count.tested,
    backingOff: count.backingOff,
    left,
  });
}

/** How long a test may take, with all that comes after it. */
function timeFor({ request }: Monitored): number {
  return leastSecondsFor(request.timeoutSeconds) * 1_000 + RESERVE_MS;
}

/** Never throws: one connection does not concern the others. */
async function testOne(
  monitored: Monitored,
  began: number,
  secret: string | undefined,
  backOffs: BackOffs,
  count: Count,
  { settings, context, clock }: Invocation,
): Promise<void> {
  const trigger = secret === undefined ? 'SCHEDULE' : 'SECRET_CHANGE';
  const test = new MonitoredTest(monitored, settings, context.awsRequestId, trigger, clock);
  try {
    const known = backOffs.of(monitored);
    let fingerprint: string | undefined;
    let hasChanged = secret !== undefined;
    if (known !== undefined && !hasChanged) {
      fingerprint = await test.fingerprint();
      hasChanged = isOther(fingerprint, known.fingerprint);
      if (!hasChanged && began < known.until) {
        count.backingOff++;
        test.logBackOff(known);
        return;
      }
    }
    count.tested++;
    const remaining = context.getRemainingTimeInMillis();
    const { failure } = await test.run(remaining - Math.min(RESERVE_MS, remaining / 4));
    if (failure?.category === 'CREDENTIALS') {
      const refusals = 1 + (hasChanged ? 0 : (known?.refusals ?? 0));
      await backOffs.set(monitored, refusals, began, fingerprint ?? (await test.fingerprint()));
    } else if (failure === undefined || hasChanged) {
      await backOffs.clear(monitored);
    }
  } catch (error) {
    const { name, message } = error as Error;
    test.log({ level: 'ERROR', event: 'not tested', message: `not tested: ${name}: ${message}`, exception: name });
  }
}

/** Whether two fingerprints are known, and differ. */
function isOther(one: string | undefined, other: string | undefined): boolean {
  return one !== undefined && other !== undefined && one !== other;
}
