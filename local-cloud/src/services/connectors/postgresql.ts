import { Client, DatabaseError } from 'pg';
import { CONNECT_TIMEOUT_MS, type Login } from './login';
import { describeNetworkError } from './network-error';

/**
 * Connects to a PostgreSQL and says goodbye.
 *
 * @throws an error with the database's own message, or that of the network
 */
export async function connectToPostgresql({ host, port, database, username, password, enforceSsl }: Login) {
  const client = new Client({
    ...{ host, port, user: username, password },
    database: database ?? username,
    ssl: enforceSsl ? { rejectUnauthorized: true } : false,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
  });
  // Without a listener, a connection that is reset after its error would end the process.
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (error) {
    throw new Error(describe(error as Error, `${host}:${port}`), { cause: error });
  } finally {
    await client.end().catch(() => undefined);
  }
}

function describe(error: Error, address: string): string {
  if (error instanceof DatabaseError) {
    return `${error.severity ?? 'FATAL'}: ${error.message}`;
  }
  return error.message.includes('timeout expired')
    ? `Connect timed out: ${address}`
    : (describeNetworkError(error, address) ?? error.message);
}
