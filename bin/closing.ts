import { constants } from 'node:os';

/**
 * Closes what a program has opened, in reverse order: at its end, at the signals that ask for its end,
 * and when nobody reads its output any more.
 */
export class Closing {
  private readonly closers: (() => Promise<void>)[] = [];
  private closed: Promise<void> = Promise.resolve();

  constructor() {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      // Not just once: what comes again must not end the process before everything is closed.
      process.on(signal, () => this.end(signal));
    }
    // Whoever read the output has seen enough, as `head` has.
    process.stdout.on('error', () => this.end('SIGPIPE'));
  }

  add(closer: () => Promise<void>): void {
    this.closers.push(closer);
  }

  private end(signal: NodeJS.Signals): void {
    void this.close().finally(() => process.exit(128 + constants.signals[signal]));
  }

  /** Whoever calls this again waits for the same: each line that nobody reads is an error of its own. */
  close(): Promise<void> {
    this.closed = this.closed.finally(() => this.closeAll());
    return this.closed;
  }

  private async closeAll(): Promise<void> {
    for (const closer of this.closers.splice(0).reverse()) {
      await closer();
    }
  }
}
