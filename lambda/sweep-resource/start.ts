import { askForRollback } from '../cloudformation/ask-for-rollback';
import type { ResourceEvent } from '../cloudformation/event';
import { factsOf } from '../failures/failure';
import { InvalidPropertiesError } from '../properties/properties';
import type { Started } from './contract';
import type { Dependencies } from './dependencies';
import { readSweepInput } from './model';
import { said } from './reason';
import { throwUnlessRollingBack } from './rollback';

/** How long to keep asking CloudFormation whether the stack is rolling back. */
const ASK_MS = 60_000;

/**
 * `onEvent` of the provider framework: starts an execution on Create and Update. An Update in a rollback and a Delete
 * start none, and stop what a deployment has left running.
 *
 * @throws SweepFailedError what CloudFormation is to know; never on Delete
 */
export async function start(event: ResourceEvent, dependencies: Dependencies): Promise<Started> {
  const { requestType, stackId, physicalResourceId: PhysicalResourceId } = event;
  const { clock, log } = dependencies;
  // CloudFormation has begun to wait before.
  const At = clock.now();
  const started = (Arn?: string): Started => ({ PhysicalResourceId, SweepExecution: { Arn, At } });
  switch (requestType) {
    case 'Delete':
      await stopEarlier('the stack no longer has the sweep', event, dependencies);
      return started();
    case 'Create':
      return started(await begin(event, dependencies));
    case 'Update': {
      const { state } = await askForRollback(stackId, ASK_MS, clock, log);
      await stopEarlier('an update of the stack has taken its place', event, dependencies);
      if (state === 'rolling back') {
        log({ level: 'INFO', event: 'skipped', message: 'SKIPPED: not swept, since the stack is rolling back' });
        return started();
      }
      try {
        return started(await begin(event, dependencies));
      } catch (error) {
        await throwUnlessRollingBack(error, event, dependencies);
        return started();
      }
    }
    default:
      throw dependencies.fail("No Glue connection was tested: 'RequestType' must be one of Create, Update, Delete");
  }
}

/** @returns the ARN of the execution */
async function begin({ requestId, properties }: ResourceEvent, { executions, fail, log }: Dependencies) {
  try {
    const arn = await executions.start(requestId, readSweepInput(properties));
    log({ level: 'INFO', event: 'sweep started', message: `started ${arn}` });
    return arn;
  } catch (error) {
    throw error instanceof InvalidPropertiesError
      ? fail(`No Glue connection was tested: invalid properties: ${error.message}`)
      : fail(`The sweep of Glue connections did not start: ${said(error)}`);
  }
}

/** What can't be stopped ends by itself. Nothing depends on it. */
async function stopEarlier(cause: string, { requestId }: ResourceEvent, { executions, log }: Dependencies) {
  try {
    await executions.stopEarlier(requestId, cause);
  } catch (error) {
    const { name, message } = factsOf(error);
    log({ level: 'WARN', event: 'sweep not stopped', message: `earlier sweeps were not stopped: ${name}: ${message}` });
  }
}
