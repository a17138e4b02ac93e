import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import type { ScheduledEvent } from '../../../lambda/monitor/contract';
import { ConnectionMonitor, ConnectionTarget, ConnectionTest } from '../../../lib/index';

/** A widget of a dashboard's JSON, as far as it is drawn. */
export interface Widget {
  readonly type: 'alarm' | 'metric' | 'log';
  readonly properties: {
    readonly title: string;
    /** The logical IDs of alarms. */
    readonly alarms?: readonly string[];
    /** Namespace, name, dimension, its value, options. */
    readonly metrics?: readonly (readonly [string, string, string, string, { readonly period: number }])[];
    readonly yAxis?: { readonly left: { readonly label: string; readonly min: number } };
    readonly query?: string;
  };
}

export interface Alarm {
  readonly Dimensions: readonly { readonly Value: string }[];
  readonly Period: number;
  readonly EvaluationPeriods: number;
  readonly Threshold: number;
}

interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
}

/** What CloudFormation would deploy of a `ConnectionMonitor`. */
export class MonitorApp {
  private readonly resources: readonly (readonly [string, Resource])[];

  constructor(names: readonly string[]) {
    const stack = new Stack(new App(), 'Orders');
    const tests = names.map((name) => {
      const target = ConnectionTarget.fromName(name, { inVpc: false, hasSecret: false });
      return new ConnectionTest(stack, `${name}Test`, { target });
    });
    new ConnectionMonitor(stack, 'Monitor', { tests });
    const { Resources } = Template.fromStack(stack).toJSON() as { Resources: Record<string, Resource> };
    this.resources = Object.entries(Resources);
  }

  /** The widgets of the dashboard, from above. */
  get widgets(): readonly Widget[] {
    const [[, dashboard]] = this.all('AWS::CloudWatch::Dashboard');
    return (JSON.parse(textOf(dashboard.Properties.DashboardBody)) as { widgets: Widget[] }).widgets;
  }

  /** The alarms by their logical IDs. */
  get alarms(): ReadonlyMap<string, Alarm> {
    return new Map(
      this.all('AWS::CloudWatch::Alarm').map(([id, { Properties }]) => [id, Properties as unknown as Alarm]),
    );
  }

  /** What the schedule sends, with names of ours where CloudFormation knows its own. */
  get scheduled(): ScheduledEvent {
    const [[, schedule]] = this.all('AWS::Scheduler::Schedule');
    const { Input } = schedule.Properties.Target as { Input: unknown };
    const { Monitor, ...rest } = JSON.parse(textOf(Input)) as ScheduledEvent;
    const Group = 'group';
    const RoleArn = 'arn:aws:iam::111122223333:role/schedule';
    const StackId = 'arn:aws:cloudformation:eu-west-1:111122223333:stack/Orders/1a2b3c4d';
    return { ...rest, Monitor: { ...Monitor, Group, RoleArn, StackId, Schedule: Group } };
  }

  private all(type: string): [[string, Resource], ...[string, Resource][]] {
    return this.resources.filter(([, { Type }]) => Type === type) as never;
  }
}

/** A text of the template, with logical IDs in place of what they stand for. */
function textOf(value: unknown): string {
  if (typeof value === 'string') {
    return value;
  }
  const {
    'Fn::Join': join,
    'Fn::GetAtt': attribute,
    Ref,
  } = value as {
    'Fn::Join'?: [string, unknown[]];
    'Fn::GetAtt'?: [string, string];
    Ref?: string;
  };
  if (join !== undefined) {
    const [separator, parts] = join;
    return parts.map(textOf).join(separator);
  }
  return Ref ?? attribute?.[0] ?? '';
}
