/** How long it may take to connect to an API of AWS: in the same Region, a fraction of a second is usual. */
const CONNECTION_MS = 5_000;

/**
 * What all clients have in common. Without a limit of its own, a connection to an endpoint that swallows packets would
 * look like an answer that takes long.
 *
 * @param patienceMs how long the answer may take, so that a connection that fails is tried again within that time
 */
export function clientOptions(patienceMs: number) {
  return {
    // `retry.ts` decides.
    maxAttempts: 1,
    requestHandler: { connectionTimeout: Math.ceil(Math.min(CONNECTION_MS, patienceMs / 3)) },
  };
}
