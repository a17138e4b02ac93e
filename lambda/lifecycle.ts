import type { CloudFormationCustomResourceEvent, Context } from 'aws-lambda';
import type { ConnectionTestAttributes } from './contract';
import type { Log } from './log';
import { parseProperties } from './properties';
import { testConnection, type Glue } from './test-connection';

/** What the handler decides; how it is put to CloudFormation is `cloudformation-response.ts`. */
export type Decision =
  | { readonly status: 'SUCCESS'; readonly attributes?: ConnectionTestAttributes }
  | { readonly status: 'FAILED'; readonly reason: string };

export interface Surroundings {
  readonly createGlue: () => Glue;
  readonly now: () => number;
  readonly log: Log;
}

/** Kept for the answer when the test itself takes all the time that Lambda gives. */
const ANSWER_RESERVE_MS = 15_000;

/** Create and Update test the connection; Delete has nothing to undo. Never throws. */
export async function decide(
  event: CloudFormationCustomResourceEvent,
  context: Pick<Context, 'getRemainingTimeInMillis' | 'logGroupName' | 'logStreamName'>,
  { createGlue, now, log }: Surroundings,
): Promise<Decision> {
  if (event.RequestType === 'Delete') {
    return { status: 'SUCCESS' };
  }
  const startedAt = now();
  try {
    const request = parseProperties(event.ResourceProperties);
    const available = context.getRemainingTimeInMillis() - ANSWER_RESERVE_MS;
    const glue = createGlue();
    try {
      await testConnection(request, glue, Math.max(1, Math.min(request.timeoutSeconds * 1000, available)));
    } finally {
      glue.destroy();
    }
    const attributes: ConnectionTestAttributes = {
      ConnectionName: request.connectionName,
      Outcome: 'PASSED',
      TestedAt: new Date(now()).toISOString(),
      DurationMs: now() - startedAt,
    };
    log({ message: 'connection passed', ...attributes });
    return { status: 'SUCCESS', attributes };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    log({ level: 'ERROR', message, connectionName: event.ResourceProperties.ConnectionName as unknown });
    return { status: 'FAILED', reason: reasonFor(event, message, context) };
  }
}

function reasonFor(
  event: CloudFormationCustomResourceEvent,
  message: string,
  context: Pick<Context, 'logGroupName' | 'logStreamName'>,
): string {
  const name: unknown = event.ResourceProperties.ConnectionName;
  const subject =
    typeof name === 'string' ? `Glue connection '${name}' failed its test` : 'No Glue connection was tested';
  return `${subject}: ${message}\nLog: ${context.logGroupName}, stream ${context.logStreamName}`;
}
