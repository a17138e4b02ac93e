import { askForRollback } from '../cloudformation/ask-for-rollback';
import type { ResourceEvent } from '../cloudformation/event';
import type { SweepInput } from '../sweep/contract';
import type { ConnectionSweepProperties, Started } from './contract';
import { SweepFailedError, type Dependencies } from './dependencies';
import { parseSweepProperties } from './model';

/** How long to keep asking CloudFormation whether the stack is rolling back. */
const ASK_MS = 60_000;

/**
 * `onEvent` of the provider framework: starts an execution on Create and Update. An Update in a rollback and a Delete
 * start none, and stop what a deployment has left running.
 *
 * @throws SweepFailedError what CloudFormation is to know; never on Delete
 */
export async function start(event: ResourceEvent, dependencies: Dependencies): Promise<Started> {
  const { clock, log, executions } = dependencies;
  const { requestType, requestId, stackId, physicalResourceId: PhysicalResourceId } = event;
  const nothing = { PhysicalResourceId, SweepExecution: { At: clock.now() } };
  if (requestType === 'Delete') {
    await stopEarlier('the stack no longer has the sweep', event, dependencies);
    return nothing;
  }
  if (requestType === 'Update') {
    const { state } = await askForRollback(stackId, ASK_MS, clock, log);
    await stopEarlier('an update of the stack has taken its place', event, dependencies);
    if (state === 'rolling back') {
      log({ level: 'INFO', event: 'skipped', message: 'SKIPPED: not swept, since the stack is rolling back' });
      return nothing;
    }
  }
  const input = inputOf(parseSweepProperties(event.properties));
  try {
    const Arn = await executions.start(requestId, input);
    log({ level: 'INFO', event: 'sweep started', message: `started ${Arn}` });
    return { PhysicalResourceId, SweepExecution: { Arn, At: clock.now() } };
  } catch (error) {
    const { name, message } = error as Error;
    throw new SweepFailedError(`The sweep of Glue connections did not start: ${name}: ${message}`);
  }
}

function inputOf(properties: ConnectionSweepProperties): SweepInput {
  const { Include: include, Exclude: exclude, ConnectionTypes: connectionTypes } = properties;
  return { include, exclude, connectionTypes };
}

/** What can't be stopped ends by itself. Nothing depends on it. */
async function stopEarlier(cause: string, { requestId }: ResourceEvent, { executions, log }: Dependencies) {
  try {
    await executions.stopEarlier(requestId, cause);
  } catch (error) {
    const { name, message } = error as Error;
    log({ level: 'WARN', event: 'sweep not stopped', message: `earlier sweeps were not stopped: ${name}: ${message}` });
  }
}
