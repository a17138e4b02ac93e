import type { Clock } from '../base/clock';
import type { LambdaContext } from './answer';
import type { ResourceEvent } from './event';

/**
 * Reports the time until Lambda ends the function or CloudFormation stops waiting, whichever comes first. An answer
 * after that is lost.
 *
 * The event does not say when CloudFormation began to wait. An event that Lambda delivers again has less time left than
 * this reports.
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
