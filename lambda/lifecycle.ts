import { orElseAfter, withDeadline } from './deadline';
import type { Decision, LambdaContext, Surroundings } from './decision';
import type { ResourceEvent } from './event';
import { InvalidPropertiesError, parseProperties, type TestRequest } from './properties';
import { cut } from './reason';
import { runTest } from './test-run';
import { firstCharacters } from './text';
import { attributesOf } from './verdict';

/** Create and Update test the connection; Delete has nothing to undo. Never throws. */
export async function decide(
  event: ResourceEvent,
  context: LambdaContext,
  surroundings: Surroundings,
): Promise<Decision> {
  const { log, redact, clock, isRollingBack } = surroundings;
  try {
    switch (event.requestType) {
      case 'Delete':
        return { status: 'SUCCESS' };
      case 'Update':
        if (await isRollingBack(event.stackId)) {
          const message = 'not tested, since the stack is rolling back';
          log({ level: 'INFO', message });
          return {
            status: 'SUCCESS',
            attributes: attributesOf(firstCharacters(nameIn(event), 255), 'SKIPPED', { message }, clock),
          };
        }
        break;
      case 'Create':
        break;
      default:
        throw new Error("'RequestType' must be one of Create, Update, Delete");
    }
    return await runTest(await readRequest(event, context, surroundings), context, surroundings);
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    log({ level: 'ERROR', message: 'no connection was tested', exception: name, cause: message });
    const problem = error instanceof InvalidPropertiesError ? 'invalid properties' : name;
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
  { properties }: ResourceEvent,
  context: LambdaContext,
  { loadInputResolver, loadRole, clock }: Surroundings,
): Promise<TestRequest> {
  try {
    return parseProperties(properties);
  } catch (error) {
    if (!(error instanceof InvalidPropertiesError)) {
      throw error;
    }
    const patience = Math.min(SECRETS_MS, context.getRemainingTimeInMillis() / 4);
    const asked = withDeadline(patience, clock, async ({ signal }) => {
      const role = await loadRole();
      const refusal = await role?.assume(signal);
      return refusal ? [] : (await loadInputResolver()).problems(properties.TestConnectionInput, signal);
    });
    const more = await orElseAfter(patience + 100, asked, () => []);
    throw new InvalidPropertiesError([...error.problems, ...more]);
  }
}

/** The name as the template gives it; of a rollback, nothing more is read. */
function nameIn({ properties }: ResourceEvent): string {
  const { ConnectionName: name } = properties;
  return typeof name === 'string' ? name : '';
}
