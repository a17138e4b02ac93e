import { hash } from './back-off';
import { keyOf, type Monitored } from './event';
import { patienceAtEnd, patienceAtStart, type Invocation } from './invocation';
import type { SchedulerError } from './scheduler-call';

/** Of notes, and of the schedules that `scheduleRest` makes: both hold connections. */
const NAMES = /^(unfinished|rest)-/;

/** By how much a schedule may be late. */
const LATENESS_MS = 60_000;

/** A run begins up to a minute late. So what is unfinished is noted earlier than the next run is due. */
const LEAD_MS = 70_000;

/**
 * What earlier runs have not finished, by the keys of the connections. A run leaves these connections out, so that none is
 * tested twice at the same time.
 *
 * @param names of the group's schedules
 * @throws SchedulerError
 */
export async function readUnfinished(
  names: readonly string[],
  { schedules, ...invocation }: Invocation,
): Promise<ReadonlySet<string>> {
  const keys = new Set<string>();
  for (const name of names.filter((one) => NAMES.test(one))) {
    const schedule = await schedules.read(name, patienceAtStart(invocation));
    if (schedule === undefined) {
      continue;
    }
    if (schedule.at + LATENESS_MS > invocation.clock.now()) {
      keysIn(schedule.input).forEach((key) => keys.add(key));
    } else if (!name.startsWith('rest-')) {
      // Of a run that could not end as it should.
      await schedules.delete(name, patienceAtStart(invocation)).catch(() => undefined);
    }
  }
  return keys;
}

/** The keys in the input of such a schedule; none if somebody else has made it. */
function keysIn(json: string): string[] {
  try {
    const { Connections = [], Unfinished = [] } = JSON.parse(json) as {
      Connections?: { Properties: Parameters<typeof keyOf>[0] }[];
      Unfinished?: string[];
    };
    return [...Unfinished, ...Connections.map(({ Properties }) => keyOf(Properties))];
  } catch {
    return [];
  }
}

/**
 * Notes what a run has not finished, shortly before the next one is due. Most runs have ended by then, and note nothing.
 * The note is a disabled schedule, as that of a back-off is.
 */
export class UnfinishedNotes {
  private cancel: (() => void) | undefined;
  private writing = Promise.resolve();
  private name: string | undefined;
  private count = 0;

  /**
   * @param beganAt when the run began
   * @param unfinished what is not finished by now
   */
  constructor(
    private readonly beganAt: number,
    private readonly unfinished: () => readonly Monitored[],
    private readonly invocation: Invocation,
  ) {}

  /** @param isFurther whether the run began in another invocation; the schedule of this one is gone or will be */
  async begin(isFurther: boolean): Promise<void> {
    if (isFurther) {
      await this.write();
    }
    this.wait();
  }

  /** Deletes the note, if there is one. What is left has a schedule of its own by then. */
  async end(): Promise<void> {
    this.cancel?.();
    await this.writing;
    await this.replace(undefined);
  }

  private wait(): void {
    const { clock, settings } = this.invocation;
    const lead = Math.min(LEAD_MS, settings.intervalMs / 2);
    const sinceNote = (clock.now() - this.beganAt + lead) % settings.intervalMs;
    this.cancel = clock.timer(settings.intervalMs - sinceNote, () => {
      this.writing = this.write();
      this.wait();
    });
  }

  private async write(): Promise<void> {
    const { context, clock, schedules } = this.invocation;
    const keys = this.unfinished().map(({ entry }) => keyOf(entry.Properties));
    const name = `unfinished-${hash(context.awsRequestId)}-${++this.count}`;
    try {
      await schedules.create(
        {
          name,
          description: 'Runs nothing. A note of ConnectionMonitor: the connections that a run has not finished yet.',
          at: clock.now() + context.getRemainingTimeInMillis(),
          input: { Unfinished: keys },
          isNote: true,
        },
        patienceAtEnd(this.invocation),
      );
      await this.replace(name);
    } catch (error) {
      this.tell(error as SchedulerError);
    }
  }

  private async replace(name: string | undefined): Promise<void> {
    const { name: earlier } = this;
    this.name = name;
    if (earlier !== undefined) {
      await this.invocation.schedules.delete(earlier, patienceAtEnd(this.invocation)).catch((error: unknown) => {
        this.tell(error as SchedulerError);
      });
    }
  }

  /** The worst is that a connection is tested twice at the same time, or once too seldom. */
  private tell({ message }: SchedulerError): void {
    this.invocation.log({
      level: 'ERROR',
      event: 'note not kept',
      message: `the note for the next run could not be changed: ${message}`,
      cause: message,
    });
  }
}
