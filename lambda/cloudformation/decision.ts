import type { GlueClient } from '@aws-sdk/client-glue';
import type { Context } from 'aws-lambda';
import type { AssumedRole } from '../connection/assumed-role';
import type { Clock } from '../base/clock';
import type { ConnectionTestAttributes } from '../contract';
import type { InputResolver } from '../secrets/input-resolver';
import type { Log } from '../base/log';
import type { Redact } from '../base/redaction/redactor';
import type { RollbackState } from './rollback';

/** What the handler decides; how it is put to CloudFormation is `cloudformation-response.ts`. */
export type Decision =
  | { readonly status: 'SUCCESS'; readonly attributes?: ConnectionTestAttributes }
  | { readonly status: 'FAILED'; readonly reason: string };

/** What a decision needs to know of the invocation. */
export type LambdaContext = Pick<Context, 'getRemainingTimeInMillis' | 'logGroupName' | 'logStreamName'>;

/** The calls that the handler makes of Glue. */
export type Glue = Pick<GlueClient, 'send' | 'destroy'>;

/** The world around a decision. */
export interface Surroundings {
  /** The role that the test runs as; undefined where it is the function's own. */
  readonly loadRole: () => Promise<AssumedRole | undefined>;
  /** Clients are made for the time that their answers may take. */
  readonly createGlue: (patienceMs: number, role: AssumedRole | undefined) => Glue;
  readonly loadInputResolver: (patienceMs: number) => Promise<InputResolver>;
  readonly askForRollback: (stackId: string, patienceMs: number) => Promise<RollbackState>;
  readonly clock: Clock;
  readonly log: Log;
  readonly redact: Redact;
}
