import { paginateFilterLogEvents, type CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import type { Verdict } from '../evidence';

/** What the function logs of each test, and nothing else. */
const EVENTS = ['connection passed', 'connection failed'];

/** The lines about tests in these log groups since then, the oldest first. A group that is gone has none. */
export async function verdictsSince(
  client: CloudWatchLogsClient,
  groups: readonly string[],
  since: Date,
): Promise<Verdict[]> {
  const verdicts: Verdict[] = [];
  for (const logGroupName of groups) {
    try {
      for await (const { events = [] } of paginateFilterLogEvents({ client }, { logGroupName, startTime: +since })) {
        verdicts.push(...events.flatMap(({ message = '', timestamp = 0 }) => verdictOf(message, timestamp)));
      }
    } catch (error) {
      if (!(error instanceof Error && error.name === 'ResourceNotFoundException')) {
        throw error;
      }
    }
  }
  return verdicts.sort((one, other) => one.at.localeCompare(other.at));
}

function verdictOf(message: string, timestamp: number): Verdict[] {
  const line = parse(message.slice(Math.max(0, message.indexOf('{'))));
  if (line === undefined || !EVENTS.includes(line.event)) {
    return [];
  }
  const { connectionName, event, attempts, milliseconds, findings, trigger } = line;
  return [{ at: new Date(timestamp).toISOString(), connectionName, event, attempts, milliseconds, findings, trigger }];
}

function parse(text: string): Verdict | undefined {
  try {
    return JSON.parse(text) as Verdict;
  } catch {
    return undefined;
  }
}
