import type { Clock } from '../base/clock';
import type { Category, ConnectionTestAttributes, Outcome } from '../contract';
import type { Decision, LambdaContext, Surroundings } from './decision';
import type { Failure } from '../failures/failure';
import type { Target, TestRequest } from '../properties/properties';
import { explain, quote, tried } from '../failures/explanation';
import { maskCredentials, type Redact } from '../base/redaction/redactor';

/** A test that has come to its end. */
export interface Ending {
  readonly request: TestRequest;
  /** Why the connection did not pass; undefined when it did. */
  readonly failure: Failure | undefined;
  /** What Glue knows of the connection. */
  readonly details: readonly string[];
  readonly attempts: number;
  readonly milliseconds: number;
}

/** What the end of a test means for the resource, as its properties say. */
export function judge(ending: Ending, context: LambdaContext, { clock, log, redact }: Surroundings): Decision {
  const { request, failure, details, attempts, milliseconds } = ending;
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
  });
  if (isTolerated) {
    const outcome = isUnsupported ? 'UNSUPPORTED' : 'FAILED';
    const result = { category, message, attempts, milliseconds };
    return { status: 'SUCCESS', attributes: attributesOf(connectionName, outcome, result, clock) };
  }
  const where = { group: context.logGroupName, stream: context.logStreamName };
  return {
    status: 'FAILED',
    reason: explain({ subject, failure, attempts, milliseconds, details, log: where }),
  };
}

/** @returns how attributes, log and reason call what was tested */
function describe(target: Target, redact: Redact) {
  if ('connectionName' in target) {
    const { connectionName } = target;
    return { connectionName, connectionType: undefined, subject: `Glue connection '${redact(connectionName)}'` };
  }
  const { ConnectionType: type } = target.input;
  const connectionType = typeof type === 'string' ? type : 'from a secret';
  return { connectionName: '', connectionType, subject: `Glue connection input of type ${redact(connectionType)}` };
}

interface Result {
  readonly category?: Category;
  readonly message: string;
  readonly attempts?: number;
  readonly milliseconds?: number;
}

/** All attributes, whatever came of the test: `Fn::GetAtt` of one that is missing would fail the stack. */
export function attributesOf(
  connectionName: string,
  outcome: Outcome,
  { category = 'NONE', message, attempts = 0, milliseconds = 0 }: Result,
  clock: Clock,
): ConnectionTestAttributes {
  return {
    // Others use it as the name that it is, although it may be the value of a secret as well.
    ConnectionName: maskCredentials(connectionName),
    Outcome: outcome,
    Category: category,
    Message: quote(message, MAX_MESSAGE_BYTES),
    Attempts: attempts,
    DurationMs: milliseconds,
    TestedAt: new Date(clock.now()).toISOString(),
  };
}

/** Of the 4096 bytes of an answer, in its JSON form. */
const MAX_MESSAGE_BYTES = 1_500;
