import { quote } from '../base/json-text';
import type { Log } from '../base/log';
import { tried } from '../failures/explanation';
import type { Verdict } from './verdict';

/** What the log calls the tested connection. */
export interface Tested {
  readonly connectionName?: string;
  readonly connectionType?: string;
}

/**
 * Logs a verdict with all that is known.
 *
 * @param level of a connection that did not pass
 */
export function logVerdict(
  { failure, details, network, attempts, milliseconds }: Verdict,
  { connectionName, connectionType }: Tested,
  level: 'WARN' | 'ERROR',
  log: Log,
): void {
  const fields = { connectionName, connectionType, attempts, milliseconds };
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
