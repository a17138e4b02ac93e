/** How long connecting to an AWS API may take. Within a Region, it usually takes a fraction of a second. */
const CONNECTION_MS = 5_000;

/**
 * The options that all clients share. Connecting needs its own limit: otherwise, an endpoint that drops packets would
 * look like a slow answer.
 *
 * @param patienceMs how long the answer may take. Connecting gets a third at most, so that it can be tried again in
 * time.
 */
export function clientOptions(patienceMs: number) {
  return {
    // `retry.ts` decides on retries.
    maxAttempts: 1,
    requestHandler: { connectionTimeout: Math.ceil(Math.min(CONNECTION_MS, patienceMs / 3)) },
  };
}
