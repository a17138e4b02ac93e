import { createConnection } from 'mysql2/promise';
import { CONNECT_TIMEOUT_MS, type Login } from './login';
import { describeNetworkError } from './network-error';

/** How the driver begins what it has to say of the network. */
const LINK_FAILURE =
  'Communications link failure. The last packet sent successfully to the server was 0 milliseconds ago. The driver ' +
  'has not received any packets from the server.';

/**
 * Connects to a MySQL or a MariaDB and says goodbye.
 *
 * @throws an error with the database's own message, or that of the network
 */
export async function connectToMysql({ host, port, database, username, password, enforceSsl }: Login) {
  try {
    const connection = await createConnection({
      ...{ host, port, database, user: username, password },
      ssl: enforceSsl ? { rejectUnauthorized: true } : undefined,
      connectTimeout: CONNECT_TIMEOUT_MS,
    });
    await connection.end();
  } catch (error) {
    throw new Error(describe(error as Error & { code?: string }, `${host}:${port}`), { cause: error });
  }
}

/** @see https://dev.mysql.com/doc/connector-j/en/connector-j-reference-error-sqlstates.html */
function describe(error: Error & { code?: string }, address: string): string {
  if (error.code === 'HANDSHAKE_NO_SSL_SUPPORT') {
    return 'SSL Connection required, but not supported by server.';
  }
  if (error.code === 'PROTOCOL_CONNECTION_LOST') {
    return LINK_FAILURE;
  }
  const fromNetwork = describeNetworkError(error, address);
  return fromNetwork === undefined ? error.message : `${LINK_FAILURE} ${fromNetwork}`;
}
