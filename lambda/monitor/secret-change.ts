import type { SecretTestEvent } from './contract';
import { hash } from './back-off';
import { patienceAtStart, type Invocation } from './invocation';

/** The new value has to arrive everywhere. */
const DELAY_MS = 60_000;

/** A test that begins no sooner than this also covers a change that is reported now. */
const LEAST_DELAY_MS = 30_000;

/** It is the precision of EventBridge Scheduler. */
const MINUTE_MS = 60_000;

/**
 * Plans a test of a secret's connections: a short while after it has changed, and once for several changes.
 *
 * The plan is a schedule, whose name says when it runs. One that has run, and is about to delete itself, does not keep
 * a further change from its test.
 *
 * @throws SchedulerError
 */
export async function planTest(secret: string, invocation: Invocation): Promise<void> {
  const { settings, schedules, clock, log } = invocation;
  const prefix = `secret-${hash(secret)}-`;
  const now = clock.now();
  const at = Math.ceil((now + DELAY_MS) / MINUTE_MS) * MINUTE_MS;
  const planned = await schedules.names(patienceAtStart(invocation), prefix);
  const times = planned.map((name) => parseInt(name.slice(prefix.length), 36) * MINUTE_MS);
  const isPlanned = times.some((time) => time >= now + LEAST_DELAY_MS);
  if (!isPlanned) {
    const input: SecretTestEvent = { Monitor: settings.asSent, Secret: secret };
    await schedules.create(
      {
        name: `${prefix}${(at / MINUTE_MS).toString(36)}`,
        description: `Tests the connections of a secret that has changed: ${secret}`,
        at,
        input,
      },
      patienceAtStart(invocation),
    );
  }
  log({
    level: 'INFO',
    event: isPlanned ? 'test already planned' : 'test planned',
    message: `the secret ${secret} has changed: its connections are tested soon`,
    secret,
  });
}
