import { GlueClient } from '@aws-sdk/client-glue';
import { SYSTEM_CLOCK } from './clock';
import { respond } from './cloudformation-response';
import type { LambdaContext } from './decision';
import { readEvent, type ResourceEvent } from './event';
import { InputResolver } from './input-resolver';
import { decide } from './lifecycle';
import { createLog } from './log';
import { Redactor } from './redaction';
import { isRollingBack } from './rollback';

/**
 * The Lambda function behind `Custom::GlueConnectionTest`.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-custom-resources-lambda.html
 */
export async function handler(input: unknown, context: LambdaContext): Promise<void> {
  let event: ResourceEvent;
  try {
    event = readEvent(input);
  } catch (error) {
    // There is nobody to answer to, and delivered again the event would be no better: hence no exception.
    createLog('', (text) => text)({ level: 'ERROR', message: (error as Error).message });
    return;
  }
  const clock = SYSTEM_CLOCK;
  const redactor = new Redactor(event);
  const { redact } = redactor;
  const log = createLog(event.requestId, redact);
  let inputResolver: Promise<InputResolver> | undefined;
  const decision = await decide(event, context, {
    // One client for one event: a connection kept over a frozen Lambda environment is found dead when it thaws.
    createGlue: () => new GlueClient({ maxAttempts: 1 }),
    loadInputResolver: () => (inputResolver ??= createInputResolver(redactor)),
    isRollingBack: (stackId) => isRollingBack(stackId, context.getRemainingTimeInMillis(), clock, log),
    clock,
    log,
    redact,
  });
  await inputResolver?.then((resolver) => resolver.close());
  await respond(event, decision, context.getRemainingTimeInMillis(), clock, log);
}

async function createInputResolver(redactor: Redactor): Promise<InputResolver> {
  return new InputResolver(redactor);
}
