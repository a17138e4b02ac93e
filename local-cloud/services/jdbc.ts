import { Client, DatabaseError } from 'pg';

export interface JdbcConnection {
  readonly url: string;
  readonly username: string;
  readonly password: string;
  readonly enforceSsl: boolean;
}

const CONNECT_TIMEOUT_MS = 10_000;

/**
 * Connects to the database that a JDBC URL names and says goodbye.
 *
 * @throws an error with the database's own message, or that of the network
 */
export async function connect({ url, username, password, enforceSsl }: JdbcConnection): Promise<void> {
  const match = /^jdbc:postgresql:\/\/([^/:?]+)(?::(\d+))?\/([^?]+)/.exec(url);
  if (match === null) {
    throw new Error(`No suitable driver found for ${url}: only jdbc:postgresql://HOST:PORT/DATABASE is known here`);
  }
  const [, host, port = '5432', database] = match;
  const client = new Client({
    host,
    port: Number(port),
    database,
    user: username,
    password,
    ssl: enforceSsl ? { rejectUnauthorized: true } : false,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
  });
  // Without a listener, a connection that is reset after its error would end the process.
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (error) {
    throw new Error(describe(error as Error & { code?: string }, `${host}:${port}`), { cause: error });
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** The database's words as they are; the network's in those of Java, which Glue's drivers run on. */
function describe(error: Error & { code?: string }, address: string): string {
  if (error instanceof DatabaseError) {
    return `${error.severity ?? 'FATAL'}: ${error.message}`;
  }
  switch (error.code) {
    case 'ECONNREFUSED':
      return `Connection refused: ${address}`;
    case 'ENOTFOUND':
      return `java.net.UnknownHostException: ${address}`;
    default:
      return error.message.includes('timeout expired') ? `Connect timed out: ${address}` : error.message;
  }
}
