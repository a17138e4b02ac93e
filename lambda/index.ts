import { GlueClient } from '@aws-sdk/client-glue';
import type { CloudFormationCustomResourceEvent, Context } from 'aws-lambda';
import { respond } from './cloudformation-response';
import { decide } from './lifecycle';
import { createLog } from './log';

/**
 * The Lambda function behind `Custom::GlueConnectionTest`.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-custom-resources-lambda.html
 */
export async function handler(event: CloudFormationCustomResourceEvent, context: Context): Promise<void> {
  const log = createLog(event.RequestId);
  const decision = await decide(event, context, {
    // One client for one event: a connection kept over a frozen Lambda environment is found dead when it thaws.
    createGlue: () => new GlueClient({ maxAttempts: 1 }),
    now: Date.now,
    log,
  });
  await respond(event, decision, log);
}
