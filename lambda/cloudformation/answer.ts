import type { Context } from 'aws-lambda';
import type { Clock } from '../base/clock';
import { quote } from '../base/json-text';
import { maskCredentials } from '../base/redaction/redactor';
import type { Category, ConnectionTestAttributes, Outcome } from '../contract';

/** The answer to an event. `respond.ts` turns it into the response that CloudFormation expects. */
export type Answer =
  | { readonly status: 'SUCCESS'; readonly attributes?: ConnectionTestAttributes }
  | { readonly status: 'FAILED'; readonly reason: string };

/** What an answer needs to know about the invocation. */
export type LambdaContext = Pick<Context, 'getRemainingTimeInMillis' | 'logGroupName' | 'logStreamName'>;

/** The message's share of the 4096 bytes of a response, counted in its JSON form. */
const MAX_MESSAGE_BYTES = 1_500;

/** The parts of a test's result that appear in the attributes. */
export interface Result {
  readonly category?: Category;
  readonly message: string;
  readonly attempts?: number;
  readonly milliseconds?: number;
}

/** Returns every attribute, whatever the outcome: `Fn::GetAtt` of a missing attribute would fail the stack. */
export function attributesOf(
  connectionName: string,
  outcome: Outcome,
  { category = 'NONE', message, attempts = 0, milliseconds = 0 }: Result,
  clock: Clock,
): ConnectionTestAttributes {
  return {
    // The name may equal the value of a secret, but others use it as a name. So only credentials in it are masked.
    ConnectionName: maskCredentials(connectionName),
    Outcome: outcome,
    Category: category,
    Message: quote(message, MAX_MESSAGE_BYTES),
    Attempts: attempts,
    DurationMs: milliseconds,
    TestedAt: new Date(clock.now()).toISOString(),
  };
}
