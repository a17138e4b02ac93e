import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import type { ScheduledEvent } from '../../../lambda/monitor/contract';
import {
  ConnectionMonitor,
  ConnectionTarget,
  ConnectionTest,
  type ConnectionMonitorOptions,
  type ConnectionTestProps,
} from '../../../lib/index';
import { asText, createConnection, resourcesOf } from '../harness';

export const SCHEDULE = 'AWS::Scheduler::Schedule';
export const RULE = 'AWS::Events::Rule';
export const ALARM = 'AWS::CloudWatch::Alarm';
export const DASHBOARD = 'AWS::CloudWatch::Dashboard';

/** The test of a connection that is known by its name. */
export function createTest(
  scope: Construct,
  name = 'orders',
  props: Partial<ConnectionTestProps> = {},
): ConnectionTest {
  const target = ConnectionTarget.fromName(name, {
    inVpc: false,
    hasSecret: props.secret === undefined ? false : true,
  });
  return new ConnectionTest(scope, `${name}Test`, { target, ...props });
}

/** The test of a connection of the app. */
export function createTestOfConnection(scope: Construct, id: string, secret?: secretsmanager.ISecret): ConnectionTest {
  const connection = createConnection(scope, id, secret && { secret, properties: {} });
  return new ConnectionTest(scope, `${id}Test`, { target: ConnectionTarget.fromConnection(connection) });
}

/** A monitor of the tests of some connections that are known by name. */
export function monitorNames(stack: Stack, names: readonly string[], options: ConnectionMonitorOptions = {}) {
  return new ConnectionMonitor(stack, 'Monitor', { tests: names.map((name) => createTest(stack, name)), ...options });
}

/** What the recurring schedules of a stack send, with references as `${Name}`. */
export function scheduledIn(stack: Stack): ScheduledEvent[] {
  return Object.values(resourcesOf(stack, SCHEDULE)).map(({ Properties }) => {
    const { Input } = Properties.Target as { Input: unknown };
    return JSON.parse(inJson(Input)) as ScheduledEvent;
  });
}

/** The names of the connections that are monitored. */
export function monitoredIn(stack: Stack): string[] {
  return scheduledIn(stack).flatMap(({ Connections }) =>
    Connections.map(({ Properties }) => Properties.ConnectionName!),
  );
}

/** A text that holds JSON, with references as `${Name}` and other functions in quotes that don't end a string. */
export function inJson(value: unknown): string {
  if (typeof value === 'string') {
    return value;
  }
  const [[name, argument]] = Object.entries(value as object) as [[string, unknown]];
  if (name === 'Fn::Join') {
    const [separator, parts] = argument as [string, unknown[]];
    return parts.map(inJson).join(separator);
  }
  return /^Ref$|^Fn::GetAtt$/.test(name) ? asText(value) : JSON.stringify(value).replaceAll('"', "'");
}

export interface Widget {
  readonly type: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** The widgets of the stack's only dashboard, with references as `${Name}`. */
export function widgetsIn(stack: Stack): Widget[] {
  const [dashboard] = Object.values(Template.fromStack(stack).findResources(DASHBOARD)) as {
    Properties: { DashboardBody: unknown };
  }[];
  return (JSON.parse(inJson(dashboard!.Properties.DashboardBody)) as { widgets: Widget[] }).widgets;
}
