import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { compareEnvironments } from '../cdk/environment';
import type { RegisteredTest } from '../gate/tests-of-app';

/** @throws an error when a monitor can't repeat the test */
export function checkTest(monitor: Construct, test: RegisteredTest): void {
  const got = `got: ${test.node.path}`;
  if (test._facts.input !== undefined) {
    throw new Error(
      `'tests' must not contain the test of an input, which has no name to find it by, ${got}; test the connection that ` +
        'is created after it',
    );
  }
  const [own, other] = [Stack.of(monitor), Stack.of(test)];
  if (compareEnvironments(own, other) === 'different') {
    throw new Error(
      `'tests' must be in the account and Region of the monitor, ${nameOf(own)}, ${got} in ${nameOf(other)}; create a ` +
        'monitor in a stack of that account and Region, or use ConnectionMonitor.ofAll(app)',
    );
  }
  if (test._provider._function === undefined) {
    throw new Error(`'tests' ${NOT_OF_THIS_APP}, ${got}; leave out its 'provider'`);
  }
}

/** Why the function of a provider that is deployed elsewhere takes part in no monitor. */
export const NOT_OF_THIS_APP =
  "must have a provider of this app, since a function that is deployed elsewhere can't be given what a monitor needs, " +
  'and that of the CloudFormation template has no code for it';

function nameOf({ account, region }: Stack): string {
  return `${account}/${region}`;
}
