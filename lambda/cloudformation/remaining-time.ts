import type { Clock } from '../base/clock';
import type { LambdaContext } from './answer';
import type { ResourceEvent } from './event';

/**
 * What is left until Lambda ends the function, or until CloudFormation gives up waiting: an answer after that is lost.
 *
 * When CloudFormation began to wait is not in the event. An event that is delivered again has less time than this says.
 */
export function limitedByServiceTimeout(
  { serviceTimeoutSeconds = Infinity }: ResourceEvent,
  context: LambdaContext,
  clock: Clock,
): LambdaContext {
  const { logGroupName, logStreamName } = context;
  const endsAt = clock.now() + serviceTimeoutSeconds * 1_000;
  return {
    logGroupName,
    logStreamName,
    getRemainingTimeInMillis: () => Math.min(context.getRemainingTimeInMillis(), endsAt - clock.now()),
  };
}
