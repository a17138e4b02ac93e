import { TestConnectionCommand, type GlueClient, type TestConnectionCommandInput } from '@aws-sdk/client-glue';
import { backoff, type Clock } from '../base/clock';
import type { Deadline } from '../base/deadline';
import { quote } from '../base/json-text';
import type { Log } from '../base/log';
import type { Redact } from '../base/redaction/redactor';
import { classify, isSilence, timedOut, timedOutAfter, type Failure } from '../failures/failure';
import { isWorthAnotherTry, positionOf } from '../failures/retry';
import type { TestRequest } from '../properties/test-request';
import type { InputResolver } from '../secrets/input-resolver';
import type { AssumedRole } from './assumed-role';

/** What has happened so far. If an attempt never ends, nothing else is known about it. */
export class Progress {
  attempts = 0;
  /** When the last attempt began. */
  attemptedAt: number;
  lastFailure: Failure | undefined;

  constructor(startedAt: number) {
    this.attemptedAt = startedAt;
  }
}

/** The dependencies of each attempt. */
export interface AttemptDependencies {
  readonly glue: Pick<GlueClient, 'send'>;
  readonly inputResolver: () => Pick<InputResolver, 'resolve'>;
  readonly role: Pick<AssumedRole, 'assume'> | undefined;
  readonly clock: Clock;
  readonly log: Log;
  readonly redact: Redact;
}

const FIRST_DELAY_MS = 1_000;
const MAX_DELAY_MS = 10_000;

/** An attempt with less time than this could only run into the deadline. */
const MIN_ATTEMPT_MS = 100;

/**
 * Asks Glue to connect to the data store until it succeeds, another attempt makes no sense, or the time is up.
 *
 * @returns why the test failed; undefined if it passed
 * @see https://docs.aws.amazon.com/glue/latest/webapi/API_TestConnection.html
 */
export async function attempt(
  request: TestRequest,
  deadline: Deadline,
  progress: Progress,
  dependencies: AttemptDependencies,
): Promise<Failure | undefined> {
  const { clock, log } = dependencies;
  const startedAt = clock.now();
  let unreachable = 0;
  for (;;) {
    progress.attemptedAt = clock.now();
    const count = ++progress.attempts;
    const failure = await attemptOnce(request, deadline, dependencies);
    const milliseconds = clock.now() - progress.attemptedAt;
    if (failure === undefined) {
      log({
        level: 'INFO',
        event: 'attempt passed',
        message: `PASSED, attempt ${count} of ${count}`,
        attempt: count,
        milliseconds,
      });
      return undefined;
    }
    const { category, network } = failure;
    unreachable += category === 'UNREACHABLE' ? 1 : 0;
    const elapsedMs = clock.now() - startedAt;
    const isComingUp = request.isNew === true && network === 'COMING_UP';
    const { maxAttempts, isSettled } = request;
    const situation = { category, unreachable, maxAttempts, isComingUp, isSettled, elapsedMs };
    const position = positionOf(count, situation, deadline.milliseconds);
    logFailure(log, failure, { attempt: count, position, milliseconds });
    if (deadline.signal.aborted) {
      const { lastFailure: before } = progress;
      return before !== undefined && isSilence(failure)
        ? timedOutAfter(before, failure, milliseconds, deadline.milliseconds)
        : failure;
    }
    progress.lastFailure = failure;

    const delay = backoff(count, FIRST_DELAY_MS, MAX_DELAY_MS, clock);
    if (delay + MIN_ATTEMPT_MS > deadline.remaining() || !isWorthAnotherTry(situation)) {
      return failure;
    }
    await clock.sleep(delay, deadline.signal).catch(() => undefined);
    // The timer may fire late.
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
  { glue, role, inputResolver, redact }: AttemptDependencies,
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
      const result = await inputResolver().resolve(target.input, signal);
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
