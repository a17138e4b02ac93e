import { Duration } from 'aws-cdk-lib';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import * as tasks from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { Construct } from 'constructs';
import type {
  FoldRequest,
  ListRequest,
  Next,
  SweepEvent,
  SweepReport,
  SweepSelection,
  TestOneRequest,
  TestSettings,
} from '../../lambda/sweep/contract';

/** What a sweep does. Any text and number may be a token. */
export interface SweepStateMachineProps {
  /** The function that tests connections. */
  readonly handler: lambda.IFunction;
  readonly selection: SweepSelection;
  readonly test: TestSettings;
  /** How many connections are tested at the same time. */
  readonly maxConcurrency: number;
  /** How long connections that may pass with time are tested again, from the start of an execution on. */
  readonly patienceSeconds: number;
  /** Where each result goes. */
  readonly report?: SweepReport;
  /** Whether each execution emits a metric of how many connections failed. */
  readonly metrics: boolean;
  /** Of the state machine, beside its definition. */
  readonly stateMachine?: Omit<sfn.StateMachineProps, 'definitionBody' | 'stateMachineType'>;
}

/**
 * Tests all connections that a sweep selects: `lambda/sweep/contract.ts` says what its states and the function send each
 * other.
 *
 * It waits between rounds and not in the child executions: one that waited would keep its place among those that run at
 * the same time.
 */
export class SweepStateMachine extends Construct {
  readonly stateMachine: sfn.StateMachine;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: SweepStateMachineProps,
  ) {
    super(scope, id);

    const { selection, patienceSeconds, report, metrics, stateMachine } = props;
    const begin = new sfn.Pass(this, 'Begin', { result: sfn.Result.fromObject({ Progress: {} }) });
    const list = this.invoke('List', {
      Sweep: {
        List: {
          Selection: selection,
          Input: sfn.JsonPath.objectAt('$$.Execution.Input'),
          Progress: at('$.Progress'),
        } satisfies ListRequest,
      },
    });
    const fold = this.invoke('Fold', {
      Sweep: {
        Fold: {
          StartTime: sfn.JsonPath.stringAt('$$.Execution.StartTime'),
          ExecutionName: sfn.JsonPath.stringAt('$$.Execution.Name'),
          PatienceSeconds: patienceSeconds,
          Report: report,
          MetricOf: metrics ? sfn.JsonPath.stringAt('$$.StateMachine.Name') : undefined,
          Page: at('$'),
        } satisfies FoldRequest,
      },
    });
    const wait = new sfn.Wait(this, 'Wait', { time: sfn.WaitTime.secondsPath('$.WaitSeconds') });
    const end = new sfn.Succeed(this, 'End', { outputPath: '$.Progress.Summary' });
    const next = new sfn.Choice(this, 'GoOn')
      .when(isNext('TEST'), this.testAll().next(fold))
      .when(isNext('LIST'), list)
      .when(isNext('WAIT'), wait.next(list))
      .otherwise(end);
    list.next(next);
    fold.next(next);
    this.stateMachine = new sfn.StateMachine(this, 'Resource', {
      ...stateMachine,
      definitionBody: sfn.DefinitionBody.fromChainable(begin.next(list)),
      // An execution of the type Express ends after five minutes.
      stateMachineType: sfn.StateMachineType.STANDARD,
    });
  }

  /** One child execution for each connection of a page. */
  private testAll(): sfn.DistributedMap {
    const { test, maxConcurrency } = this.props;
    const fault = new sfn.Pass(this, 'Fault', {
      // The cause has no limit, and all that the function wrote: it stays in the history of this child.
      parameters: { Name: sfn.JsonPath.stringAt('$.Name'), Error: sfn.JsonPath.stringAt('$.Fault.Error') },
    });
    const testOne = this.invoke('Test', {
      Sweep: { Test: { ...test, Name: sfn.JsonPath.stringAt('$.Name') } satisfies TestOneRequest },
    });
    const all = new sfn.DistributedMap(this, 'TestAll', {
      label: 'Test',
      itemsPath: '$.Items',
      resultPath: '$.Results',
      maxConcurrency,
      // A child that fails all the same has no result, which shows in the summary. The others go on.
      toleratedFailurePercentage: 100,
    });
    return all.itemProcessor(testOne.addCatch(fault, { resultPath: '$.Fault' }));
  }

  private invoke(id: 'List' | 'Test' | 'Fold', event: SweepEvent): tasks.LambdaInvoke {
    const task = new tasks.LambdaInvoke(this, id, {
      lambdaFunction: this.props.handler,
      payload: sfn.TaskInput.fromObject({ ...event }),
      // The answer alone: what Lambda adds counts towards the size of a payload.
      payloadResponseOnly: true,
    });
    // Others may use up the concurrency that the account has.
    task.addRetry({
      errors: ['Lambda.TooManyRequestsException'],
      interval: Duration.seconds(2),
      maxAttempts: 10,
      maxDelay: Duration.seconds(60),
      jitterStrategy: sfn.JitterType.FULL,
    });
    return task;
  }
}

function isNext(next: Next): sfn.Condition {
  return sfn.Condition.stringEquals('$.Next', next);
}

/** A part of the state, in the place of what it holds. */
function at(path: string): never {
  return sfn.JsonPath.objectAt(path) as never;
}
