import { GetConnectionsCommand, type Connection, type GlueClient } from '@aws-sdk/client-glue';
import { backoff, type Clock } from '../base/clock';
import type { Log } from '../base/log';
import type { Redact } from '../base/redaction/redactor';
import { classify, type Failure } from '../failures/failure';
import { isWorthAnotherTry } from '../failures/retry';
import type { SweepItem } from './contract';
import { shortMessage, shortType } from './limits';

export interface ListDependencies {
  readonly glue: Pick<GlueClient, 'send'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly redact: Redact;
}

/** Of 1,000 that are allowed: a connection may have 100 properties of 1,024 characters. */
const PAGE_LENGTH = 100;

/** How long Glue is asked again. After that, the execution fails: it could not even begin. */
const MAX_MS = 300_000;

const FIRST_DELAY_MS = 500;
const MAX_DELAY_MS = 10_000;

/** Glue does not say which connections there are. */
class ConnectionsNotListedError extends Error {
  override readonly name = 'ConnectionsNotListed';
  // Step Functions repeats the stack in the history, where it helps nobody.
  override readonly stack = '';

  constructor({ message, exception, nextStep }: Failure) {
    super(`Glue did not list its connections: ${shortMessage(message)} (${exception}). Next: ${nextStep}`);
  }
}

/**
 * Reads the names and types of all connections of a catalog, in the order of their code units, each once.
 *
 * @throws ConnectionsNotListedError if Glue refuses, or does not answer in time
 * @see https://docs.aws.amazon.com/glue/latest/webapi/API_GetConnections.html
 */
export async function readConnections(
  catalogId: string | undefined,
  dependencies: ListDependencies,
): Promise<SweepItem[]> {
  const types = new Map<string, string>();
  let token: string | undefined;
  do {
    const { ConnectionList = [], NextToken } = await ask(catalogId, token, dependencies);
    ConnectionList.forEach(({ Name, ConnectionType }) => {
      types.set(Name ?? '', shortType(ConnectionType ?? 'UNKNOWN'));
    });
    token = NextToken;
  } while (token !== undefined && token !== '');
  types.delete('');
  return [...types].map(([Name, Type]) => ({ Name, Type })).sort((one, other) => (one.Name < other.Name ? -1 : 1));
}

async function ask(
  catalogId: string | undefined,
  token: string | undefined,
  { glue, clock, log, redact }: ListDependencies,
): Promise<{ ConnectionList?: Connection[]; NextToken?: string }> {
  const command = new GetConnectionsCommand({
    CatalogId: catalogId,
    // Reading them without their passwords requires no permission for the key that encrypts the passwords.
    HidePassword: true,
    MaxResults: PAGE_LENGTH,
    NextToken: token,
  });
  const startedAt = clock.now();
  for (let attempt = 1; ; attempt++) {
    try {
      return await glue.send(command);
    } catch (error) {
      const failure = classify(error, redact);
      const { category } = failure;
      log({
        level: 'WARN',
        event: 'connections not listed',
        message: `${category}, attempt ${attempt}: ${shortMessage(failure.message)}`,
        category,
        exception: failure.exception,
      });
      const delay = backoff(attempt, FIRST_DELAY_MS, MAX_DELAY_MS, clock);
      const elapsedMs = clock.now() - startedAt;
      const situation = { category, unreachable: 1, maxAttempts: 1, elapsedMs };
      if (elapsedMs + delay > MAX_MS || !isWorthAnotherTry(situation)) {
        throw new ConnectionsNotListedError(failure);
      }
      await clock.sleep(delay);
    }
  }
}
