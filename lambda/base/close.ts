/** Releases what a client holds. A failure to do so affects nothing else. */
export function closeQuietly(client: { destroy(): void }): void {
  try {
    client.destroy();
  } catch {
    // The client's sockets close when the environment ends.
  }
}
