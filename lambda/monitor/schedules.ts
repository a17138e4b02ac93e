import {
  CreateScheduleCommand,
  DeleteScheduleCommand,
  GetScheduleCommand,
  ListSchedulesCommand,
  SchedulerClient,
} from '@aws-sdk/client-scheduler';
import type { Clock } from '../base/clock';
import { closeQuietly } from '../base/close';
import { firstCharacters } from '../base/text';
import type { Settings } from './event';
import { callScheduler } from './scheduler-call';

/** With these limits, a call that is not answered is tried again. */
const CLIENT = {
  maxAttempts: 1,
  requestHandler: { connectionTimeout: 5_000, requestTimeout: 10_000, throwOnRequestTimeout: true },
};

/** How many schedules an answer has at most. */
const PAGE = 100;

/** What a one-time schedule does, and when. */
export interface OneTime {
  readonly name: string;
  /** For who looks at the schedule in the console, at most 512 characters. */
  readonly description: string;
  /** In milliseconds since 1970. */
  readonly at: number;
  /** The event for the function. */
  readonly input: object;
  /** Whether it only keeps its name and its time, and invokes nothing. */
  readonly isNote?: boolean;
}

/**
 * The schedules in the group of a monitor. They are all that the function remembers from one invocation to another.
 *
 * @see https://docs.aws.amazon.com/scheduler/latest/APIReference/API_Operations.html
 */
export class Schedules {
  private readonly client = new SchedulerClient(CLIENT);

  /** @param functionArn what one-time schedules invoke */
  constructor(
    private readonly settings: Settings,
    private readonly functionArn: string,
    private readonly clock: Clock,
  ) {}

  /** Makes a one-time schedule, which deletes itself when it has run, unless there is one of its name. */
  async create({ name, description, at, input, isNote = false }: OneTime, patienceMs: number): Promise<void> {
    const { group, roleArn, intervalMs } = this.settings;
    const command = new CreateScheduleCommand({
      Name: name,
      GroupName: group,
      Description: firstCharacters(description, 512),
      ScheduleExpression: `at(${new Date(Math.ceil(at / 1_000) * 1_000).toISOString().slice(0, 19)})`,
      ScheduleExpressionTimezone: 'UTC',
      FlexibleTimeWindow: { Mode: 'OFF' },
      State: isNote ? 'DISABLED' : 'ENABLED',
      ActionAfterCompletion: isNote ? 'NONE' : 'DELETE',
      Target: {
        Arn: this.functionArn,
        RoleArn: roleArn,
        Input: JSON.stringify(input),
        // What could not be delivered before the next run of all connections is not delivered after it.
        RetryPolicy: { MaximumEventAgeInSeconds: Math.max(60, intervalMs / 1_000) },
      },
    });
    await callScheduler(
      'CreateSchedule',
      patienceMs,
      this.clock,
      (abortSignal) => this.client.send(command, { abortSignal }),
      'ConflictException',
    );
  }

  /** The names of the schedules, or of those that begin like this. */
  async names(patienceMs: number, prefix?: string): Promise<string[]> {
    const names: string[] = [];
    let token: string | undefined;
    do {
      const command = new ListSchedulesCommand({
        GroupName: this.settings.group,
        NamePrefix: prefix,
        MaxResults: PAGE,
        NextToken: token,
      });
      const page = await callScheduler('ListSchedules', patienceMs, this.clock, (abortSignal) =>
        this.client.send(command, { abortSignal }),
      );
      names.push(...(page?.Schedules ?? []).flatMap(({ Name }) => Name ?? []));
      token = page?.NextToken;
    } while (token !== undefined);
    return names;
  }

  /** What a schedule was created with; undefined if there is none of this name. Only a one-time schedule has a time. */
  async read(
    name: string,
    patienceMs: number,
  ): Promise<(Pick<OneTime, 'at'> & { readonly input: string }) | undefined> {
    const command = new GetScheduleCommand({ GroupName: this.settings.group, Name: name });
    const found = await callScheduler(
      'GetSchedule',
      patienceMs,
      this.clock,
      (abortSignal) => this.client.send(command, { abortSignal }),
      'ResourceNotFoundException',
    );
    const [, time] = /^at\((.*)\)$/.exec(found?.ScheduleExpression ?? '') ?? [];
    return found && { at: Date.parse(`${time}Z`), input: found.Target?.Input ?? '{}' };
  }

  /** Deletes a schedule, if it is there. */
  async delete(name: string, patienceMs: number): Promise<void> {
    const command = new DeleteScheduleCommand({ GroupName: this.settings.group, Name: name });
    await callScheduler(
      'DeleteSchedule',
      patienceMs,
      this.clock,
      (abortSignal) => this.client.send(command, { abortSignal }),
      'ResourceNotFoundException',
    );
  }

  close(): void {
    closeQuietly(this.client);
  }
}
