import pc from 'picocolors';
import type { Identity } from '../aws/identity';
import type { ConnectionReport, Report } from '../run/report';
import type { Listener } from '../run/test-all';
import type { Omitted, Subject } from '../selection/subject';
import { showDuration } from './duration';
import { plainLine } from './plain';
import { Status } from './status';
import { showSummary } from './summary';

interface ConsoleOptions {
  readonly quiet: boolean;
  readonly color: boolean;
}

const MARKS = { PASSED: '✔', FAILED: '✖', UNSUPPORTED: '–', NOT_TESTED: '…' } as const;

/** Most categories fit. */
const RESULT_WIDTH = 13;

/** Tells a person what happens. */
export class Console implements Listener {
  private readonly colors: ReturnType<typeof pc.createColors>;
  private readonly status: Status | undefined;
  private nameWidth = 0;
  private hasSeveralRegions = false;

  /**
   * @param out where to
   * @param options what to leave out
   */
  constructor(
    private readonly out: NodeJS.WriteStream,
    private readonly options: ConsoleOptions,
  ) {
    this.colors = pc.createColors(options.color);
    const { stderr } = process;
    // A terminal without a width, as some recorders have, is no place for a line that changes.
    const isLive = stderr.isTTY && stderr.columns > 0 && out.isTTY && !process.env.CI && process.env.TERM !== 'dumb';
    this.status = isLive && !options.quiet ? new Status(stderr) : undefined;
  }

  /** Says what begins. */
  begin(
    subjects: readonly Subject[],
    omitted: readonly Omitted[],
    identity: Identity | undefined,
    role?: string,
  ): void {
    const regions = [...new Set(subjects.map(({ region }) => region))];
    this.hasSeveralRegions = regions.length > 1;
    this.nameWidth = Math.min(40, Math.max(...subjects.map((subject) => this.label(subject).length)));
    const who =
      identity === undefined ? '; STS did not say in time whose credentials these are' : ` as ${identity.arn}`;
    const count = `${subjects.length} ${subjects.length === 1 ? 'connection' : 'connections'}`;
    this.say(`Testing ${count} in ${regions.join(', ')}${who}.`);
    if (role === undefined) {
      this.say(this.colors.dim('The function of a deployed test may have other rights: --role-arn takes its role.'));
    }
    for (const { name, reason } of omitted) {
      this.say(this.colors.yellow(plainLine(`Not tested: ${name}: ${reason}.`)));
    }
    this.say('');
    void this.status?.start(subjects.length);
  }

  begun(subject: Subject): void {
    this.status?.begun(this.label(subject));
  }

  retried(subject: Subject, message: string): void {
    this.status?.retried(this.label(subject), message);
  }

  ended(report: ConnectionReport): void {
    const { outcome, failure, durationMs } = report;
    const color = { PASSED: this.colors.green, FAILED: this.colors.red, UNSUPPORTED: this.colors.yellow }[
      outcome as Exclude<typeof outcome, 'NOT_TESTED'>
    ];
    const name = plainLine(this.label(report)).padEnd(this.nameWidth);
    const line = `${color(`${MARKS[outcome]} ${name}  ${(failure?.category ?? 'passed').padEnd(RESULT_WIDTH)}`)}  ${this.colors.dim(showDuration(durationMs))}`;
    if (outcome === 'FAILED' || !this.options.quiet) {
      this.above(() => this.out.write(`${line}\n`));
    }
    this.status?.ended(this.label(report));
  }

  /** Says what the run has come to, and for each failure what to do. */
  end({ connections, summary, durationMs, isInterrupted }: Report): void {
    this.status?.stop();
    for (const { outcome, failure } of connections) {
      if (outcome === 'FAILED' && failure !== null) {
        const [head = '', ...lines] = failure.text.split('\n').map(plainLine);
        this.out.write(`\n${this.colors.red(this.colors.bold(head))}\n${lines.map((line) => `${line}\n`).join('')}`);
      }
    }
    const interrupted = isInterrupted ? 'Interrupted: ' : '';
    this.say(`\n${this.colors.bold(`${interrupted}${showSummary(summary)}`)} in ${showDuration(durationMs)}`);
  }

  private label({ name, region }: Pick<Subject, 'name' | 'region'>): string {
    return this.hasSeveralRegions ? `${region} ${name}` : name;
  }

  private say(line: string): void {
    if (!this.options.quiet) {
      this.out.write(`${line}\n`);
    }
  }

  private above(write: () => void): void {
    if (this.status === undefined) {
      write();
    } else {
      this.status.above(write);
    }
  }
}
