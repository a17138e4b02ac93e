import type { SweepFailure, SweepSummary } from '../../../lambda/sweep/contract';
import { output, type AwsStub } from '../aws-stub';

export const MACHINE = 'arn:aws:states:eu-west-1:111122223333:stateMachine:AllConnections';
const EXECUTIONS = MACHINE.replace(':stateMachine:', ':execution:');

export const executionArn = (name: string) => `${EXECUTIONS}:${name}`;

/** How an execution has ended, as DescribeExecution says it. */
export interface Ending {
  readonly status: 'SUCCEEDED' | 'FAILED' | 'ABORTED' | 'TIMED_OUT' | 'RUNNING';
  readonly output?: string;
  readonly error?: string;
  readonly cause?: string;
}

interface Machine {
  /** How often an execution is said to run before it has ended. @default - once */
  readonly polls?: number;
  /** The names of other executions that run. */
  readonly running?: readonly string[];
}

const AT = 1_900_000_000;

/** Step Functions with one state machine, whose executions all end in the same way. */
export function haveMachine(aws: AwsStub, ending: Ending, { polls = 1, running = [] }: Machine = {}): void {
  let left = polls;
  aws.replies.set('StartExecution', ({ name }) => output({ executionArn: executionArn(String(name)), startDate: AT }));
  aws.replies.set('DescribeExecution', (input) =>
    output({
      executionArn: input.executionArn,
      stateMachineArn: MACHINE,
      startDate: AT,
      ...(left-- > 0 ? { status: 'RUNNING' } : ending),
    }),
  );
  const executions = running.map((name) => ({
    executionArn: executionArn(name),
    stateMachineArn: MACHINE,
    name,
    status: 'RUNNING',
    startDate: AT,
  }));
  aws.replies.set('ListExecutions', () => output({ executions }));
  aws.replies.set('StopExecution', () => output({ stopDate: AT }));
}

/** An execution that has tested connections, with this in its output. */
export function swept(summary: Partial<SweepSummary> = {}): Ending {
  return { status: 'SUCCEEDED', output: JSON.stringify(summaryOf(summary)) };
}

function summaryOf(summary: Partial<SweepSummary>): SweepSummary {
  return {
    listed: 300,
    tested: 290,
    passed: 290,
    failed: 0,
    unsupported: 0,
    deleted: 0,
    unmatched: [],
    failures: [],
    omitted: 0,
    ...summary,
  };
}

/** What an execution says about connections of these names, in this order. */
export function broken(...failures: readonly (readonly [name: string, category?: string, message?: string])[]) {
  return {
    tested: 290,
    passed: 290 - failures.length,
    failed: failures.length,
    failures: failures.map(
      ([name, category = 'CREDENTIALS', message = 'FATAL: password authentication failed']) =>
        ({ name, type: 'JDBC', category, message }) as SweepFailure,
    ),
  };
}
