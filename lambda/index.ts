import { SYSTEM_CLOCK } from './base/clock';
import { createLog } from './base/log';
import { Redactor } from './base/redaction/redactor';
import type { LambdaContext } from './cloudformation/answer';
import { answerForEvent } from './cloudformation/answer-for-event';
import { readEvent, type AnswerableEvent, type ResourceEvent } from './cloudformation/event';
import { secretsOf } from './cloudformation/event-secrets';
import { limitedByServiceTimeout } from './cloudformation/remaining-time';
import { respond } from './cloudformation/respond';
import { askForRollback } from './cloudformation/ask-for-rollback';
import { subjectOf } from './cloudformation/subject';
import { AssumedRole } from './connection/assumed-role';
import { Clients } from './connection/clients';
import type { MonitorContext } from './monitor/invocation';
import type { SweepEvent } from './sweep/contract';
import type { SweepContext } from './sweep/sweep';
import type { SweepResourceContext } from './sweep-resource/sweep-resource';

type Context = LambdaContext & MonitorContext & SweepContext & SweepResourceContext;

/**
 * The Lambda function behind `Custom::GlueConnectionTest`, `ConnectionMonitor`, and the state machine and the custom resource
 * of a sweep.
 *
 * @returns what the state machine or the CDK's provider framework goes on with; nothing to the others
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-custom-resources-lambda.html
 */
export async function handler(input: unknown, lambdaContext: Context): Promise<unknown> {
  if (typeof input === 'object' && input !== null) {
    // Only now, so that a deployment's tests pay nothing for them.
    if ('Monitor' in input) {
      const { handleMonitorEvent } = await import('./monitor/monitor');
      return handleMonitorEvent(input, lambdaContext);
    }
    if ('Sweep' in input) {
      const { sweep } = await import('./sweep/sweep');
      return sweep(input as SweepEvent, lambdaContext, SYSTEM_CLOCK);
    }
    if (isOfSweepResource(input, lambdaContext)) {
      const { sweepResource } = await import('./sweep-resource/sweep-resource');
      return sweepResource(input, lambdaContext, SYSTEM_CLOCK);
    }
  }
  let event: AnswerableEvent;
  try {
    event = readEvent(input, process.env.AWS_ENDPOINT_URL);
  } catch (error) {
    // There is nowhere to send an answer. An exception would only make Lambda deliver the same event again.
    const { message } = error as Error;
    createLog('', '', (text) => text)({ level: 'ERROR', event: 'not answerable', message });
    return undefined;
  }
  const clock = SYSTEM_CLOCK;
  const context = limitedByServiceTimeout(event, lambdaContext, clock);
  const redactor = new Redactor(secretsOf(event));
  const log = createLog(event.requestId, subjectOf(event), redactor.redact);
  const role = roleOf(event, redactor);
  const answer = await answerForEvent(event, context, {
    connect: (patienceMs) => new Clients(patienceMs, role?.credentials),
    role,
    askForRollback: (stackId, patienceMs) => askForRollback(stackId, patienceMs, clock, log),
    redactor,
    clock,
    log,
  });
  return respond(event, answer, context.getRemainingTimeInMillis(), clock, log);
}

/**
 * Whether the CDK's provider framework asks for a sweep. CloudFormation itself asks for nothing but tests: it waits for an
 * answer, which the framework gives.
 */
function isOfSweepResource(input: object, { invokedFunctionArn }: Context): boolean {
  const { ResourceProperties: properties } = input as { ResourceProperties?: Readonly<Record<string, unknown>> };
  return properties?.StateMachineArn !== undefined && properties.ServiceToken !== invokedFunctionArn;
}

/** The role that the test runs as, if the template names one. Its trust policy may require the stack's ID. */
function roleOf({ properties, logicalResourceId, stackId }: ResourceEvent, redactor: Redactor) {
  const { RoleArn: roleArn } = properties;
  return typeof roleArn === 'string' ? new AssumedRole(roleArn, logicalResourceId, stackId, redactor) : undefined;
}
