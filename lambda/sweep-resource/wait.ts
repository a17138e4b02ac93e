import type { DescribeExecutionCommandOutput } from '@aws-sdk/client-sfn';
import type { ResourceEvent } from '../cloudformation/event';
import { diagnose } from '../failures/exceptions';
import { factsOf } from '../failures/failure';
import type { Completion, ConnectionSweepAttributes, ConnectionSweepProperties, Started } from './contract';
import type { Dependencies } from './dependencies';
import { causeOf, failedNames, nothingFound, said } from './reason';
import { attributesOf, skipped, summaryIn } from './result';
import { throwUnlessRollingBack } from './rollback';
import { limitOf } from './time-limit';

/** How long a new execution and a new permission may not be known everywhere. */
const SETTLED_MS = 180_000;

type Execution = Required<Started['SweepExecution']>;

/**
 * `isComplete` of the provider framework, which asks every few seconds.
 *
 * @throws SweepFailedError what CloudFormation is to know
 */
export async function wait(
  event: ResourceEvent,
  { Arn, At }: Started['SweepExecution'],
  dependencies: Dependencies,
): Promise<Completion> {
  if (Arn === undefined) {
    return event.requestType === 'Delete'
      ? { IsComplete: true }
      : complete(skipped('not swept, since the stack is rolling back', ''));
  }
  try {
    return await completionOf({ Arn, At }, event, dependencies);
  } catch (error) {
    await throwUnlessRollingBack(error, event, dependencies);
    return complete(skipped('the failure does not count, since the stack is rolling back', Arn));
  }
}

async function completionOf(
  execution: Execution,
  event: ResourceEvent,
  dependencies: Dependencies,
): Promise<Completion> {
  const { Arn } = execution;
  const { executions, fail } = dependencies;
  let described: DescribeExecutionCommandOutput;
  try {
    described = await executions.describe(Arn);
  } catch (error) {
    return unknown(error, execution, event, dependencies);
  }
  switch (described.status) {
    case 'SUCCEEDED':
      return resultOf(described.output, Arn, event, dependencies);
    case 'FAILED':
    case 'TIMED_OUT':
      throw fail(`The sweep of Glue connections failed itself: ${causeOf(described)}`, { Execution: Arn });
    case 'ABORTED':
      throw fail(`The sweep of Glue connections was stopped before its end: ${causeOf(described)}`, { Execution: Arn });
    default:
      return running(execution, event, dependencies);
  }
}

/** Step Functions has not said whether the execution has ended: it is asked again, for as long as that may help. */
function unknown(error: unknown, { Arn, At }: Execution, event: ResourceEvent, dependencies: Dependencies): Completion {
  const { clock, fail, log } = dependencies;
  const elapsedMs = clock.now() - At;
  const { name, message, statusCode = 0, isNetwork } = factsOf(error);
  log({ level: 'WARN', event: 'sweep unknown', message: `can't tell whether it has ended: ${name}: ${message}` });
  const isRefusal =
    statusCode >= 400 && statusCode < 500 && diagnose(name, statusCode, isNetwork).category !== 'THROTTLED';
  if ((isRefusal && elapsedMs > SETTLED_MS) || elapsedMs > limitOf(event).milliseconds) {
    throw fail(`Step Functions did not tell whether the sweep has ended: ${said(error)}`, { Execution: Arn });
  }
  return { IsComplete: false };
}

async function running(
  { Arn, At }: Execution,
  event: ResourceEvent,
  { executions, clock, fail }: Dependencies,
): Promise<Completion> {
  const limit = limitOf(event);
  if (clock.now() - At <= limit.milliseconds) {
    return { IsComplete: false };
  }
  const stopped = await executions.stop(Arn, `not done within ${limit.text}`).then(
    () => 'was stopped',
    (error: unknown) => `could not be stopped (${factsOf(error).name})`,
  );
  throw fail(
    `The sweep of Glue connections did not end within ${limit.text}, and ${stopped}. Test fewer connections during a ` +
      "deployment, or more at the same time; or lower 'patience'.",
    { Execution: Arn },
  );
}

function resultOf(
  output: string | undefined,
  arn: string,
  { properties }: ResourceEvent,
  { fail, log }: Dependencies,
): Completion {
  const { OnFailure, OnEmpty } = properties as Partial<ConnectionSweepProperties>;
  const summary = summaryIn(output);
  if (summary === undefined) {
    throw fail(
      'The output of the execution is not that of a sweep: StateMachineArn must be the state machine of a ' +
        'ConnectionSweep.',
      { Execution: arn },
    );
  }
  if (summary.failed > 0 && OnFailure !== 'REPORT') {
    const places = { Execution: arn, ...(summary.report === undefined ? {} : { Report: summary.report }) };
    throw fail((maxBytes) => failedNames(summary, maxBytes), places);
  }
  if (summary.tested === 0 && summary.deleted === 0 && OnEmpty !== 'PASS') {
    throw fail(nothingFound(summary), { Execution: arn });
  }
  const attributes = attributesOf(summary, arn);
  log({ level: 'INFO', event: 'sweep passed', message: `${attributes.Outcome}: ${attributes.Report}` });
  return complete(attributes);
}

function complete(Data: ConnectionSweepAttributes): Completion {
  return { IsComplete: true, Data };
}
