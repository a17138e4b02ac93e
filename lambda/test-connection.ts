import { TestConnectionCommand, type GlueClient, type TestConnectionCommandInput } from '@aws-sdk/client-glue';
import type { AssumedRole } from './assumed-role';
import { backoff, type Clock } from './clock';
import type { Deadline } from './deadline';
import { classify, isSilence, timedOut, timedOutAfter, type Failure } from './failure';
import type { InputResolver } from './input-resolver';
import type { Log } from './log';
import type { TestRequest } from './properties';
import { quote } from './reason';
import type { Redact } from './redaction';
import { isWorthAnotherTry, positionOf } from './retry';

/** What happened so far; whoever gives up waiting for the test reads it. */
export interface Progress {
  attempts: number;
  /** When the last attempt began. */
  attemptedAt: number;
  lastFailure: Failure | undefined;
}

export interface Tools {
  readonly glue: Pick<GlueClient, 'send'>;
  readonly role: Pick<AssumedRole, 'assume'> | undefined;
  readonly loadInputResolver: (patienceMs: number) => Promise<Pick<InputResolver, 'resolve'>>;
  readonly clock: Clock;
  readonly log: Log;
  readonly redact: Redact;
}

const FIRST_DELAY_MS = 1_000;
const MAX_DELAY_MS = 10_000;

/** An attempt of less time could only end at the deadline. */
const MIN_ATTEMPT_MS = 100;

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
    progress.attemptedAt = clock.now();
    const attempt = ++progress.attempts;
    const failure = await attemptOnce(request, deadline, tools);
    const milliseconds = clock.now() - progress.attemptedAt;
    if (failure === undefined) {
      log({
        level: 'INFO',
        event: 'attempt passed',
        message: `PASSED, attempt ${attempt} of ${attempt}`,
        attempt,
        milliseconds,
      });
      return undefined;
    }
    const { category } = failure;
    unreachable += category === 'UNREACHABLE' ? 1 : 0;
    const elapsedMs = clock.now() - startedAt;
    const situation = { category, unreachable, maxAttempts: request.maxAttempts, elapsedMs };
    const position = positionOf(attempt, situation, deadline.milliseconds);
    logFailure(log, failure, { attempt, position, milliseconds });
    if (deadline.signal.aborted) {
      const { lastFailure: before } = progress;
      return before !== undefined && isSilence(failure)
        ? timedOutAfter(before, failure, milliseconds, deadline.milliseconds)
        : failure;
    }
    progress.lastFailure = failure;

    const delay = backoff(attempt, FIRST_DELAY_MS, MAX_DELAY_MS, clock);
    if (delay + MIN_ATTEMPT_MS > deadline.remaining() || !isWorthAnotherTry(situation)) {
      return failure;
    }
    await clock.sleep(delay, deadline.signal).catch(() => undefined);
    // A timer may be late.
    if (deadline.remaining() < MIN_ATTEMPT_MS / 2) {
      return failure;
    }
  }
}

function logFailure(
  log: Log,
  { category, exception, saidBy, message }: Failure,
  { attempt, position, milliseconds }: { attempt: number; position: string; milliseconds: number },
): void {
  log({
    level: 'WARN',
    event: 'attempt failed',
    message: `${category}, ${position}: ${quote(message)}`,
    attempt,
    category,
    exception,
    saidBy,
    said: quote(message),
    milliseconds,
  });
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
      const inputResolver = await loadInputResolver(milliseconds);
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
