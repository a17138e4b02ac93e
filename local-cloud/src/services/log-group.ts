/** @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilteredLogEvent.html */
export interface LogEvent {
  readonly eventId: string;
  readonly logStreamName: string;
  readonly message: string;
  /** In milliseconds since 1970. */
  readonly timestamp: number;
  readonly ingestionTime: number;
}

export interface LogGroup {
  readonly logGroupName: string;
  readonly creationTime: number;
  retentionInDays?: number;
  readonly events: LogEvent[];
}

/** @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html */
export interface EventFilter {
  readonly startTime?: number;
  readonly endTime?: number;
  readonly logStreamNames?: readonly string[];
  readonly logStreamNamePrefix?: string;
  readonly filterPattern?: string;
}

/** Those that the filter lets through: both times are within. */
export function matching(events: readonly LogEvent[], filter: EventFilter): LogEvent[] {
  const { startTime = 0, endTime = Infinity, logStreamNames, logStreamNamePrefix = '', filterPattern = '' } = filter;
  const terms = [...filterPattern.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
  return events.filter(
    ({ timestamp, logStreamName, message }) =>
      timestamp >= startTime &&
      timestamp <= endTime &&
      logStreamNames?.includes(logStreamName) !== false &&
      logStreamName.startsWith(logStreamNamePrefix) &&
      terms.every((term) => message.includes(term)),
  );
}
