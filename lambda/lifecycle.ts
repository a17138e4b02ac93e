import type { Decision, LambdaContext, Surroundings } from './decision';
import type { ResourceEvent } from './event';
import { InvalidPropertiesError, parseProperties } from './properties';
import { quote } from './reason';
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
    return await runTest(parseProperties(event.properties), context, surroundings);
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    log({ level: 'ERROR', message: 'no connection was tested', exception: name, cause: message });
    const problem = error instanceof InvalidPropertiesError ? 'invalid properties' : name;
    const where = `Log: ${context.logGroupName}, stream ${context.logStreamName}`;
    return {
      status: 'FAILED',
      reason: `No Glue connection was tested: ${problem}: ${quote(redact(message))}\n${where}`,
    };
  }
}

/** The name as the template gives it; of a rollback, nothing more is read. */
function nameIn({ properties }: ResourceEvent): string {
  const { ConnectionName: name } = properties;
  return typeof name === 'string' ? name : '';
}
