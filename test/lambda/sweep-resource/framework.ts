import { createHash } from 'node:crypto';
import * as path from 'node:path';
import type { Ended } from '../hosts';
import type { BlackBox, LogEntry } from '../black-box';
import { MACHINE } from './step-functions';

/** What the CDK's code calls. It says so itself, so that its own tests can replace it. */
interface Outbound {
  invokeFunction: (request: { FunctionName: string; Payload: string }) => Promise<object>;
  startExecution: (request: { input: string }) => Promise<void>;
  httpRequest: (options: { hostname: string; path: string }, body: string) => Promise<void>;
}

type Event = Readonly<Record<string, unknown>>;
type Handler = (event: Event) => Promise<void>;

// The package exports no such path, and the code is the same that the CDK deploys.
const RUNTIME = path.join(
  path.dirname(require.resolve('aws-cdk-lib/package.json')),
  'custom-resources/lib/provider-framework/runtime',
);
/* eslint-disable @typescript-eslint/no-require-imports */
const outbound = require(path.join(RUNTIME, 'outbound')) as Outbound;
const { onEvent, isComplete } = require(path.join(RUNTIME, 'framework')) as Record<'onEvent' | 'isComplete', Handler>;
const { Retry } = require(path.join(RUNTIME, 'cfn-response')) as { Retry: new () => Error };
/* eslint-enable @typescript-eslint/no-require-imports */

export const STACK = 'arn:aws:cloudformation:eu-west-1:111122223333:stack/Orders/1a2b3c4d';
const TOKEN = 'arn:aws:lambda:eu-west-1:111122223333:function:framework-onEvent';

export interface Request {
  readonly requestType?: 'Create' | 'Update' | 'Delete';
  readonly properties?: Event;
  /** Replaces members of the event. */
  readonly event?: Event;
  /** Changes what the framework keeps for the waiter: time goes by, or a member is lost. */
  readonly meanwhile?: (event: Event) => Event;
  /** Called after each answer that the sweep has not ended. */
  readonly onPoll?: () => void;
}

export interface Answer {
  readonly Status: string;
  readonly Reason: string;
  readonly PhysicalResourceId: string;
  readonly Data?: Readonly<Record<string, unknown>>;
}

export interface Deployed {
  readonly requestId: string;
  readonly answer: Answer;
  /** As it goes to CloudFormation. */
  readonly body: string;
  /** What our function has returned or thrown, one after the other. */
  readonly ended: readonly Ended[];
  /** What our function has logged. */
  readonly entries: readonly LogEntry[];
}

let sequence = 0;

/** Sends a request of CloudFormation through the CDK's own code, until that answers. */
export async function deploy(blackBox: BlackBox, request: Request = {}): Promise<Deployed> {
  const requestId = `request-${++sequence}`;
  const bodies: string[] = [];
  const waiting: string[] = [];
  const ended: Ended[] = [];
  Object.assign(process.env, {
    USER_ON_EVENT_FUNCTION_ARN: 'arn:aws:lambda:eu-west-1:111122223333:function:handler',
    USER_IS_COMPLETE_FUNCTION_ARN: 'arn:aws:lambda:eu-west-1:111122223333:function:handler',
    WAITER_STATE_MACHINE_ARN: 'arn:aws:states:eu-west-1:111122223333:stateMachine:waiter',
  });
  outbound.invokeFunction = async ({ Payload }) => {
    const one = await blackBox.call(JSON.parse(Payload));
    ended.push(one);
    return asFromLambda(one);
  };
  outbound.startExecution = ({ input }) => Promise.resolve(void waiting.push(input));
  outbound.httpRequest = (_, body) => Promise.resolve(void bodies.push(body));
  const quiet = jest.spyOn(console, 'log').mockImplementation();
  try {
    await onEvent(eventOf(requestId, request));
    for (const input of waiting) {
      await poll(JSON.parse(input) as Event, request);
    }
  } finally {
    quiet.mockRestore();
  }
  expect(bodies).toHaveLength(1);
  const [body = ''] = bodies;
  const entries = blackBox.log.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as LogEntry]));
  return {
    requestId,
    answer: JSON.parse(body) as Answer,
    body,
    ended,
    entries: entries.filter((entry) => entry.requestId === requestId),
  };
}

/** The waiter: a state machine that calls again for as long as it is asked to. */
async function poll(event: Event, { meanwhile = (same) => same, onPoll = () => undefined }: Request): Promise<void> {
  for (;;) {
    try {
      await isComplete(meanwhile(event));
      return;
    } catch (error) {
      if (!(error instanceof Retry)) {
        throw error;
      }
      onPoll();
    }
  }
}

function eventOf(RequestId: string, { requestType = 'Create', properties = {}, event = {} }: Request): Event {
  return {
    RequestType: requestType,
    RequestId,
    ResponseURL: `https://cloudformation.example.com/${RequestId}?X-Amz-Signature=SIGNATURE-OF-${RequestId}`,
    StackId: STACK,
    LogicalResourceId: 'Sweep',
    ResourceType: 'Custom::GlueConnectionSweep',
    ResourceProperties: { ServiceToken: TOKEN, StateMachineArn: MACHINE, ...properties },
    ...(requestType === 'Create' ? {} : { PhysicalResourceId: 'the-physical-id' }),
    ...(requestType === 'Update' ? { OldResourceProperties: { ServiceToken: TOKEN, StateMachineArn: MACHINE } } : {}),
    ...event,
  };
}

/** @see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-exceptions.html */
function asFromLambda({ result, error, thrown }: Ended): object {
  if (error === undefined) {
    return { StatusCode: 200, Payload: Buffer.from(JSON.stringify(result ?? null)) };
  }
  const { name = 'Error', message = error, stack = '' } = thrown ?? {};
  const payload = { errorType: name, errorMessage: message, trace: stack.split('\n') };
  return { StatusCode: 200, FunctionError: 'Unhandled', Payload: Buffer.from(JSON.stringify(payload)) };
}

/** The name of the execution that a resource starts for a request. */
export function nameOf(requestId: string, stackId = STACK, logicalResourceId = 'Sweep'): string {
  const owner = createHash('sha256').update(`${stackId} ${logicalResourceId}`).digest('base64url').slice(0, 11);
  return `deployment-${owner}-${requestId}`;
}
