/** Gives back what a client holds. That this fails has no consequence for anything else. */
export function closeQuietly(client: { destroy(): void }): void {
  try {
    client.destroy();
  } catch {
    // Its sockets end with the environment.
  }
}
