import { logVerdict } from '../connection/verdict-log';
import { testConnection, type TestDependencies } from '../connection/test-connection';
import { isTransient } from '../failures/retry';
import { parseProperties } from '../properties/properties';
import type { SweepResult, TestOneRequest } from './contract';
import { fingerprintOf } from './fingerprint';
import { shortMessage } from './limits';

/**
 * Tests one connection, in a child execution of its own. Only what is wrong with the test itself is thrown.
 *
 * @param remainingMs what Lambda leaves
 */
export async function testOne(
  { Name, MaxAttempts = 1, ...settings }: TestOneRequest,
  remainingMs: number,
  dependencies: TestDependencies,
): Promise<SweepResult> {
  const request = parseProperties({ ConnectionName: Name, MaxAttempts, ...settings });
  const verdict = await testConnection(request, remainingMs, dependencies);
  const { failure, attempts, milliseconds } = verdict;
  const isUnsupported = failure?.category === 'UNSUPPORTED';
  logVerdict(request, verdict, isUnsupported ? 'WARN' : 'ERROR', dependencies);
  const tried = { Id: fingerprintOf(Name), Attempts: attempts, Milliseconds: Math.round(milliseconds) };
  if (failure === undefined) {
    return { ...tried, Outcome: 'PASSED' };
  }
  const { category, message, network } = failure;
  return {
    ...tried,
    Outcome: isUnsupported ? 'UNSUPPORTED' : 'FAILED',
    Category: category,
    Message: shortMessage(message),
    Retry: isTransient(category) || network === 'COMING_UP',
  };
}
