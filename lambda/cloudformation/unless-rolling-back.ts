import { firstCharacters } from '../base/text';
import { attributesOf, type Answer, type LambdaContext } from './answer';
import type { TestDependencies } from '../connection/test-connection';
import type { RollbackState } from './ask-for-rollback';
import type { ResourceEvent } from './event';

/** How long to keep asking CloudFormation before a test, and again after a failed one, if there is enough time. */
const ASK_BEFORE_TEST_MS = 60_000;
const ASK_AFTER_FAILURE_MS = 30_000;

/** The dependencies of the rollback check. */
export interface RollbackDependencies extends Pick<TestDependencies, 'clock' | 'log' | 'redactor'> {
  readonly askForRollback: (stackId: string, patienceMs: number) => Promise<RollbackState>;
}

/**
 * Answers an Update. An Update must not fail while the stack rolls back. It would leave the stack in
 * UPDATE_ROLLBACK_FAILED because of a connection that is back to what it was.
 */
export async function unlessRollingBack(
  event: ResourceEvent,
  context: LambdaContext,
  dependencies: RollbackDependencies,
  test: () => Promise<Answer>,
): Promise<Answer> {
  // With little time left, each question gets a quarter of it, so that the test and the answer still fit.
  const ask = (mostMs: number) =>
    dependencies.askForRollback(event.stackId, Math.min(mostMs, context.getRemainingTimeInMillis() / 4));
  const before = await ask(ASK_BEFORE_TEST_MS);
  if (before.state === 'rolling back') {
    return skip('not tested, since the stack is rolling back', event, dependencies);
  }
  const answer = await test();
  if (answer.status !== 'FAILED' || before.state !== 'unknown') {
    return answer;
  }
  const after = await ask(ASK_AFTER_FAILURE_MS);
  switch (after.state) {
    case 'rolling back':
      return skip('the failure does not count, since the stack is rolling back', event, dependencies);
    case 'not rolling back':
      return answer;
    case 'unknown': {
      // Mask the cause before cutting it, so that no secret is cut in half.
      const cause = firstCharacters(dependencies.redactor.redact(after.cause), 100);
      const unknown = `CloudFormation did not tell whether the stack is rolling back (${cause}).`;
      return { ...answer, reason: `${answer.reason}\n${unknown}` };
    }
  }
}

function skip(message: string, { properties }: ResourceEvent, { log, clock }: RollbackDependencies): Answer {
  log({ level: 'INFO', event: 'skipped', message: `SKIPPED: ${message}` });
  // Take the name as the template gives it. During a rollback, no other property is read.
  const { ConnectionName: name } = properties;
  const connectionName = typeof name === 'string' ? firstCharacters(name, 255) : '';
  return { status: 'SUCCESS', attributes: attributesOf(connectionName, 'SKIPPED', { message }, clock) };
}
