import type { Clock } from '../../lambda/base/clock';

interface Timer {
  readonly at: number;
  readonly callback: () => void;
}

/** Time that passes only by waiting, and chance that is always the worst. */
export class TestClock implements Clock {
  readonly waits: number[] = [];
  private time = Date.UTC(2026, 0);
  private readonly timers = new Set<Timer>();

  /** @param latenessMs how much later than asked for each wait ends */
  constructor(private readonly latenessMs = 0) {}

  now(): number {
    return this.time;
  }

  sleep(milliseconds: number): Promise<void> {
    this.waits.push(milliseconds);
    this.advance(milliseconds + this.latenessMs);
    return Promise.resolve();
  }

  timer(milliseconds: number, callback: () => void): () => void {
    const timer = { at: this.time + milliseconds, callback };
    this.timers.add(timer);
    return () => void this.timers.delete(timer);
  }

  random(): number {
    return 0.999;
  }

  /** Lets time pass at once, as where the process was busy: then it calls back whose time is over. */
  advance(milliseconds: number): void {
    this.time += milliseconds;
    const due = [...this.timers].filter(({ at }) => at <= this.time).sort((a, b) => a.at - b.at);
    for (const timer of due) {
      this.timers.delete(timer);
      timer.callback();
    }
  }
}
