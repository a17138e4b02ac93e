import type { AssumedRole } from './assumed-role';
import { connectionDetails } from './connection-details';
import { orElseAfter, withDeadline } from './deadline';
import type { Decision, Glue, LambdaContext, Surroundings } from './decision';
import { timedOut, type Failure } from './failure';
import type { TestRequest } from './properties';
import { testConnection, type Progress } from './test-connection';
import { judge } from './verdict';

/** Of the time that Lambda leaves, this much is kept for what comes after the test. */
const RESERVE_MS = 20_000;

/** How the time of one invocation is spent, in milliseconds from now. */
interface Budget {
  /** The test, all attempts together. */
  readonly test: number;
  /** After that, asking Glue for details of the connection that failed. */
  readonly details: number;
  /** From the start: whatever hangs by then is left alone, and what was seen last is answered. */
  readonly watchdog: number;
}

function budgetFor({ timeoutSeconds }: TestRequest, left: number): Budget {
  // A function with little time spends half of it on the test.
  const reserve = Math.min(RESERVE_MS, left / 2);
  const test = Math.max(1, Math.min(timeoutSeconds * 1_000, left - reserve));
  return { test, details: reserve / 4, watchdog: test + reserve / 2 };
}

/** Tests a connection and always comes to a decision, in time for the answer. */
export async function runTest(
  request: TestRequest,
  context: LambdaContext,
  surroundings: Surroundings,
): Promise<Decision> {
  const { clock, createGlue, loadRole } = surroundings;
  const startedAt = clock.now();
  const budget = budgetFor(request, context.getRemainingTimeInMillis());
  const progress: Progress = { attempts: 0, lastFailure: undefined };
  const conclude = (failure: Failure | undefined, details: readonly string[]) => {
    const milliseconds = clock.now() - startedAt;
    return judge({ request, failure, details, attempts: progress.attempts, milliseconds }, context, surroundings);
  };

  const role = await loadRole();
  const glue = createGlue(role);
  try {
    const { failure, details } = await orElseAfter(
      budget.watchdog,
      testThenAsk(request, budget, progress, { glue, role }, surroundings),
      () => ({ failure: progress.lastFailure ?? timedOut(budget.test), details: [] }),
    );
    return conclude(failure, details);
  } finally {
    glue.destroy();
  }
}

async function testThenAsk(
  request: TestRequest,
  budget: Budget,
  progress: Progress,
  { glue, role }: { readonly glue: Glue; readonly role: AssumedRole | undefined },
  { loadInputResolver, clock, log, redact }: Surroundings,
): Promise<{ readonly failure: Failure | undefined; readonly details: readonly string[] }> {
  const failure = await withDeadline(budget.test, clock, (deadline) =>
    testConnection(request, deadline, progress, { glue, role, loadInputResolver, clock, log, redact }),
  );
  const { target, catalogId } = request;
  if (failure === undefined || !('connectionName' in target)) {
    return { failure, details: [] };
  }
  const details = await withDeadline(budget.details, clock, ({ signal }) =>
    connectionDetails(target.connectionName, catalogId, glue, signal, redact),
  );
  return { failure, details };
}
