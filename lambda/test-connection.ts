import { TestConnectionCommand, type GlueClient } from '@aws-sdk/client-glue';
import type { TestRequest } from './properties';

/** The part of a client that this handler needs; made for one event and destroyed after it. */
export type Glue = Pick<GlueClient, 'send' | 'destroy'>;

/** A connection that did not pass, in Glue's words. */
export class ConnectionTestError extends Error {
  public override readonly name = 'ConnectionTestError';
}

/**
 * Asks Glue to connect to the data store.
 *
 * @throws ConnectionTestError when Glue could not, or did not answer in time
 * @see https://docs.aws.amazon.com/glue/latest/webapi/API_TestConnection.html
 */
export async function testConnection(request: TestRequest, glue: Glue, milliseconds: number): Promise<void> {
  const abortSignal = AbortSignal.timeout(milliseconds);
  try {
    await glue.send(
      new TestConnectionCommand({ ConnectionName: request.connectionName, CatalogId: request.catalogId }),
      { abortSignal },
    );
  } catch (error) {
    throw new ConnectionTestError(
      abortSignal.aborted ? `Glue did not answer within ${Math.round(milliseconds / 1000)} seconds` : describe(error),
    );
  }
}

function describe(error: unknown): string {
  return error instanceof Error ? `${error.message || 'no message'} (${error.name})` : String(error);
}
