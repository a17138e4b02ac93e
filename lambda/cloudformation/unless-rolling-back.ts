import { firstCharacters } from '../base/text';
import { attributesOf, type Answer, type LambdaContext } from './answer';
import type { TestDependencies } from '../connection/test-connection';
import type { RollbackState } from './rollback';
import type { ResourceEvent } from './event';

/** How long CloudFormation is asked before a test, and before a failure is answered, if there is so much time. */
const BEFORE_MS = 60_000;
const AFTER_MS = 30_000;

/** What asking for a rollback depends on. */
export interface RollbackDependencies extends Pick<TestDependencies, 'clock' | 'log' | 'redactor'> {
  readonly askForRollback: (stackId: string, patienceMs: number) => Promise<RollbackState>;
}

/**
 * Answers an Update. While the stack rolls back, nothing may fail: an update that fails once more would leave the stack
 * in UPDATE_ROLLBACK_FAILED, for a connection that is what it was before.
 */
export async function unlessRollingBack(
  event: ResourceEvent,
  context: LambdaContext,
  dependencies: RollbackDependencies,
  test: () => Promise<Answer>,
): Promise<Answer> {
  // A function with little time left spends a quarter of it on each question, for the test and the answer to come.
  const ask = (mostMs: number) =>
    dependencies.askForRollback(event.stackId, Math.min(mostMs, context.getRemainingTimeInMillis() / 4));
  const before = await ask(BEFORE_MS);
  if (before.state === 'rolling back') {
    return skip('not tested, since the stack is rolling back', event, dependencies);
  }
  const answer = await test();
  if (answer.status !== 'FAILED' || before.state !== 'unknown') {
    return answer;
  }
  const after = await ask(AFTER_MS);
  switch (after.state) {
    case 'rolling back':
      return skip('the failure does not count, since the stack is rolling back', event, dependencies);
    case 'not rolling back':
      return answer;
    case 'unknown': {
      // Masked before it is cut, so that no secret is cut in half.
      const cause = firstCharacters(dependencies.redactor.redact(after.cause), 100);
      const unknown = `CloudFormation did not tell whether the stack is rolling back (${cause}).`;
      return { ...answer, reason: `${answer.reason}\n${unknown}` };
    }
  }
}

function skip(message: string, { properties }: ResourceEvent, { log, clock }: RollbackDependencies): Answer {
  log({ level: 'INFO', event: 'skipped', message: `SKIPPED: ${message}` });
  // The name as the template gives it; of a rollback, nothing more is read.
  const { ConnectionName: name } = properties;
  const connectionName = typeof name === 'string' ? firstCharacters(name, 255) : '';
  return { status: 'SUCCESS', attributes: attributesOf(connectionName, 'SKIPPED', { message }, clock) };
}
