import type { MonitoredProperties, MonitorSettings, ScheduledEvent } from '../../../lambda/monitor/contract';
import { exception } from '../aws-stub';
import type { BlackBox, LogEntry, Result } from '../black-box';

export const SECRET = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod/orders-AbCdEf';

export const SETTINGS: MonitorSettings = {
  Group: 'group',
  Schedule: 'connections',
  RoleArn: 'arn:aws:iam::111122223333:role/scheduler',
  StackId: 'arn:aws:cloudformation:eu-west-1:111122223333:stack/Orders/1a2b3c4d',
  IntervalMinutes: 60,
  MaxConcurrency: 5,
};

export const REFUSED = exception('InvalidInputException', 'FATAL: password authentication failed for user "orders"');
export const UNREACHABLE = exception('InvalidInputException', 'Connection refused');
export const GONE = exception('EntityNotFoundException', 'Connection not found.');

/** What a schedule sends for connections of these names. */
export function scheduled(
  names: readonly string[],
  properties: Partial<MonitoredProperties> = {},
  more: Partial<ScheduledEvent> = {},
): ScheduledEvent {
  const Connections = names.map((ConnectionName) => ({
    Properties: { ConnectionName, TimeoutSeconds: 1, MaxAttempts: 1, ...properties },
    Secrets: [SECRET],
  }));
  return { Monitor: SETTINGS, Connections, ...more };
}

/** Invokes the function with an event as it is. */
export function send(blackBox: BlackBox, event: unknown, remainingMs?: number): Promise<Result> {
  return blackBox.invoke({ rewrite: () => event, remainingMs });
}

/** What was logged about connections. */
export function told({ entries }: Pick<Result, 'entries'>): LogEntry[] {
  return entries.filter(({ event }) => /^connection (passed|failed|backs off)$/.test(String(event)));
}

/** The connections that Glue was asked to test, in that order. */
export function testedIn(blackBox: BlackBox): string[] {
  return blackBox.aws.callsOf(/^TestConnection$/).map(({ input }) => String(input.ConnectionName));
}
