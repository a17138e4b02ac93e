import { setImmediate } from 'node:timers/promises';
import { SYSTEM_CLOCK } from '../../../lambda/base/clock';

/** Time that passes at once: when nothing else can go on, it is as late as the next timer says. */
export class VirtualTime {
  now = Date.parse('2030-01-01T00:00:00Z');
  private timers: { readonly at: number; readonly callback: () => void }[] = [];

  /** From now on, the function's clock is this one. */
  install(): void {
    jest.spyOn(SYSTEM_CLOCK, 'now').mockImplementation(() => this.now);
    jest.spyOn(SYSTEM_CLOCK, 'random').mockReturnValue(0.5);
    jest
      .spyOn(SYSTEM_CLOCK, 'timer')
      .mockImplementation((milliseconds, callback) => this.timer(milliseconds, callback));
    jest.spyOn(SYSTEM_CLOCK, 'sleep').mockImplementation((milliseconds) => this.after(milliseconds));
  }

  after(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      this.timer(milliseconds, resolve);
    });
  }

  /** Lets time pass until a promise is settled. */
  async until<T>(promise: Promise<T>): Promise<T> {
    const state = { isSettled: false };
    const settled = promise.finally(() => (state.isSettled = true));
    for (;;) {
      await setImmediate();
      if (state.isSettled) {
        return settled;
      }
      const [next] = this.timers.sort((a, b) => a.at - b.at);
      if (next !== undefined) {
        this.timers.splice(0, 1);
        this.now = Math.max(this.now, next.at);
        next.callback();
      }
    }
  }

  private timer(milliseconds: number, callback: () => void): () => void {
    const timer = { at: this.now + milliseconds, callback };
    this.timers.push(timer);
    return () => {
      this.timers = this.timers.filter((other) => other !== timer);
    };
  }
}
