import { withDeadline } from '../base/deadline';
import { cut } from '../base/json-text';
import { testConnection, type TestDependencies } from '../connection/test-connection';
import { InvalidPropertiesError, parseProperties } from '../properties/properties';
import type { Answer, LambdaContext } from './answer';
import { answerFromVerdict } from './answer-from-verdict';
import type { ResourceEvent } from './event';
import { unlessRollingBack, type RollbackDependencies } from './unless-rolling-back';

type Dependencies = TestDependencies & RollbackDependencies;

/** The time reserved for sending the answer, if that much is left. Each earlier step has its own deadline. */
const ANSWER_RESERVE_MS = 8_000;

/**
 * Tests the connection on Create and Update; Delete has nothing to undo. Never throws, and always returns an answer in
 * time, whatever hangs.
 */
export async function answerForEvent(
  event: ResourceEvent,
  context: LambdaContext,
  dependencies: Dependencies,
): Promise<Answer> {
  if (event.requestType === 'Delete') {
    return { status: 'SUCCESS' };
  }
  const remaining = context.getRemainingTimeInMillis();
  const answer = withDeadline(remaining - Math.min(ANSWER_RESERVE_MS, remaining / 8), dependencies.clock, () =>
    event.requestType === 'Update'
      ? unlessRollingBack(event, context, dependencies, () => test(event, context, dependencies))
      : test(event, context, dependencies),
  );
  return answer.catch((error: unknown) => notTested(error, context, dependencies));
}

async function test(
  { requestType, properties, serviceTimeoutSeconds }: ResourceEvent,
  context: LambdaContext,
  dependencies: Dependencies,
): Promise<Answer> {
  try {
    if (requestType !== 'Create' && requestType !== 'Update') {
      throw new Error("'RequestType' must be one of Create, Update, Delete");
    }
    const request = parseProperties(properties, serviceTimeoutSeconds);
    const isNew = requestType === 'Create';
    const verdict = await testConnection({ ...request, isNew }, context.getRemainingTimeInMillis(), dependencies);
    return answerFromVerdict(request, verdict, context, dependencies);
  } catch (error) {
    return notTested(error, context, dependencies);
  }
}

/** Counted in the answer's JSON form. It fits a dozen problems and leaves room for the IDs and the log. */
const MAX_PROBLEM_BYTES = 2_300;

function notTested(thrown: unknown, context: LambdaContext, { log, redactor }: Dependencies): Answer {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  const { name, message } = error;
  const problem = error instanceof InvalidPropertiesError ? 'invalid properties' : name;
  const text = `no connection was tested: ${problem}: ${message}`;
  log({ level: 'ERROR', event: 'not tested', message: text, exception: name, cause: message });
  const said = cut(redactor.redact(message), MAX_PROBLEM_BYTES);
  const where = `Log: ${context.logGroupName}, stream ${context.logStreamName}`;
  return { status: 'FAILED', reason: `No Glue connection was tested: ${problem}: ${said}\n${where}` };
}
