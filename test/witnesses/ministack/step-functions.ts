import { setTimeout } from 'node:timers/promises';

/** What DescribeExecution says of an execution. */
export interface Execution {
  readonly executionArn: string;
  readonly status: 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'ABORTED';
  readonly output?: string | null;
  readonly error?: string;
  readonly cause?: string;
}

/** Step Functions of MiniStack, by its JSON: there is no other use for its client. */
export class StepFunctions {
  constructor(private readonly endpoint: string) {}

  async start(stateMachineArn: string, input: unknown): Promise<string> {
    const started = await this.call('StartExecution', { stateMachineArn, input: JSON.stringify(input) });
    return (started as Execution).executionArn;
  }

  async describe(executionArn: string): Promise<Execution> {
    return (await this.call('DescribeExecution', { executionArn })) as Execution;
  }

  /** The execution once it has ended. */
  async ended(executionArn: string): Promise<Execution> {
    for (;;) {
      const execution = await this.describe(executionArn);
      if (execution.status !== 'RUNNING') {
        return execution;
      }
      await setTimeout(100);
    }
  }

  async call(operation: string, input: object): Promise<unknown> {
    const response = await fetch(this.endpoint, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': `AWSStepFunctions.${operation}`,
        // It tells by this which Region and service are meant, and does not verify it.
        authorization: 'AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/states/aws4_request',
      },
      body: JSON.stringify(input),
    });
    const answer = await response.json();
    if (!response.ok) {
      throw new Error(`${operation}: ${JSON.stringify(answer)}`);
    }
    return answer;
  }
}
