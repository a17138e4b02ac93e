import type { ScheduledEvent } from './contract';
import { hash } from './back-off';
import type { Monitored } from './event';
import type { Invocation } from './invocation';
import type { SchedulerError } from './scheduler-call';

/** Before Lambda ends the function, there must be time to say that the schedule could not be made. */
const RESERVE_MS = 10_000;

/** How many names an entry of the log holds. */
const MOST_NAMES = 100;

/**
 * Leaves connections to a further invocation. It begins when this one has ended, so that there are never more tests at
 * once than there may be. If this invocation is repeated, it makes no second one.
 */
export async function scheduleRest(
  rest: readonly Monitored[],
  began: number,
  secret: string | undefined,
  { settings, schedules, context, clock, log }: Invocation,
): Promise<void> {
  const remaining = context.getRemainingTimeInMillis();
  const input: ScheduledEvent = {
    Monitor: settings.asSent,
    Connections: rest.map(({ entry }) => entry),
    BeganAt: new Date(began).toISOString(),
    Secret: secret,
  };
  try {
    await schedules.create(
      {
        name: `rest-${hash(context.awsRequestId)}`,
        description: `Tests the connections (${rest.length}) for which a run of ConnectionMonitor had no time`,
        at: clock.now() + remaining,
        input,
      },
      Math.max(1_000, remaining - RESERVE_MS),
    );
  } catch (error) {
    // If Lambda repeated the invocation, connections that have been tested would be tested again.
    const { message } = error as SchedulerError;
    log({
      level: 'ERROR',
      event: 'rest not scheduled',
      message: `connections that this run does not test: ${rest.length}: ${message}`,
      cause: message,
      connections: rest.slice(0, MOST_NAMES).map(({ connectionName }) => connectionName),
    });
  }
}
