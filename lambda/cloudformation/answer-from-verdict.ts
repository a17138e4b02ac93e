import type { Redact } from '../base/redaction/redactor';
import type { TestDependencies } from '../connection/test-connection';
import type { Verdict } from '../connection/verdict';
import { logVerdict, typeOf } from '../connection/verdict-log';
import { explain } from '../failures/explanation';
import type { ResourceRequest } from '../properties/properties';
import type { Target } from '../properties/test-request';
import { attributesOf, type Answer, type LambdaContext } from './answer';

/** Turns a verdict into an answer. The resource properties decide which failures fail the resource. */
export function answerFromVerdict(
  request: ResourceRequest,
  verdict: Verdict,
  context: LambdaContext,
  dependencies: Pick<TestDependencies, 'clock' | 'log' | 'redactor'>,
): Answer {
  const { failure, details, network, attempts, milliseconds } = verdict;
  const { clock, redactor } = dependencies;
  const { redact } = redactor;
  const { connectionName, subject } = describe(request.target, redact);
  const isUnsupported = failure?.category === 'UNSUPPORTED';
  const isTolerated = request.onFailure === 'REPORT' || (isUnsupported && request.onUnsupported === 'WARN');
  logVerdict(request, verdict, isUnsupported && isTolerated ? 'WARN' : 'ERROR', dependencies);
  if (failure === undefined) {
    const result = { message: 'Glue has connected to the data store', attempts, milliseconds };
    return { status: 'SUCCESS', attributes: attributesOf(connectionName, 'PASSED', result, clock) };
  }
  if (isTolerated) {
    const { category, message } = failure;
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

/** @returns the names that the attributes and the reason use for what was tested */
function describe(target: Target, redact: Redact) {
  if ('connectionName' in target) {
    const { connectionName } = target;
    return { connectionName, subject: `Glue connection '${redact(connectionName)}'` };
  }
  return { connectionName: '', subject: `Glue connection input of type ${redact(typeOf(target))}` };
}
