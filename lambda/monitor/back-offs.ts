import { backOff, hash, readBackOff, type BackOff } from './back-off';
import { keyOf, type Monitored } from './event';
import { SCHEDULER_MS, type Invocation } from './invocation';
import type { SchedulerError } from './scheduler-call';

/** The connections that are left alone for a while. */
export class BackOffs {
  private readonly known: readonly BackOff[];

  /** @param names of the group's schedules */
  constructor(
    names: readonly string[],
    private readonly invocation: Invocation,
  ) {
    this.known = names.flatMap((name) => readBackOff(name) ?? []);
  }

  /** The one that a connection has; undefined if it has none. */
  of(monitored: Monitored): BackOff | undefined {
    // If an earlier one could not be deleted, the latest counts.
    return this.all(monitored).sort((a, b) => b.until - a.until)[0];
  }

  /**
   * Backs off from a connection, in place of what it had.
   *
   * @param refusals how many times in a row its credentials have been refused now
   */
  async set(monitored: Monitored, refusals: number, beganAt: number, fingerprint: string | undefined): Promise<void> {
    const { settings, schedules } = this.invocation;
    const { connectionName, entry } = monitored;
    const next = backOff(keyOf(entry.Properties), refusals, beganAt, settings.intervalMs, fingerprint);
    await this.tell(connectionName, () =>
      schedules.create(
        {
          name: next.name,
          description:
            `Runs nothing. A note of ConnectionMonitor: the data store has refused the credentials of the connection ` +
            `${connectionName} (times in a row: ${next.refusals}). Runs before this time leave it out.`,
          at: Math.max(next.until, this.invocation.clock.now() + 60_000),
          input: { Connection: connectionName },
          isNote: true,
        },
        SCHEDULER_MS,
      ),
    );
    await this.delete(connectionName, this.all(monitored), next.name);
  }

  /** The connection has passed, or is not what it was. */
  async clear(monitored: Monitored): Promise<void> {
    await this.delete(monitored.connectionName, this.all(monitored));
  }

  /** Deletes those of connections that are no longer monitored, as far as there is time. Later runs delete the others. */
  async keepOnly(connections: readonly Monitored[]): Promise<void> {
    const monitored = new Set(connections.map(({ entry }) => hash(keyOf(entry.Properties))));
    for (const left of this.known.filter(({ connection }) => !monitored.has(connection))) {
      if (this.invocation.context.getRemainingTimeInMillis() < 2 * SCHEDULER_MS) {
        return;
      }
      await this.delete('', [left]);
    }
  }

  private all({ entry }: Monitored): BackOff[] {
    const connection = hash(keyOf(entry.Properties));
    return this.known.filter((backOff) => backOff.connection === connection);
  }

  private async delete(connectionName: string, all: readonly BackOff[], except?: string): Promise<void> {
    for (const { name } of all.filter((backOff) => backOff.name !== except)) {
      await this.tell(connectionName, () => this.invocation.schedules.delete(name, SCHEDULER_MS));
    }
  }

  /** What fails here changes no verdict: the worst is a test too many, or one too late. */
  private async tell(connectionName: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      const { message } = error as SchedulerError;
      this.invocation.log({
        level: 'ERROR',
        event: 'back-off not kept',
        message: `the back-off of connection '${connectionName}' could not be changed: ${message}`,
        connectionName: connectionName || undefined,
        cause: message,
      });
    }
  }
}
