import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { EC2Client } from '@aws-sdk/client-ec2';
import * as glue from '@aws-sdk/client-glue';
import { EventEmitter } from 'node:events';
import https from 'node:https';
import { SYSTEM_CLOCK, type Clock } from '../../lambda/base/clock';
import { handler } from '../../lambda/index';
import type { Situation } from './arbitraries';
import type { Seen } from './rules';

type Send = (command: object) => Promise<object>;

/** What the handler meets outside. */
export interface Network {
  readonly glue: Send;
  readonly cloudFormation: Send;
}

/** What the SDK throws for a message of Glue, and what nothing should throw. */
export const THROWN: readonly ((message: string) => Error)[] = [
  ...[
    glue.InvalidInputException,
    glue.OperationTimeoutException,
    glue.ResourceNumberLimitExceededException,
    glue.GlueEncryptionException,
    glue.FederationSourceException,
    glue.AccessDeniedException,
    glue.EntityNotFoundException,
    glue.ConflictException,
    glue.InternalServiceException,
  ].map((Exception) => (message: string) => new Exception({ message, $metadata: { httpStatusCode: 400 } })),
  (message) => Object.assign(new Error(message), { name: 'ThrottlingException' }),
  (message) => Object.assign(new Error('no message'), { name: message }),
  (message) => Object.assign(new Error(message), { code: 'ECONNRESET' }),
  (message) => Object.assign(new Error(message), { name: 'TimeoutError' }),
  (message) => Object.assign(new SyntaxError(message), { $response: { statusCode: 200 } }),
  (message) => Object.assign(new Error(message), { $metadata: { httpStatusCode: 503 } }),
  // What is no error at all
  (message) => message as never,
  () => undefined as never,
];

/** Glue and CloudFormation as a situation has them. */
export function networkOf(
  { message, failures, connection, stackStatus }: Situation,
  thrown: (message: string) => Error,
): Network {
  let calls = 0;
  const fail = () => Promise.reject(thrown(message));
  return {
    glue: (command) => {
      if (command instanceof glue.GetConnectionCommand) {
        return Promise.resolve({ Connection: { ...connection, StatusReason: message } });
      }
      return ++calls > failures ? Promise.resolve({}) : fail();
    },
    cloudFormation: () =>
      stackStatus === undefined ? fail() : Promise.resolve({ Stacks: [{ StackStatus: stackStatus }] }),
  };
}

/** The handler from its sources, without waits: its clock jumps, and its calls end where the SDK and Node begin. */
export class InProcess {
  private network: Network | undefined;
  private bodies: Buffer[] = [];
  private log = '';
  private now = 0;
  private readonly realTimer: Clock['timer'] = SYSTEM_CLOCK.timer.bind(SYSTEM_CLOCK);

  constructor() {
    jest.spyOn(SYSTEM_CLOCK, 'now').mockImplementation(() => this.now);
    jest.spyOn(SYSTEM_CLOCK, 'random').mockReturnValue(0.5);
    jest.spyOn(SYSTEM_CLOCK, 'sleep').mockImplementation((milliseconds) => {
      this.now += milliseconds;
      return Promise.resolve();
    });
    // Its calls answer before any deadline.
    jest.spyOn(SYSTEM_CLOCK, 'timer').mockReturnValue(() => undefined);
    jest.spyOn(glue.GlueClient.prototype, 'send').mockImplementation(((command: object) => {
      // Each call takes its time, so that no test goes on for ever.
      this.now += 20_000;
      return this.network!.glue(command);
    }) as never);
    jest
      .spyOn(CloudFormationClient.prototype, 'send')
      .mockImplementation(((command: object) => this.network!.cloudFormation(command)) as never);
    // Whatever a subnet and a group are called, they are not there: what is found names them.
    jest
      .spyOn(EC2Client.prototype, 'send')
      .mockImplementation((() => Promise.resolve({ Subnets: [], SecurityGroups: [] })) as never);
    jest.spyOn(https, 'request').mockImplementation((() => this.accept()) as never);
  }

  /** From now on, deadlines are kept: for calls that never end. */
  keepDeadlines(): void {
    jest.spyOn(SYSTEM_CLOCK, 'timer').mockImplementation(this.realTimer);
  }

  async invoke(event: unknown, network: Network, remainingMs = 900_000): Promise<Seen> {
    Object.assign(this, { network, bodies: [], log: '' });
    const endsAt = this.now + remainingMs;
    const context = {
      getRemainingTimeInMillis: () => endsAt - this.now,
      awsRequestId: 'the-request',
      functionName: 'handler',
      invokedFunctionArn: 'arn:aws:lambda:eu-west-1:111122223333:function:handler',
      logGroupName: 'the-log-group',
      logStreamName: 'the-log-stream',
    };
    const stdout = jest.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
      this.log += String(chunk);
      return true;
    });
    const error: unknown = await handler(event, context)
      .catch((thrown: unknown) => thrown ?? 'nothing, but it was thrown')
      .finally(() => stdout.mockRestore());
    return { error, bodies: this.bodies, log: this.log };
  }

  /** An https request whose body is kept, and accepted. */
  private accept(): object {
    const request = new EventEmitter();
    const end = (body: Buffer) => {
      this.bodies.push(body);
      request.emit('response', { statusCode: 200, destroy: () => undefined });
    };
    return Object.assign(request, { end });
  }
}
