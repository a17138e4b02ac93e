import type { Ora } from 'ora';
import { plainLine } from './plain';

/** The line at the end of a terminal that says what is under way. */
export class Status {
  private readonly underWay = new Map<string, string>();
  private done = 0;
  private spinner: Ora | undefined;
  private isOver = false;

  /** @param stream a terminal */
  constructor(
    private readonly stream: NodeJS.WriteStream,
    private total = 0,
  ) {}

  /** Begins to show as soon as its library is loaded, which no test waits for. */
  async start(total: number): Promise<void> {
    this.total = total;
    const { default: ora } = await import('ora');
    if (this.isOver) {
      return;
    }
    // The program listens to Ctrl-C itself.
    this.spinner = ora({ stream: this.stream, discardStdin: false, text: this.text() }).start();
  }

  begun(name: string): void {
    this.underWay.set(name, name);
    this.show();
  }

  retried(name: string, message: string): void {
    this.underWay.set(name, `${name} (${message})`);
    this.show();
  }

  ended(name: string): void {
    this.underWay.delete(name);
    this.done += 1;
    this.show();
  }

  /** Writes something above the line. */
  above(write: () => void): void {
    this.spinner?.clear();
    write();
    this.spinner?.render();
  }

  stop(): void {
    this.isOver = true;
    this.spinner?.stop();
    this.spinner = undefined;
  }

  private show(): void {
    if (this.spinner !== undefined) {
      this.spinner.text = this.text();
    }
  }

  private text(): string {
    const text = plainLine(`${this.done} of ${this.total} tested; ${[...this.underWay.values()].join(', ')}`);
    const room = Math.max(10, this.stream.columns - 4);
    return text.length <= room ? text : `${text.slice(0, room - 1)}…`;
  }
}
