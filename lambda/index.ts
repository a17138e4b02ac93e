import { GlueClient } from '@aws-sdk/client-glue';
import { clientOptions } from './client-options';
import { SYSTEM_CLOCK } from './clock';
import { AssumedRole } from './assumed-role';
import { respond } from './cloudformation-response';
import type { LambdaContext } from './decision';
import { readEvent, type ResourceEvent } from './event';
import { InputResolver } from './input-resolver';
import { decide } from './lifecycle';
import { createLog } from './log';
import { Redactor } from './redaction';
import { askForRollback } from './rollback';
import { subjectOf } from './subject';
import { untilNobodyWaits } from './time-left';

/**
 * The Lambda function behind `Custom::GlueConnectionTest`.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-custom-resources-lambda.html
 */
export async function handler(input: unknown, lambdaContext: LambdaContext): Promise<void> {
  let event: ResourceEvent;
  try {
    event = readEvent(input, process.env.AWS_ENDPOINT_URL);
  } catch (error) {
    // There is nobody to answer to, and delivered again the event would be no better: hence no exception.
    const { message } = error as Error;
    createLog('', '', (text) => text)({ level: 'ERROR', event: 'not answerable', message });
    return;
  }
  const clock = SYSTEM_CLOCK;
  const context = untilNobodyWaits(event, lambdaContext, clock);
  const redactor = new Redactor(event);
  const { redact } = redactor;
  const log = createLog(event.requestId, subjectOf(event), redact);
  let role: Promise<AssumedRole | undefined> | undefined;
  let inputResolver: Promise<InputResolver> | undefined;
  const loadRole = () => (role ??= Promise.resolve(createRole(event, redactor)));
  const decision = await decide(event, context, {
    // One client for one event: a connection kept over a frozen Lambda environment is found dead when it thaws.
    loadRole,
    createGlue: (patienceMs, as) => new GlueClient({ ...clientOptions(patienceMs), credentials: as?.credentials }),
    loadInputResolver: (patienceMs) => (inputResolver ??= createInputResolver(redactor, patienceMs, loadRole())),
    askForRollback: (stackId, patienceMs) => askForRollback(stackId, patienceMs, clock, log),
    clock,
    log,
    redact,
  });
  try {
    await respond(event, decision, context.getRemainingTimeInMillis(), clock, log);
  } finally {
    // Nobody waits for it: nothing may come between the decision and the answer.
    void inputResolver?.then(
      (resolver) => resolver.close(),
      () => undefined,
    );
  }
}

function createRole(event: ResourceEvent, redactor: Redactor): AssumedRole | undefined {
  const { RoleArn: roleArn } = event.properties;
  return typeof roleArn === 'string' ? new AssumedRole(roleArn, event, redactor) : undefined;
}

async function createInputResolver(
  redactor: Redactor,
  patienceMs: number,
  role: Promise<AssumedRole | undefined>,
): Promise<InputResolver> {
  return new InputResolver(redactor, patienceMs, await role);
}
