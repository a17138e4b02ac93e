import type { Context } from 'aws-lambda';
import type { Clock } from '../base/clock';
import { createLog } from '../base/log';
import { Redactor } from '../base/redaction/redactor';
import { readRequest } from '../cloudformation/event';
import { isObject } from '../properties/shape';
import type { Completion, Started } from './contract';
import { Executions } from './executions';
import { said } from './reason';
import { start } from './start';
import { failsWithin, SweepFailedError } from './sweep-failed';
import { wait } from './wait';

export type SweepResourceContext = Pick<Context, 'functionName' | 'logGroupName'>;

/**
 * Serves `Custom::GlueConnectionSweep` for the CDK's provider framework, which calls it for both of its handlers, and
 * answers CloudFormation.
 *
 * @param input an event of CloudFormation; with what `start` has returned, the framework asks whether it is complete
 * @throws SweepFailedError what CloudFormation is to know
 */
export async function sweepResource(
  input: object,
  context: SweepResourceContext,
  clock: Clock,
): Promise<Started | Completion> {
  const event = readRequest(input);
  const { StateMachineArn: stateMachineArn } = event.properties;
  const log = createLog(event.requestId, event.logicalResourceId, new Redactor().redact);
  const fail = failsWithin(event, context);
  const executions = new Executions(String(stateMachineArn), event, clock);
  const dependencies = { executions, clock, log, fail };
  const { SweepExecution: started } = input as Partial<Started>;
  try {
    return isObject(started) ? await wait(event, started, dependencies) : await start(event, dependencies);
  } catch (error) {
    const { name, message } = error as Error;
    log({ level: 'ERROR', event: 'sweep failed', message: `${name}: ${message}` });
    throw error instanceof SweepFailedError ? error : fail(`The sweep of Glue connections failed: ${said(error)}`);
  } finally {
    executions.close();
  }
}
