import type { StepId } from './steps';

/** An event of a stack, as DescribeStackEvents gives it. */
export interface StackEvent {
  readonly at: string;
  readonly logicalId: string;
  readonly resourceType: string;
  readonly status: string;
  readonly reason?: string;
}

/** What a step has done to its stack. */
export interface Deployment {
  /** That of the `cdk` command. */
  readonly exitCode: number | null;
  readonly seconds: number;
  /** The stack's, since the step began, the oldest first. */
  readonly events: readonly StackEvent[];
  /** Undefined where there is no stack afterwards. */
  readonly status?: string;
  readonly outputs: Readonly<Record<string, string>>;
  /** The function's own lines about tests, since the step began. */
  readonly verdicts: readonly Verdict[];
}

/** A line of the function's log about one test. */
export interface Verdict {
  readonly at: string;
  readonly connectionName?: string;
  readonly event: string;
  readonly attempts?: number;
  readonly milliseconds?: number;
  readonly findings?: readonly string[];
  /** Why a monitor ran it. */
  readonly trigger?: string;
}

/** A call of TestConnection by the kit itself, with the permissions of whoever runs it. */
export interface DirectTest {
  /** Of the connection, in its stack; `Input` and what it is an input of. */
  readonly id: string;
  readonly step: StepId;
  /** The exception's name; undefined after a pass. */
  readonly exception?: string;
  /** What Glue said, word for word, with what belongs to the account masked. */
  readonly text?: string;
  readonly seconds: number;
}

/** A call that CloudTrail has recorded. */
export interface TrailCall {
  readonly name: string;
  /** Who made it: an ARN, or a service. */
  readonly by: string;
  readonly invokedBy?: string;
  readonly error?: string;
}

export interface Alarm {
  readonly name: string;
  readonly state: string;
  /** Whether it is a query of Metrics Insights. */
  readonly isQuery: boolean;
}

/** Everything that was seen in a run. What could not be seen is left out. */
export interface Evidence {
  readonly deployments: Readonly<Partial<Record<StepId, Deployment>>>;
  readonly tests: readonly DirectTest[];
  readonly calls?: readonly TrailCall[];
  /** Names of log groups below `/aws-glue/` that were made during the run. */
  readonly newLogGroups?: readonly string[];
  /** Names of the metrics in the namespace of the monitors. */
  readonly metrics?: readonly string[];
  readonly alarms?: readonly Alarm[];
}
