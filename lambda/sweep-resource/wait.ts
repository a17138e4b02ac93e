import type { DescribeExecutionCommandOutput } from '@aws-sdk/client-sfn';
import { quote } from '../base/json-text';
import { askForRollback } from '../cloudformation/ask-for-rollback';
import type { ResourceEvent } from '../cloudformation/event';
import type { SweepSummary } from '../sweep/contract';
import type { Completion, ConnectionSweepAttributes, ConnectionSweepProperties, Started } from './contract';
import { SweepFailedError, type Dependencies } from './dependencies';
import { DENIED_MS } from './executions';
import { failedNames, nothingFound, report } from './reason';

/** CloudFormation waits for an hour, and so does the framework, which would not say what has taken so long. */
const MAX_MINUTES = 57;

const ASK_MS = 30_000;

/**
 * `isComplete` of the provider framework, which asks every few seconds.
 *
 * @throws SweepFailedError what CloudFormation is to know
 */
export async function wait(event: ResourceEvent, started: Started['SweepExecution'], dependencies: Dependencies) {
  if (started.Arn === undefined) {
    return event.requestType === 'Delete' ? { IsComplete: true } : skipped();
  }
  try {
    return await completionOf({ ...started, Arn: started.Arn }, event, dependencies);
  } catch (error) {
    if (event.requestType !== 'Update' || !(error instanceof SweepFailedError)) {
      throw error;
    }
    // An Update must not fail while the stack rolls back: it would stay in UPDATE_ROLLBACK_FAILED.
    const { state } = await askForRollback(event.stackId, ASK_MS, dependencies.clock, dependencies.log);
    if (state === 'rolling back') {
      return skipped();
    }
    throw state === 'unknown'
      ? new SweepFailedError(`${error.message}\nCloudFormation did not tell whether the stack is rolling back.`)
      : error;
  }
}

async function completionOf(
  { Arn, At }: Required<Started['SweepExecution']>,
  event: ResourceEvent,
  dependencies: Dependencies,
): Promise<Completion> {
  const { executions, clock, log, logGroupName } = dependencies;
  const elapsedMs = clock.now() - At;
  const fail = (text: string) => new SweepFailedError(`${text}\nExecution: ${Arn}\nLog: ${logGroupName}`);
  let execution: DescribeExecutionCommandOutput;
  try {
    execution = await executions.describe(Arn);
  } catch (error) {
    const { name, message } = error as Error;
    log({ level: 'WARN', event: 'sweep unknown', message: `can't tell whether it has ended: ${name}: ${message}` });
    const isFinal = name === 'ExecutionDoesNotExist' || (name === 'AccessDeniedException' && elapsedMs > 2 * DENIED_MS);
    if (isFinal || isOver(elapsedMs)) {
      throw fail(`Step Functions did not tell whether the sweep has ended: ${name}: ${quote(message, 500)}`);
    }
    return { IsComplete: false };
  }
  const { status, output, error = 'no error', cause = 'no cause' } = execution;
  switch (status) {
    case 'SUCCEEDED': {
      const completion = resultOf(JSON.parse(output ?? '{}') as SweepSummary, Arn, event.properties, fail);
      log({ level: 'INFO', event: 'sweep passed', message: `${completion.Data.Outcome}: ${completion.Data.Report}` });
      return completion;
    }
    case 'FAILED':
    case 'TIMED_OUT':
      throw fail(`The sweep of Glue connections failed itself: ${error}: ${quote(cause, 1_000)}`);
    case 'ABORTED':
      throw fail(`The sweep of Glue connections was stopped before its end: ${error}: ${quote(cause, 500)}`);
    default:
      if (!isOver(elapsedMs)) {
        return { IsComplete: false };
      }
      await executions.stop(Arn, `not done within ${MAX_MINUTES} minutes`).catch(() => undefined);
      throw fail(
        `The sweep of Glue connections did not end within ${MAX_MINUTES} minutes, and was stopped. Test fewer connections ` +
          "during a deployment, or more at the same time; or lower 'patience'.",
      );
  }
}

function isOver(elapsedMs: number): boolean {
  return elapsedMs > MAX_MINUTES * 60_000;
}

function resultOf(
  summary: SweepSummary,
  arn: string,
  properties: Readonly<Record<string, unknown>>,
  fail: (text: string) => SweepFailedError,
) {
  const { OnFailure, OnEmpty } = properties as Partial<ConnectionSweepProperties>;
  const { tested, failed, deleted } = summary;
  if (failed > 0 && OnFailure !== 'REPORT') {
    throw fail(`${failed} of ${tested} Glue connections failed: ${failedNames(summary)}`);
  }
  if (tested === 0 && deleted === 0 && OnEmpty !== 'PASS') {
    throw fail(nothingFound(summary));
  }
  return {
    IsComplete: true as const,
    Data: attributesOf(failed > 0 ? 'FAILED' : 'PASSED', summary, failed > 0 ? report(summary) : 'no failures', arn),
  };
}

function skipped(): Completion {
  const nothing = { listed: 0, tested: 0, passed: 0, failed: 0, unsupported: 0 };
  return {
    IsComplete: true,
    Data: attributesOf('SKIPPED', nothing, 'not swept, since the stack was rolling back', ''),
  };
}

function attributesOf(
  Outcome: ConnectionSweepAttributes['Outcome'],
  summary: Pick<SweepSummary, 'listed' | 'tested' | 'passed' | 'failed' | 'unsupported'>,
  Report: string,
  ExecutionArn: string,
): ConnectionSweepAttributes {
  const { listed, tested, passed, failed, unsupported } = summary;
  return {
    Outcome,
    Listed: String(listed),
    Tested: String(tested),
    Passed: String(passed),
    Failed: String(failed),
    Unsupported: String(unsupported),
    Report,
    ExecutionArn,
  };
}
