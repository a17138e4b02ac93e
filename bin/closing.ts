import { constants } from 'node:os';

/** Closes what a program has opened, in reverse order: at its end, and at the signals that ask for its end. */
export class Closing {
  private readonly closers: (() => Promise<void>)[] = [];

  constructor() {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      // Not just once: what comes again must not end the process before everything is closed.
      process.on(signal, () => void this.close().finally(() => process.exit(128 + constants.signals[signal])));
    }
  }

  add(closer: () => Promise<void>): void {
    this.closers.push(closer);
  }

  async close(): Promise<void> {
    for (const closer of this.closers.splice(0).reverse()) {
      await closer();
    }
  }
}
