import { budgetFor, type Budget } from '../properties/budget';
import type { Clock } from '../base/clock';
import { withDeadline } from '../base/deadline';
import type { Log } from '../base/log';
import type { Redactor } from '../base/redaction/redactor';
import { timedOut, timedOutAfter, type Failure } from '../failures/failure';
import type { TestRequest } from '../properties/test-request';
import { InputResolver } from '../secrets/input-resolver';
import type { AssumedRole } from './assumed-role';
import { lookAround } from './after-failure';
import { attempt, Progress } from './attempts';
import type { Clients } from './clients';
import type { Verdict } from './verdict';

/** Everything outside a test that the test depends on. */
export interface TestDependencies {
  /** Creates the clients for calls that may take up to `patienceMs` milliseconds. */
  readonly connect: (patienceMs: number) => Pick<Clients, 'glue' | 'secretsManager' | 'options' | 'close'>;
  /** The role that the test and its clients run as; undefined if the clients use their own credentials. */
  readonly role: Pick<AssumedRole, 'assume'> | undefined;
  readonly redactor: Redactor;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Tests one connection, and always returns a verdict in time. It does not know its caller: CloudFormation, a schedule,
 * a state machine or a terminal.
 *
 * @param remainingMs how long the caller can wait. Part of it is reserved for what the caller does with the verdict.
 */
export async function testConnection(
  request: TestRequest,
  remainingMs: number,
  dependencies: TestDependencies,
): Promise<Verdict> {
  const { clock, connect, redactor } = dependencies;
  const endsAt = clock.now() + remainingMs;
  const budget = budgetFor(request.timeoutSeconds, remainingMs);
  const clients = connect(budget.test);
  try {
    const startedAt = clock.now();
    const progress = new Progress(startedAt);
    const failure = await attemptInTime(request, budget, progress, clients, dependencies);
    const milliseconds = clock.now() - startedAt;
    const outcome = { failure, attempts: progress.attempts, milliseconds };
    if (failure === undefined) {
      return { ...outcome, details: [], network: undefined };
    }
    const remaining = () => endsAt - clock.now();
    const { redact } = redactor;
    return { ...outcome, ...(await lookAround(request, failure, budget, remaining, clients, clock, redact)) };
  } finally {
    clients.close();
  }
}

async function attemptInTime(
  request: TestRequest,
  { test }: Budget,
  progress: Progress,
  clients: Pick<Clients, 'glue' | 'secretsManager'>,
  { role, redactor, clock, log }: TestDependencies,
): Promise<Failure | undefined> {
  let resolver: InputResolver | undefined;
  const inputResolver = () => (resolver ??= new InputResolver(clients.secretsManager, redactor));
  const { redact } = redactor;
  try {
    return await withDeadline(test, clock, (deadline) =>
      attempt(request, deadline, progress, { glue: clients.glue, inputResolver, role, clock, log, redact }),
    );
  } catch {
    // The attempt still runs although its time is up.
    const { lastFailure, attemptedAt } = progress;
    const silence = timedOut(test);
    return lastFailure === undefined ? silence : timedOutAfter(lastFailure, silence, clock.now() - attemptedAt, test);
  }
}
