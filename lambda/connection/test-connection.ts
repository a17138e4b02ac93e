import type { AssumedRole } from './assumed-role';
import { budgetFor, type Budget } from '../base/budget';
import { closeQuietly } from '../base/close';
import { connectionDetails } from './connection-details';
import { orElseAfter, withDeadline } from '../base/deadline';
import type { Decision, Glue, LambdaContext, Surroundings } from '../cloudformation/decision';
import { timedOut, timedOutAfter, type Failure } from '../failures/failure';
import type { TestRequest } from '../properties/properties';
import { testConnection, type Progress } from './attempts';
import { judge } from '../cloudformation/outcome';

/** What came of a test, and how long it took: no question afterwards counts. */
interface Result {
  readonly failure: Failure | undefined;
  readonly milliseconds: number;
}

/** Tests a connection and always comes to a decision, in time for the answer. */
export async function runTest(
  request: TestRequest,
  context: LambdaContext,
  surroundings: Surroundings,
): Promise<Decision> {
  const { clock, createGlue, loadRole } = surroundings;
  const budget = budgetFor(request.timeoutSeconds, context.getRemainingTimeInMillis());
  const progress: Progress = { attempts: 0, attemptedAt: clock.now(), lastFailure: undefined };
  const startedAt = clock.now();
  let result: Result | undefined;

  const role = await loadRole();
  const glue = createGlue(budget.test, role);
  try {
    const testThenAsk = async () => {
      const failure = await test(request, budget, progress, { glue, role }, surroundings);
      result = { failure, milliseconds: clock.now() - startedAt };
      return failure === undefined ? [] : detailsOf(request, failure, budget, glue, surroundings);
    };
    const details = await orElseAfter(budget.watchdog, testThenAsk(), () => []);
    const { failure, milliseconds } = result ?? {
      failure: hangingIn(progress, budget, clock.now()),
      milliseconds: clock.now() - startedAt,
    };
    return judge({ request, failure, details, attempts: progress.attempts, milliseconds }, context, surroundings);
  } finally {
    closeQuietly(glue);
  }
}

function test(
  request: TestRequest,
  budget: Budget,
  progress: Progress,
  { glue, role }: { readonly glue: Glue; readonly role: AssumedRole | undefined },
  { loadInputResolver, clock, log, redact }: Surroundings,
): Promise<Failure | undefined> {
  return withDeadline(budget.test, clock, (deadline) =>
    testConnection(request, deadline, progress, { glue, role, loadInputResolver, clock, log, redact }),
  );
}

/** What Glue knows of a connection that has failed. */
async function detailsOf(
  { target, catalogId }: TestRequest,
  { category }: Failure,
  { details }: Budget,
  glue: Glue,
  { clock, redact }: Surroundings,
): Promise<readonly string[]> {
  // Where Glue can't be reached, it can't be asked either.
  if (!('connectionName' in target) || category === 'NETWORK') {
    return [];
  }
  return withDeadline(details, clock, ({ signal }) =>
    connectionDetails(target.connectionName, catalogId, glue, signal, redact),
  );
}

/** An attempt goes on although its time is over. */
function hangingIn({ lastFailure, attemptedAt }: Progress, { test }: Budget, now: number): Failure {
  const silence = timedOut(test);
  return lastFailure === undefined ? silence : timedOutAfter(lastFailure, silence, now - attemptedAt, test);
}
