/**
 * What the network said to a client, in the words of Java, which Glue's drivers run on.
 *
 * @returns nothing for an error that isn't the network's
 */
export function describeNetworkError(error: Error & { code?: unknown }, address: string): string | undefined {
  switch (error.code) {
    case 'ECONNREFUSED':
      return `Connection refused: ${address}`;
    case 'ENOTFOUND':
      return `java.net.UnknownHostException: ${address}`;
    case 'ECONNRESET':
      return `Connection reset: ${address}`;
    case 'ETIMEDOUT':
      return `Connect timed out: ${address}`;
    default:
      return undefined;
  }
}
