import {
  DescribeExecutionCommand,
  ListExecutionsCommand,
  SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
  type DescribeExecutionCommandOutput,
  type ExecutionListItem,
} from '@aws-sdk/client-sfn';
import type { Clock } from '../base/clock';
import { closeQuietly } from '../base/close';
import type { SweepInput } from '../sweep/contract';

/** The SDK tries again what is throttled, fails or gets no answer, for about a minute. */
const CLIENT = {
  maxAttempts: 8,
  requestHandler: { connectionTimeout: 5_000, requestTimeout: 10_000, throwOnRequestTimeout: true },
};

/** A permission may have been granted only just now. */
export const DENIED_MS = 60_000;
const DENIED_DELAY_MS = 5_000;

/** What the names of a deployment's executions begin with. The function may stop no others. */
export const PREFIX = 'deployment-';

/**
 * The executions of a sweep's state machine that deployments start.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html
 */
export class Executions {
  private readonly client = new SFNClient(CLIENT);

  constructor(
    private readonly stateMachineArn: string,
    private readonly clock: Clock,
  ) {}

  /**
   * Starts the execution for a request, unless it was started before: Lambda may deliver an event twice.
   *
   * @returns its ARN
   */
  async start(requestId: string, input: SweepInput): Promise<string> {
    const name = nameOf(requestId);
    const command = new StartExecutionCommand({
      stateMachineArn: this.stateMachineArn,
      name,
      input: JSON.stringify(input),
    });
    try {
      const { executionArn = '' } = await this.unlessDenied(() => this.client.send(command));
      return executionArn;
    } catch (error) {
      if ((error as Error).name !== 'ExecutionAlreadyExists') {
        throw error;
      }
      return `${this.stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`;
    }
  }

  async describe(executionArn: string): Promise<DescribeExecutionCommandOutput> {
    return this.client.send(new DescribeExecutionCommand({ executionArn }));
  }

  async stop(executionArn: string, cause: string): Promise<void> {
    await this.client.send(new StopExecutionCommand({ executionArn, error: 'Stopped', cause }));
  }

  /** Stops what earlier requests have started and is still running. */
  async stopEarlier(requestId: string, cause: string): Promise<void> {
    for (const { name = '', executionArn = '' } of await this.running()) {
      if (name.startsWith(PREFIX) && name !== nameOf(requestId)) {
        await this.stop(executionArn, cause);
      }
    }
  }

  close(): void {
    closeQuietly(this.client);
  }

  private async running(): Promise<ExecutionListItem[]> {
    const command = new ListExecutionsCommand({ stateMachineArn: this.stateMachineArn, statusFilter: 'RUNNING' });
    const { executions = [] } = await this.client.send(command);
    return executions;
  }

  private async unlessDenied<T>(call: () => Promise<T>): Promise<T> {
    const until = this.clock.now() + DENIED_MS;
    for (;;) {
      try {
        return await call();
      } catch (error) {
        if ((error as Error).name !== 'AccessDeniedException' || this.clock.now() + DENIED_DELAY_MS > until) {
          throw error;
        }
        await this.clock.sleep(DENIED_DELAY_MS);
      }
    }
  }
}

/** At most 80 letters, digits, hyphens and underscores. */
function nameOf(requestId: string): string {
  return `${PREFIX}${requestId.replace(/[^A-Za-z0-9_-]/g, '-')}`.slice(0, 80);
}
