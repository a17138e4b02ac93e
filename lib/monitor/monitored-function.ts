import { Lazy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import type { MonitorSettings } from '../../lambda/monitor/contract';
import { lazily } from '../cdk/lazy-dependency';
import { maxLength } from '../grants/policies/policy-length';
import { monitorStatements } from '../grants/statements';
import { ownFunctionOf, type OwnFunction, type Provider } from '../provider/provider';
import { ConnectionsInput } from './connections-input';
import type { MonitoredConnection } from './monitored-connection';
import { SecretRules } from './secret-rules';

/** How a monitor tests, as far as the function and its schedule need to know. */
export interface MonitoringOptions {
  readonly schedule: scheduler.ScheduleExpression;
  /** Between two runs of the schedule, in minutes. */
  readonly interval: number;
  readonly maxConcurrency: number | undefined;
  readonly onSecretChange: boolean;
  readonly metrics: boolean;
}

/** Where neither the monitor nor the provider says it. */
const MAX_CONCURRENCY = { default: 10, most: 100 };

/** EventBridge Scheduler accepts 256 KB, and so does Lambda. The function adds a little to what it leaves for a next run. */
const MAX_INPUT = 255 * 1024;

/**
 * What makes one function test connections again: a schedule, in a group in which the function makes schedules of its
 * own, and rules for changes of secrets. CloudFormation deletes the group with all that is in it.
 */
export class MonitoredFunction extends Construct {
  private readonly connections: MonitoredConnection[] = [];
  private readonly rules: SecretRules | undefined;

  constructor(scope: Construct, id: string, provider: Provider, options: MonitoringOptions) {
    super(scope, id);
    const own = ownFunctionOf(provider, 'a monitor');
    const { schedule, interval, metrics, onSecretChange } = options;
    const { maxConcurrency = provider._maxConcurrency ?? MAX_CONCURRENCY.default } = options;
    const group = new scheduler.CfnScheduleGroup(this, 'Group');
    const role = this.createRole(group, own);
    // Its own name can't be in the schedule's input, unless it is known before. CloudFormation tells schedules apart by their
    // names alone, so it is one that is unique: that of the group.
    const name = group.ref;
    const settings: MonitorSettings = {
      Group: group.ref,
      Schedule: name,
      RoleArn: role.roleArn,
      StackId: Stack.of(provider).stackId,
      IntervalMinutes: interval,
      MaxConcurrency: Math.min(maxConcurrency, MAX_CONCURRENCY.most),
    };
    const allowed = own.allow(this, monitorStatements(this, { groupName: group.ref, roleArn: role.roleArn }));
    const input = new ConnectionsInput(this, settings, this.connections, metrics);
    const recurring = new scheduler.Schedule(this, 'Schedule', {
      description: 'Tests Glue connections (cdk-glue-connection-test)',
      // By the name of the resource: the group is created first.
      scheduleGroup: scheduler.ScheduleGroup.fromScheduleGroupName(this, 'ImportedGroup', group.ref),
      scheduleName: name,
      schedule,
      target: {
        bind: () => ({
          arn: own.handler.functionArn,
          role,
          input: { bind: () => Lazy.uncachedString({ produce: () => input.bind() }) },
          // What could not be delivered before the next run is due is not delivered beside it.
          retryPolicy: { maximumEventAgeInSeconds: interval * 60 },
        }),
      },
    });
    recurring.node.addDependency(allowed);
    // A run while connections are being deployed would test them twice. What is conditional may not be waited for.
    recurring.node.addDependency(
      lazily(() => this.connections.filter(({ condition }) => condition === undefined).map(({ test }) => test)),
    );
    this.rules = onSecretChange ? new SecretRules(this, own.handler, settings) : undefined;
    this.node.addValidation({ validate: () => problemsOf(this, input.bind()) });
  }

  add(connection: MonitoredConnection): void {
    this.connections.push(connection);
    this.rules?.add(connection);
    connection.test._observe(() => this.rules?.add(connection));
  }

  /**
   * The role with which EventBridge Scheduler invokes the function, for this group's schedules only.
   *
   * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/cross-service-confused-deputy-prevention.html
   */
  private createRole(group: scheduler.CfnScheduleGroup, { handler }: OwnFunction): iam.IRole {
    const invoke = new iam.PolicyStatement({
      actions: ['lambda:InvokeFunction'],
      resources: [handler.functionArn],
    });
    return new iam.Role(this, 'Role', {
      description: 'Invokes the function that tests Glue connections, on a schedule',
      assumedBy: new iam.ServicePrincipal('scheduler.amazonaws.com', {
        conditions: {
          StringEquals: { 'aws:SourceAccount': Stack.of(this).account, 'aws:SourceArn': group.attrArn },
        },
      }),
      inlinePolicies: { Invoke: new iam.PolicyDocument({ statements: [invoke] }) },
    });
  }
}

/** @throws an error for a provider that is deployed elsewhere, whose tests have been refused before */

function problemsOf(scope: Construct, input: string): string[] {
  const length = maxLength(scope, input);
  return length <= MAX_INPUT
    ? []
    : [
        `the connections of a monitor must take at most ${MAX_INPUT} characters, which is what a schedule can send, got: ` +
          `up to ${length} for ${scope.node.path}; give some of the tests a monitor of their own`,
      ];
}
