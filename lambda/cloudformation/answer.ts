import type { Context } from 'aws-lambda';
import type { Clock } from '../base/clock';
import { quote } from '../base/json-text';
import { maskCredentials } from '../base/redaction/redactor';
import type { Category, ConnectionTestAttributes, Outcome } from '../contract';

/** What an event is answered; `respond.ts` gives it the form that CloudFormation takes. */
export type Answer =
  | { readonly status: 'SUCCESS'; readonly attributes?: ConnectionTestAttributes }
  | { readonly status: 'FAILED'; readonly reason: string };

/** What an answer needs to know of the invocation. */
export type LambdaContext = Pick<Context, 'getRemainingTimeInMillis' | 'logGroupName' | 'logStreamName'>;

/** Of the 4096 bytes of an answer, in its JSON form. */
const MAX_MESSAGE_BYTES = 1_500;

/** What came of a test, as far as attributes tell it. */
export interface Result {
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
