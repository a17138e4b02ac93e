import { orElseAfter, withDeadline } from '../base/deadline';
import type { Decision, LambdaContext, Surroundings } from './decision';
import type { ResourceEvent } from './event';
import { InvalidPropertiesError, parseProperties, type TestRequest } from '../properties/properties';
import { cut } from '../failures/explanation';
import { runTest } from '../connection/test-connection';
import { unlessRollingBack } from './unless-rolling-back';

/** Create and Update test the connection; Delete has nothing to undo. Never throws. */
export async function decide(
  event: ResourceEvent,
  context: LambdaContext,
  surroundings: Surroundings,
): Promise<Decision> {
  const test = () => testOrSayWhyNot(event, context, surroundings);
  switch (event.requestType) {
    case 'Delete':
      return { status: 'SUCCESS' };
    case 'Update':
      return unlessRollingBack(event, context, surroundings, test);
    default:
      return test();
  }
}

async function testOrSayWhyNot(
  event: ResourceEvent,
  context: LambdaContext,
  surroundings: Surroundings,
): Promise<Decision> {
  const { log, redact } = surroundings;
  try {
    if (event.requestType !== 'Create' && event.requestType !== 'Update') {
      throw new Error("'RequestType' must be one of Create, Update, Delete");
    }
    return await runTest(await readRequest(event, context, surroundings), context, surroundings);
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    const problem = error instanceof InvalidPropertiesError ? 'invalid properties' : name;
    const text = `no connection was tested: ${problem}: ${message}`;
    log({ level: 'ERROR', event: 'not tested', message: text, exception: name, cause: message });
    const where = `Log: ${context.logGroupName}, stream ${context.logStreamName}`;
    return {
      status: 'FAILED',
      reason: `No Glue connection was tested: ${problem}: ${cut(redact(message), MAX_PROBLEM_BYTES)}\n${where}`,
    };
  }
}

/** Of the 4096 bytes of an answer, in its JSON form: enough for a dozen problems, with room for the ids and the log. */
const MAX_PROBLEM_BYTES = 2_300;

/** How long secrets are asked for, where other problems are known already. */
const SECRETS_MS = 5_000;

/** @throws InvalidPropertiesError with all that is wrong, also with the secrets that the properties refer to */
async function readRequest(
  { properties, serviceTimeoutSeconds }: ResourceEvent,
  context: LambdaContext,
  { loadInputResolver, loadRole, clock }: Surroundings,
): Promise<TestRequest> {
  try {
    return parseProperties(properties, serviceTimeoutSeconds);
  } catch (error) {
    if (!(error instanceof InvalidPropertiesError)) {
      throw error;
    }
    const patience = Math.min(SECRETS_MS, context.getRemainingTimeInMillis() / 4);
    const asked = withDeadline(patience, clock, async ({ signal }) => {
      const role = await loadRole();
      const refusal = await role?.assume(signal);
      return refusal ? [] : (await loadInputResolver(patience)).problems(properties.TestConnectionInput, signal);
    });
    // What is known already is told, whatever comes of the question.
    const more = await orElseAfter(
      patience + 100,
      asked.catch(() => []),
      () => [],
    );
    throw new InvalidPropertiesError([...error.problems, ...more]);
  }
}
