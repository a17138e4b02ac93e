import { TestConnectionCommand, type GlueClient, type TestConnectionCommandInput } from '@aws-sdk/client-glue';
import type { AssumedRole } from './assumed-role';
import { backoff, type Clock } from './clock';
import type { Deadline } from './deadline';
import { classify, cutShort, timedOut, type Failure } from './failure';
import type { InputResolver } from './input-resolver';
import type { Log } from './log';
import type { TestRequest } from './properties';
import { quote } from './reason';
import type { Redact } from './redaction';
import { isWorthAnotherTry } from './retry';

/** What happened so far; whoever gives up waiting for the test reads it. */
export interface Progress {
  attempts: number;
  lastFailure: Failure | undefined;
}

export interface Tools {
  readonly glue: Pick<GlueClient, 'send'>;
  readonly role: Pick<AssumedRole, 'assume'> | undefined;
  readonly loadInputResolver: () => Promise<Pick<InputResolver, 'resolve'>>;
  readonly clock: Clock;
  readonly log: Log;
  readonly redact: Redact;
}

const FIRST_DELAY_MS = 1_000;
const MAX_DELAY_MS = 10_000;

/**
 * Asks Glue to connect to the data store, until it can, or trying again makes no sense, or the time is over.
 *
 * @returns why the connection did not pass; undefined when it did
 * @see https://docs.aws.amazon.com/glue/latest/webapi/API_TestConnection.html
 */
export async function testConnection(
  request: TestRequest,
  deadline: Deadline,
  progress: Progress,
  tools: Tools,
): Promise<Failure | undefined> {
  const { clock, log } = tools;
  const startedAt = clock.now();
  let unreachable = 0;
  for (;;) {
    const attemptedAt = clock.now();
    const attempt = ++progress.attempts;
    const failure = await attemptOnce(request, deadline, tools);
    const milliseconds = clock.now() - attemptedAt;
    if (failure === undefined) {
      log({ level: 'INFO', message: 'attempt passed', attempt, milliseconds });
      return undefined;
    }
    const { category, exception } = failure;
    log({
      level: 'WARN',
      message: 'attempt failed',
      attempt,
      category,
      exception,
      saidBy: failure.saidBy,
      said: quote(failure.message),
      milliseconds,
    });
    if (deadline.signal.aborted) {
      return verdictOf(progress.lastFailure, failure, milliseconds, deadline);
    }
    progress.lastFailure = failure;
    if (category === 'UNREACHABLE') {
      unreachable++;
    }

    const elapsedMs = clock.now() - startedAt;
    const delay = backoff(attempt, FIRST_DELAY_MS, MAX_DELAY_MS, clock);
    const situation = { category, unreachable, maxAttempts: request.maxAttempts, elapsedMs };
    if (delay >= deadline.remaining() || !isWorthAnotherTry(situation)) {
      return failure;
    }
    await clock.sleep(delay, deadline.signal).catch(() => undefined);
  }
}

/** The deadline has ended an attempt: what Glue said before counts, unless it was silent for most of the time. */
function verdictOf(
  before: Failure | undefined,
  silence: Failure,
  silentMs: number,
  { milliseconds }: Deadline,
): Failure {
  if (before === undefined) {
    return silence;
  }
  return silentMs > milliseconds / 2 ? timedOut(silentMs, before) : cutShort(before, silentMs);
}

async function attemptOnce(
  { target, catalogId }: TestRequest,
  { signal, milliseconds }: Deadline,
  { glue, role, loadInputResolver, redact }: Tools,
): Promise<Failure | undefined> {
  try {
    const refusal = await role?.assume(signal);
    if (refusal !== undefined) {
      return refusal;
    }
    const input: TestConnectionCommandInput = { CatalogId: catalogId };
    if ('connectionName' in target) {
      input.ConnectionName = target.connectionName;
    } else {
      const inputResolver = await loadInputResolver();
      const result = await inputResolver.resolve(target.input, signal);
      if ('failure' in result) {
        return result.failure;
      }
      input.TestConnectionInput = result.resolved as TestConnectionCommandInput['TestConnectionInput'];
    }
    await glue.send(new TestConnectionCommand(input), { abortSignal: signal });
    return undefined;
  } catch (error) {
    return signal.aborted ? timedOut(milliseconds) : classify(error, redact);
  }
}
