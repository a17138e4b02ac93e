import { SYSTEM_CLOCK } from '../base/clock';
import { createLog } from '../base/log';
import { Redactor } from '../base/redaction/redactor';
import { InvalidPropertiesError } from '../properties/properties';
import { readWish, type Run, type Wish } from './event';
import { patienceAtStart, type Invocation, type MonitorContext } from './invocation';
import { runTests } from './run';
import { SchedulerError } from './scheduler-call';
import { Schedules } from './schedules';
import { isSameSecret } from './secret';
import { planTest } from './secret-change';

/** How many problems an entry of the log holds. */
const MOST_PROBLEMS = 20;

/**
 * Does what an event of `ConnectionMonitor` asks for.
 *
 * @throws SchedulerError only where nothing has been done yet, and another try may help: Lambda repeats the invocation
 */
export async function handleMonitorEvent(event: object, context: MonitorContext): Promise<void> {
  const clock = SYSTEM_CLOCK;
  const { redact } = new Redactor();
  const log = createLog(context.awsRequestId, '', redact);
  let schedules: Schedules | undefined;
  try {
    const wish = readWish(event);
    schedules = new Schedules(wish.settings, context.invokedFunctionArn, clock);
    await fulfil(wish, { settings: wish.settings, schedules, context, clock, log });
  } catch (error) {
    const { name, message } = error as Error;
    const problems = error instanceof InvalidPropertiesError ? error.problems.slice(0, MOST_PROBLEMS) : undefined;
    log({
      level: 'ERROR',
      event: 'not done',
      message: `no connection was tested: ${problems === undefined ? name : 'invalid event'}: ${message}`,
      exception: name,
      problems,
    });
    if (error instanceof SchedulerError && error.isPassing) {
      // Not the error itself: Lambda logs it with all that it holds.
      // eslint-disable-next-line preserve-caught-error
      throw new Error(redact(message));
    }
  } finally {
    schedules?.close();
  }
}

async function fulfil(wish: Wish, invocation: Invocation): Promise<void> {
  switch (wish.kind) {
    case 'PLAN':
      for (const secret of wish.secrets) {
        await planTest(secret, invocation);
      }
      return;
    case 'TEST_SECRET':
      return test(await connectionsOf(wish.secret, invocation), invocation);
    case 'TEST':
      return test(wish.run, invocation);
  }
}

/** The connections of the recurring schedule, as they are now, that have the secret. */
async function connectionsOf(secret: string, invocation: Invocation): Promise<Run> {
  const { settings, schedules, clock } = invocation;
  const recurring = await schedules.read(settings.schedule, patienceAtStart(invocation));
  if (recurring === undefined) {
    throw new Error(`there is no schedule ${settings.schedule} in the group ${settings.group}`);
  }
  const wish = readWish(objectIn(recurring.input));
  if (wish.kind !== 'TEST') {
    throw new Error(`the schedule ${settings.schedule} has no connections`);
  }
  const { connections, problems } = wish.run;
  const concerned = connections.filter(({ secrets }) => secrets.some((id) => isSameSecret(secret, id)));
  return { connections: concerned, problems, beganAt: clock.now(), secret };
}

function objectIn(json: string): object {
  const value: unknown = JSON.parse(json);
  return typeof value === 'object' && value !== null ? value : {};
}

async function test(run: Run, invocation: Invocation): Promise<void> {
  const { problems } = run;
  if (problems.length > 0) {
    invocation.log({
      level: 'ERROR',
      event: 'connections left out',
      message: `connections that are not valid are left out: ${problems.join('; ')}`,
      problems: problems.slice(0, MOST_PROBLEMS),
    });
  }
  await runTests(run, invocation);
}
