import { quote } from '../base/json-text';
import type { Redact } from '../base/redaction/redactor';
import type { TestDependencies } from '../connection/test-connection';
import type { Verdict } from '../connection/verdict';
import { explain, tried } from '../failures/explanation';
import type { ResourceRequest } from '../properties/properties';
import type { Target } from '../properties/test-request';
import { attributesOf, type Answer, type LambdaContext } from './answer';

/** Turns a verdict into an answer. The resource properties decide which failures fail the resource. */
export function answerFromVerdict(
  request: ResourceRequest,
  { failure, details, network, attempts, milliseconds }: Verdict,
  context: LambdaContext,
  { clock, log, redactor: { redact } }: Pick<TestDependencies, 'clock' | 'log' | 'redactor'>,
): Answer {
  const { target } = request;
  const { connectionName, connectionType, subject } = describe(target, redact);
  const fields = { connectionName: connectionName || undefined, connectionType, attempts, milliseconds };
  if (failure === undefined) {
    log({ level: 'INFO', event: 'connection passed', message: `PASSED, ${tried(attempts, milliseconds)}`, ...fields });
    const result = { message: 'Glue has connected to the data store', attempts, milliseconds };
    return { status: 'SUCCESS', attributes: attributesOf(connectionName, 'PASSED', result, clock) };
  }

  const { category, cause, nextStep, exception, message, saidBy } = failure;
  const isUnsupported = category === 'UNSUPPORTED';
  const isTolerated = request.onFailure === 'REPORT' || (isUnsupported && request.onUnsupported === 'WARN');
  const level = isUnsupported && isTolerated ? 'WARN' : 'ERROR';
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
  if (isTolerated) {
    const outcome = isUnsupported ? 'UNSUPPORTED' : 'FAILED';
    const result = { category, message, attempts, milliseconds };
    return { status: 'SUCCESS', attributes: attributesOf(connectionName, outcome, result, clock) };
  }
  const where = { group: context.logGroupName, stream: context.logStreamName };
  return {
    status: 'FAILED',
    reason: explain({
      subject,
      failure,
      attempts,
      milliseconds,
      details,
      network,
      log: where,
    }),
  };
}

/** @returns the names that the attributes, the log and the reason use for what was tested */
function describe(target: Target, redact: Redact) {
  if ('connectionName' in target) {
    const { connectionName } = target;
    return { connectionName, connectionType: undefined, subject: `Glue connection '${redact(connectionName)}'` };
  }
  const { ConnectionType: type } = target.input;
  const connectionType = typeof type === 'string' ? type : 'from a secret';
  return { connectionName: '', connectionType, subject: `Glue connection input of type ${redact(connectionType)}` };
}
