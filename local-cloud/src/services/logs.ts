import type { Environment } from '../environment';
import { authorize } from '../iam/authorization';
import type { Session } from '../iam/access-keys';
import type { LogRecord } from '../lambda/configuration';
import { ServiceError } from '../service-error';
import type { Operations } from './protocols/protocol';
import { matching, type EventFilter, type LogGroup } from './log-group';

const DEFAULT_LIMIT = 10_000;

/** @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/Welcome.html */
export class Logs {
  /** All that is kept here, for whoever saves it. */
  readonly records = new Map<string, LogGroup>();
  /** Streams that their writer was allowed to make, and so to write to. */
  private readonly streams = new Map<string, boolean>();
  private written = Promise.resolve();
  private count = 0;

  constructor(private readonly environment: Environment) {}

  get operations(): Operations {
    return {
      'Logs_20140328.DescribeLogGroups': (caller, input) => this.describeLogGroups(caller, input),
      'Logs_20140328.FilterLogEvents': (caller, input) => this.filterLogEvents(caller, input),
    };
  }

  /** @throws ServiceError ResourceAlreadyExistsException */
  create(logGroupName: string, retentionInDays?: number): void {
    if (this.records.has(logGroupName)) {
      throw new ServiceError('ResourceAlreadyExistsException', 'The specified log group already exists');
    }
    this.records.set(logGroupName, { logGroupName, creationTime: Date.now(), retentionInDays, events: [] });
  }

  /** @throws ServiceError ResourceNotFoundException */
  retain(logGroupName: string, retentionInDays: number | undefined): void {
    this.existing(logGroupName).retentionInDays = retentionInDays;
  }

  /** What it holds goes with it. */
  delete(logGroupName: string): void {
    this.records.delete(logGroupName);
  }

  /** As other services take it, for any stream of it: `…:log-group:NAME:*`. */
  arnOf(logGroupName: string): string {
    return `${this.resource(logGroupName)}:*`;
  }

  /** Writes a line of a function after those before it, if its role allows that; nobody waits for it. */
  write(caller: Session, record: LogRecord): void {
    const timestamp = Date.now();
    this.written = this.written.then(() => this.put(caller, record, timestamp));
  }

  /** @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs.html */
  private async put(caller: Session, { logGroupName, logStreamName, message }: LogRecord, timestamp: number) {
    const isAllowed = (action: string, stream = '') =>
      authorize(caller, `logs:${action}`, [this.resource(logGroupName, stream)]).then(
        () => true,
        () => false,
      );
    if (!this.records.has(logGroupName) && (await isAllowed('CreateLogGroup'))) {
      this.create(logGroupName);
    }
    const stream = `${logGroupName}:${logStreamName}`;
    const isOpen =
      this.streams.get(stream) ??
      ((await isAllowed('CreateLogStream', logStreamName)) && (await isAllowed('PutLogEvents', logStreamName)));
    this.streams.set(stream, isOpen);
    const event = { logStreamName, message, timestamp, ingestionTime: Date.now() };
    if (isOpen) {
      this.records.get(logGroupName)?.events.push({ ...event, eventId: String(this.count++).padStart(56, '0') });
    }
  }

  /** @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeLogGroups.html */
  private async describeLogGroups(caller: Session, input: Readonly<Record<string, unknown>>): Promise<object> {
    await authorize(caller, 'logs:DescribeLogGroups', ['*']);
    await this.written;
    const { logGroupNamePrefix = '' } = input as { logGroupNamePrefix?: string };
    const named = [...this.records.values()].filter((group) => group.logGroupName.startsWith(logGroupNamePrefix));
    const sorted = named.sort((a, b) => (a.logGroupName < b.logGroupName ? -1 : 1));
    return {
      logGroups: sorted.map(({ events, ...group }) => ({
        ...group,
        ...{ arn: this.arnOf(group.logGroupName), logGroupArn: this.arnOf(group.logGroupName).slice(0, -2) },
        ...{ logGroupClass: 'STANDARD', storedBytes: events.reduce((sum, { message }) => sum + message.length, 0) },
      })),
    };
  }

  /** @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html */
  private async filterLogEvents(caller: Session, input: Readonly<Record<string, unknown>>): Promise<object> {
    const { logGroupName, logGroupIdentifier, limit = DEFAULT_LIMIT, nextToken = '0', ...filter } = input as Request;
    const name = logGroupName ?? logGroupIdentifier?.replace(/^arn:.*:log-group:/, '') ?? '';
    await authorize(caller, 'logs:FilterLogEvents', [this.resource(name, '')]);
    await this.written;
    if (/^\s*[[{%]|(^|\s)[-?]/.test(filter.filterPattern ?? '')) {
      throw new ServiceError('InvalidParameterException', 'filterPattern: only terms are modelled, all of which count');
    }
    const events = matching(this.existing(name).events, filter).slice(Number(nextToken));
    return {
      events: events.slice(0, limit),
      searchedLogStreams: [],
      nextToken: events.length > limit ? String(Number(nextToken) + limit) : undefined,
    };
  }

  private existing(logGroupName: string): LogGroup {
    const group = this.records.get(logGroupName);
    if (group === undefined) {
      throw new ServiceError('ResourceNotFoundException', 'The specified log group does not exist.');
    }
    return group;
  }

  /** What permissions are for: with a stream's name or an empty one, as messages of AWS show. */
  private resource(logGroupName: string, logStreamName?: string): string {
    const { partition, region, accountId } = this.environment;
    const group = `arn:${partition}:logs:${region}:${accountId}:log-group:${logGroupName}`;
    return logStreamName === undefined ? group : `${group}:log-stream:${logStreamName}`;
  }
}

interface Request extends EventFilter {
  readonly logGroupName?: string;
  readonly logGroupIdentifier?: string;
  readonly limit?: number;
  readonly nextToken?: string;
}
