import { Duration } from 'aws-cdk-lib';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import * as targets from 'aws-cdk-lib/aws-scheduler-targets';
import type * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { Construct, Dependable, type IConstruct } from 'constructs';
import { TestOrder } from '../gate/test-order';
import { acknowledgeMadeByCdk } from '../grants/nag/acknowledge-made-by-cdk';
import { resourcesOfSweep, sweepDeploymentStatements, sweepStatements } from '../grants/sweep-statements';
import { CONSTRUCT } from '../props/kinds';
import { ConnectionTestProvider } from '../provider/connection-test-provider';
import { asProvider, ownFunctionOf } from '../provider/provider';
import { timeoutSeconds } from '../secrets/value-checks';
import { checkSweepProps } from './checked-props';
import { connectionsBefore } from './connections-before';
import type { ConnectionSweepProps } from './connection-sweep-props';
import { SweepStateMachine } from './state-machine';
import { createAlarm, failedConnections } from './sweep-alarm';
import { SweepResource } from './sweep-resource';
import { warnOfUnknownPermissions } from './unknown-permissions';

/**
 * Tests the Glue connections of an account and Region on AWS Step Functions: all of them, or those with certain names
 * and types. It runs during the deployment, on a schedule, and whenever someone starts an execution. The connections
 * don't have to be part of this app.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html
 * @example
 *
 * const sweep = new ConnectionSweep(this, 'AllConnections', {
 *   include: ['prod-*'],
 *   secrets: [],
 *   inVpc: true,
 *   schedule: scheduler.ScheduleExpression.cron({ hour: '3', minute: '0' }),
 * });
 * new CfnOutput(this, 'Failed', { value: sweep.failed });
 */
export class ConnectionSweep extends Construct {
  /**
   * The alarm that is in the ALARM state after a sweep found broken connections, until a sweep finds none. It is
   * undefined without a `schedule`, and with `metrics: false`.
   */
  readonly alarm?: cloudwatch.Alarm;

  private readonly machine: sfn.StateMachine;
  private readonly resource?: SweepResource;
  private readonly order = new TestOrder(this);
  private readonly prerequisites: readonly IConstruct[];

  /**
   * Adds the sweep to a stack.
   *
   * @param scope the stack of the sweep, or a construct in it
   * @param id the id of the sweep in that scope
   * @param props which connections to test, and how
   * @throws an error when a property has the wrong type or is out of range, or `provider` is in another stack or
   * deployed elsewhere
   */
  constructor(scope: Construct, id: string, props: ConnectionSweepProps = {}) {
    super(scope, id);
    checkSweepProps(props);
    const provider = props.provider ? asProvider(props.provider) : ConnectionTestProvider.getOrCreate(this);
    provider._checkIsFor(this);
    const own = ownFunctionOf(provider, 'a sweep');
    this.prerequisites = [...provider._prerequisites, ...resourcesOfSweep(props)];
    const { metrics = true, schedule, duringDeployment = true } = props;
    warnOfUnknownPermissions(this, props);
    const handler = lambda.Function.fromFunctionAttributes(this, 'Function', {
      functionArn: provider.serviceToken,
      sameEnvironment: true,
    });
    const machine = new SweepStateMachine(this, 'StateMachine', {
      handler,
      selection: { ...selectionOf(props), CatalogId: props.catalogId },
      test: {
        CatalogId: props.catalogId,
        TimeoutSeconds: timeoutSeconds(props.timeout ?? Duration.minutes(5)),
        NetworkDiagnosis: (props.networkDiagnosis ?? true) ? undefined : 'DISABLED',
        Metrics: metrics ? undefined : 'DISABLED',
      },
      maxConcurrency: props.maxConcurrency ?? 5,
      patienceSeconds: (props.patience ?? Duration.minutes(5)).toSeconds(),
      report: props.reportBucket && {
        Bucket: props.reportBucket.bucketName,
        Domain: props.reportBucket.bucketRegionalDomainName,
        Prefix: props.reportPrefix,
      },
      metrics,
    });
    const { stateMachine } = machine;
    this.machine = stateMachine;
    const allowed = own.allow(machine, sweepStatements(this, props));
    if (duringDeployment) {
      this.resource = this.createResource(handler, machine, props);
      const { stateMachineName, stateMachineArn } = stateMachine;
      this.resource.resource.node.addDependency(
        machine,
        allowed,
        own.allow(this.resource, sweepDeploymentStatements(this, stateMachineName, stateMachineArn)),
        // It sees what the stack has made of its own connections.
        connectionsBefore(this.resource.resource),
      );
      Dependable.implement(this, { dependencyRoots: [this.resource.resource] });
    }
    acknowledgeMadeByCdk(this);
    if (schedule !== undefined) {
      const recurring = new scheduler.Schedule(this, 'Schedule', {
        description: 'Tests Glue connections (cdk-glue-connection-test)',
        schedule,
        // Without an input, the scheduler sends an event of its own, which is no input of a sweep.
        target: new targets.StepFunctionsStartExecution(stateMachine, {
          input: scheduler.ScheduleTargetInput.fromObject({}),
        }),
      });
      recurring.node.addDependency(machine, allowed);
      this.alarm = metrics ? createAlarm(this, this.metricFailed()) : undefined;
    }
  }

  /**
   * The state machine. The input of an execution can select fewer connections with `include`, `exclude` and
   * `connectionTypes`, for example `{ "include": ["orders-*"] }`. The output has the counts and the connections that
   * failed.
   */
  get stateMachine(): sfn.IStateMachine {
    return this.machine;
  }

  /**
   * How many connections failed in the sweep of the deployment, as a string.
   *
   * @throws an error with `duringDeployment: false`
   */
  get failed(): string {
    return this.ofDeployment('failed').attribute('Failed');
  }

  /**
   * Which connections failed in the sweep of the deployment, and why. It is cut off after 1,500 bytes.
   *
   * @throws an error with `duringDeployment: false`
   */
  get report(): string {
    return this.ofDeployment('report').attribute('Report');
  }

  /**
   * Makes the sweep of the deployment wait until these constructs are created or updated. Without this call, it waits
   * for the connections in its own stack.
   *
   * @param scopes the constructs, each with everything below it
   * @throws an error with `duringDeployment: false`, or when one of them was passed to `executeBefore`
   */
  executeAfter(...scopes: IConstruct[]): void {
    scopes.forEach((scope) => CONSTRUCT.check('scopes', scope));
    const { resource } = this.ofDeployment('executeAfter');
    this.order.executeAfter(scopes);
    resource.node.addDependency(...scopes);
  }

  /**
   * Makes other constructs wait for the sweep of the deployment. They are created or updated only after it has passed.
   *
   * @param scopes the constructs, each with everything below it
   * @throws an error with `duringDeployment: false`, when one of them contains the sweep or something that it needs, such as its
   * provider, a secret or the bucket, or when one of them was passed to `executeAfter`
   */
  executeBefore(...scopes: IConstruct[]): void {
    this.ofDeployment('executeBefore');
    for (const scope of scopes) {
      CONSTRUCT.check('scopes', scope);
      if (this.node.scopes.includes(scope)) {
        this.refuse(scope, 'the sweep itself');
      }
      if (scope.node.scopes.includes(this) || this.prerequisites.some((needed) => needed.node.scopes.includes(scope))) {
        this.refuse(scope, 'what the sweep itself waits for');
      }
    }
    this.order.executeBefore(scopes);
    scopes.forEach((scope) => scope.node.addDependency(this));
  }

  /**
   * Adds actions to run when a sweep has found broken connections.
   *
   * @param actions the actions, such as `SnsAction`
   * @throws an error when there is no alarm
   */
  addAlarmAction(...actions: cloudwatch.IAlarmAction[]): void {
    if (this.alarm === undefined) {
      throw new Error(
        `'actions' must be added to a sweep with an alarm, got: ${this.node.path}, which has none; set 'schedule', and ` +
          "leave out 'metrics: false'",
      );
    }
    this.alarm.addAlarmAction(...actions);
  }

  /**
   * How many connections failed in a sweep.
   *
   * @param props options that differ from the defaults
   * @default maximum over 5 minutes
   */
  metricFailed(props: cloudwatch.MetricOptions = {}): cloudwatch.Metric {
    return failedConnections(this.machine, props);
  }

  private createResource(handler: lambda.IFunction, machine: SweepStateMachine, props: ConnectionSweepProps) {
    const { onFailure, allowEmpty = false, everyDeployment = false } = props;
    return new SweepResource(this, 'Deployment', handler, machine.stateMachine, {
      ...selectionOf(props),
      OnFailure: onFailure,
      OnEmpty: allowEmpty ? 'PASS' : undefined,
      Definition: {
        CatalogId: props.catalogId,
        TimeoutSeconds: props.timeout?.toSeconds(),
        PatienceSeconds: props.patience?.toSeconds(),
        SynthesizedAt: everyDeployment ? new Date().toISOString() : undefined,
      },
      Triggers: props.triggers,
    });
  }

  private refuse(scope: IConstruct, what: string): never {
    throw new Error(
      `'scopes' must not contain ${what}, got: ${scope.node.path || 'the app'}; name the constructs that must wait one by ` +
        'one',
    );
  }

  private ofDeployment(member: string): SweepResource {
    if (this.resource === undefined) {
      throw new Error(
        `'${member}' requires a sweep that runs during the deployment, got: ${this.node.path}; leave out ` +
          "'duringDeployment: false'",
      );
    }
    return this.resource;
  }
}

/** For the definition of the state machine, and for the resource, which runs again when it changes. */
function selectionOf({ include, exclude, connectionTypes }: ConnectionSweepProps) {
  return { Include: include, Exclude: exclude, ConnectionTypes: connectionTypes?.map(({ name }) => name) };
}
