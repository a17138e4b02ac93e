/**
 * Works on items in their order, so many at once, until all are done or the signal is aborted. What is under way then is
 * left alone.
 */
export async function workInParallel<T>(
  items: readonly T[],
  concurrency: number,
  signal: AbortSignal,
  work: (item: T, index: number) => Promise<void>,
): Promise<void> {
  // All workers take from one iterator, so that each item is taken once.
  const queue = items.entries();
  const worker = async () => {
    for (const [index, item] of queue) {
      if (signal.aborted) {
        return;
      }
      await work(item, index);
    }
  };
  const aborted = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
  const done = Promise.all(Array.from({ length: Math.min(concurrency, items.length) }, worker));
  await (signal.aborted ? undefined : Promise.race([done, aborted]));
}
