import {
  DescribeExecutionCommand,
  ListExecutionsCommand,
  SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
  type DescribeExecutionCommandOutput,
} from '@aws-sdk/client-sfn';
import type { Clock } from '../base/clock';
import { closeQuietly } from '../base/close';
import { withDeadline } from '../base/deadline';
import type { ResourceEvent } from '../cloudformation/event';
import { diagnose } from '../failures/exceptions';
import { factsOf } from '../failures/failure';
import type { SweepInput } from '../sweep/contract';
import { fingerprintOf } from '../sweep/fingerprint';

/** The SDK tries again what is throttled, fails or gets no answer, for about a minute. */
const CLIENT = {
  maxAttempts: 8,
  requestHandler: { connectionTimeout: 5_000, requestTimeout: 10_000, throwOnRequestTimeout: true },
};

/** A permission may have been granted only just now. */
const DENIED_MS = 60_000;
const DENIED_DELAY_MS = 5_000;

/** For what is asked again soon, or what nothing waits for. */
const SHORT_MS = 20_000;

/** What the names of all executions begin with that deployments start: by this, the function is allowed to stop them. */
const PREFIX = 'deployment-';

/**
 * The executions of a sweep's state machine that deployments start.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html
 */
export class Executions {
  private readonly client = new SFNClient(CLIENT);
  /** What the names of those begin with that this resource starts. Those of others are not stopped. */
  private readonly prefix: string;

  /**
   * @param owner the resource that starts them: those of several stacks may share a state machine
   */
  constructor(
    private readonly stateMachineArn: string,
    { stackId, logicalResourceId }: Pick<ResourceEvent, 'stackId' | 'logicalResourceId'>,
    private readonly clock: Clock,
  ) {
    this.prefix = `${PREFIX}${fingerprintOf(`${stackId} ${logicalResourceId}`)}-`;
  }

  /**
   * Starts the execution for a request, unless it was started before: Lambda may deliver an event twice.
   *
   * @returns its ARN
   */
  async start(requestId: string, input: SweepInput): Promise<string> {
    const name = this.nameOf(requestId);
    const { stateMachineArn } = this;
    const command = new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(input) });
    try {
      const { executionArn = '' } = await this.unlessDenied(() => this.client.send(command));
      return executionArn;
    } catch (error) {
      if (factsOf(error).name !== 'ExecutionAlreadyExists') {
        throw error;
      }
      return `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`;
    }
  }

  async describe(executionArn: string): Promise<DescribeExecutionCommandOutput> {
    const command = new DescribeExecutionCommand({ executionArn });
    return withDeadline(SHORT_MS, this.clock, ({ signal }) => this.client.send(command, { abortSignal: signal }));
  }

  async stop(executionArn: string, cause: string): Promise<void> {
    const command = new StopExecutionCommand({ executionArn, error: 'Stopped', cause });
    await withDeadline(SHORT_MS, this.clock, ({ signal }) => this.client.send(command, { abortSignal: signal }));
  }

  /**
   * Stops what earlier requests of the same resource have started and is still running.
   *
   * @throws the first error, when it has tried to stop all
   */
  async stopEarlier(requestId: string, cause: string): Promise<void> {
    const running = await withDeadline(SHORT_MS, this.clock, ({ signal }) => this.running(signal));
    const earlier = running.filter(({ name }) => name.startsWith(this.prefix) && name !== this.nameOf(requestId));
    const stops = await Promise.allSettled(earlier.map(({ arn }) => this.stop(arn, cause)));
    const failed = stops.find((stop) => stop.status === 'rejected');
    if (failed !== undefined) {
      throw failed.reason;
    }
  }

  close(): void {
    closeQuietly(this.client);
  }

  private async running(abortSignal: AbortSignal): Promise<{ readonly name: string; readonly arn: string }[]> {
    const { stateMachineArn } = this;
    const found: { name: string; arn: string }[] = [];
    let nextToken: string | undefined;
    do {
      const command = new ListExecutionsCommand({ stateMachineArn, statusFilter: 'RUNNING', nextToken });
      const page = await this.client.send(command, { abortSignal });
      found.push(...(page.executions ?? []).map(({ name = '', executionArn = '' }) => ({ name, arn: executionArn })));
      nextToken = page.nextToken;
    } while (nextToken !== undefined);
    return found;
  }

  private async unlessDenied<T>(call: () => Promise<T>): Promise<T> {
    const until = this.clock.now() + DENIED_MS;
    for (;;) {
      try {
        return await call();
      } catch (error) {
        const { name, statusCode, isNetwork } = factsOf(error);
        const isDenied = diagnose(name, statusCode, isNetwork).category === 'ACCESS_DENIED';
        if (!isDenied || this.clock.now() + DENIED_DELAY_MS > until) {
          throw error;
        }
        await this.clock.sleep(DENIED_DELAY_MS);
      }
    }
  }

  /** At most 80 letters, digits, hyphens and underscores. */
  private nameOf(requestId: string): string {
    return `${this.prefix}${requestId.replace(/[^A-Za-z0-9_-]/g, '-')}`.slice(0, 80);
  }
}
