import { quote } from '../base/json-text';
import type { LogEntry } from '../base/log';
import { metricsOf } from '../base/metrics';
import type { Category } from '../contract';
import { tried } from '../failures/explanation';
import type { Target, TestRequest } from '../properties/test-request';
import type { TestDependencies } from './test-connection';
import type { Verdict } from './verdict';

/** After these failures, nobody knows whether a connection is healthy: it is gone, or Glue can't test it. */
const SAYS_NOTHING: readonly Category[] = ['NOT_FOUND', 'UNSUPPORTED'];

/**
 * Logs a verdict in one entry, which carries the metrics too.
 *
 * @param level of a failure
 * @param more fields that the caller adds
 */
export function logVerdict(
  { target, emitsMetrics }: Pick<TestRequest, 'target' | 'emitsMetrics'>,
  { failure, details, network, attempts, milliseconds }: Verdict,
  level: LogEntry['level'],
  { clock, log }: Pick<TestDependencies, 'clock' | 'log'>,
  more?: Readonly<Record<string, string | readonly string[] | undefined>>,
): void {
  const isInput = !('connectionName' in target);
  const saysNothing = failure !== undefined && SAYS_NOTHING.includes(failure.category);
  const fields = {
    connectionName: isInput ? undefined : target.connectionName,
    connectionType: isInput ? typeOf(target) : undefined,
    attempts,
    milliseconds,
    ...more,
    ...(isInput || saysNothing || emitsMetrics !== true
      ? undefined
      : metricsOf(target.connectionName, failure === undefined, { attempts, milliseconds }, clock.now())),
  };
  if (failure === undefined) {
    log({ level: 'INFO', event: 'connection passed', message: `PASSED, ${tried(attempts, milliseconds)}`, ...fields });
    return;
  }
  const { category, cause, nextStep, exception, message, saidBy } = failure;
  log({
    level,
    event: 'connection failed',
    message: `${category}, ${tried(attempts, milliseconds)}: ${quote(message)}`,
    ...fields,
    category,
    exception,
    saidBy,
    said: quote(message),
    cause,
    nextStep,
    details: details.join('; '),
    findings: network?.findings.map(({ rule }) => rule),
    found: network?.findings.map(({ sentence }) => sentence),
    checked: network?.inOrder.map(({ name }) => name),
  });
}

/** The type of a connection that need not exist. */
export function typeOf({ input: { ConnectionType: type } }: Exclude<Target, { connectionName: string }>): string {
  return typeof type === 'string' ? type : 'from a secret';
}
