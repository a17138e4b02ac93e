import type { Clock } from '../base/clock';
import { createLog } from '../base/log';
import { Redactor } from '../base/redaction/redactor';
import type { LambdaContext } from '../cloudformation/answer';
import { readEvent } from '../cloudformation/event';
import type { Completion, Started } from './contract';
import { Executions } from './executions';
import { start } from './start';
import { wait } from './wait';

/**
 * Serves `Custom::GlueConnectionSweep` for the CDK's provider framework, which calls it for both of its handlers, and
 * answers CloudFormation.
 *
 * @param input an event of CloudFormation; with what `start` has returned, the framework asks whether it is complete
 */
export async function sweepResource(
  input: object,
  { logGroupName }: LambdaContext,
  clock: Clock,
): Promise<Started | Completion> {
  const event = readEvent(input, process.env.AWS_ENDPOINT_URL);
  const { StateMachineArn: stateMachineArn } = event.properties;
  const log = createLog(event.requestId, event.logicalResourceId, new Redactor().redact);
  const executions = new Executions(String(stateMachineArn), clock);
  const dependencies = { executions, clock, log, logGroupName };
  const { SweepExecution: started } = input as Partial<Started>;
  try {
    return started === undefined ? await start(event, dependencies) : await wait(event, started, dependencies);
  } catch (error) {
    const { name, message } = error as Error;
    log({ level: 'ERROR', event: 'sweep failed', message: `${name}: ${message}` });
    throw error;
  } finally {
    executions.close();
  }
}
