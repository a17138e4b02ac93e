import {
  CreateScheduleCommand,
  DeleteScheduleCommand,
  GetScheduleCommand,
  ListSchedulesCommand,
  SchedulerClient,
} from '@aws-sdk/client-scheduler';
import { backoff, type Clock } from '../base/clock';
import { closeQuietly } from '../base/close';
import { withDeadline } from '../base/deadline';
import { firstCharacters } from '../base/text';
import { diagnose } from '../failures/exceptions';
import { factsOf } from '../failures/failure';
import type { Settings } from './event';

/** With these limits, a call that is not answered is tried again. */
const CLIENT = {
  maxAttempts: 1,
  requestHandler: { connectionTimeout: 5_000, requestTimeout: 10_000, throwOnRequestTimeout: true },
};

const FIRST_DELAY_MS = 500;
const MAX_DELAY_MS = 10_000;

/** How many schedules an answer has at most. */
const PAGE = 100;

/** EventBridge Scheduler did not do what it was asked to do. */
export class SchedulerError extends Error {
  override readonly name = 'SchedulerError';

  /** @param isPassing whether it may do so later */
  constructor(
    readonly operation: string,
    readonly exception: string,
    said: string,
    readonly isPassing: boolean,
  ) {
    super(`${operation}: ${exception}: ${said}`);
  }
}

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
    await this.call(
      'CreateSchedule',
      patienceMs,
      (abortSignal) => this.client.send(command, { abortSignal }),
      'ConflictException',
    );
  }

  /** The names of the schedules that begin like this. */
  async names(prefix: string, patienceMs: number): Promise<string[]> {
    const names: string[] = [];
    let token: string | undefined;
    do {
      const command = new ListSchedulesCommand({
        GroupName: this.settings.group,
        NamePrefix: prefix,
        MaxResults: PAGE,
        NextToken: token,
      });
      const page = await this.call('ListSchedules', patienceMs, (abortSignal) =>
        this.client.send(command, { abortSignal }),
      );
      names.push(...(page?.Schedules ?? []).flatMap(({ Name }) => Name ?? []));
      token = page?.NextToken;
    } while (token !== undefined);
    return names;
  }

  /** The input of the recurring schedule; undefined if there is none. */
  async recurringInput(patienceMs: number): Promise<string | undefined> {
    const { group, schedule } = this.settings;
    const command = new GetScheduleCommand({ GroupName: group, Name: schedule });
    const found = await this.call(
      'GetSchedule',
      patienceMs,
      (abortSignal) => this.client.send(command, { abortSignal }),
      'ResourceNotFoundException',
    );
    return found?.Target?.Input;
  }

  /** Deletes a schedule, if it is there. */
  async delete(name: string, patienceMs: number): Promise<void> {
    const command = new DeleteScheduleCommand({ GroupName: this.settings.group, Name: name });
    await this.call(
      'DeleteSchedule',
      patienceMs,
      (abortSignal) => this.client.send(command, { abortSignal }),
      'ResourceNotFoundException',
    );
  }

  close(): void {
    closeQuietly(this.client);
  }

  /**
   * Tries a call until it succeeds, can't succeed, or the time is up.
   *
   * @param expected an exception that is fine
   * @throws SchedulerError
   */
  private async call<T>(
    operation: string,
    patienceMs: number,
    send: (signal: AbortSignal) => Promise<T>,
    expected?: string,
  ): Promise<T | undefined> {
    let last = new SchedulerError(operation, 'Timeout', `no answer within ${patienceMs} ms`, true);
    const work = withDeadline(patienceMs, this.clock, async (deadline) => {
      const { signal } = deadline;
      for (let attempt = 1; ; attempt++) {
        try {
          return await send(signal);
        } catch (error) {
          const { name, message, statusCode, isNetwork } = factsOf(error);
          if (name === expected) {
            return undefined;
          }
          if (!signal.aborted) {
            const { category } = diagnose(name, statusCode, isNetwork);
            last = new SchedulerError(operation, name, message, PASSING.has(category));
          }
          const delay = backoff(attempt, FIRST_DELAY_MS, MAX_DELAY_MS, this.clock);
          if (!last.isPassing || delay > deadline.remaining()) {
            throw last;
          }
          await this.clock.sleep(delay, signal);
        }
      }
    });
    return work.catch(() => Promise.reject(last));
  }
}

const PASSING: ReadonlySet<string> = new Set(['THROTTLED', 'SERVICE_FAULT', 'NETWORK', 'TIMEOUT']);
