import type { Construct } from 'constructs';
import { warnOnce } from '../cdk/warn-once';
import type { ConnectionSweepProps } from './connection-sweep-props';

/** Warns of what the properties don't say: the connections may be in no app, so that nothing else tells it. */
export function warnOfUnknownPermissions(sweep: Construct, { secrets, inVpc }: ConnectionSweepProps): void {
  const questions = [
    ...(secrets === undefined ? ["pass the secrets that the connections use as 'secrets', or an empty list"] : []),
    ...(inVpc === undefined ? ["pass 'inVpc: true' if some of them are in a VPC, or else 'inVpc: false'"] : []),
  ];
  if (questions.length > 0) {
    warnOnce(
      sweep,
      'permissionsUnknown',
      `the permissions that the tests need are unknown until deployment: ${questions.join('; ')}; without these ` +
        'permissions a test fails. Acknowledge this warning if the tests need none',
    );
  }
}
