import { CfnCondition, Fn, type CfnResource, type Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type { ScheduledEvent } from '../../../lambda/monitor/contract';
import { ConnectionMonitor } from '../../../lib/index';
import { createStack } from '../harness';
import { createTestOfConnection, inJson } from './monitor-harness';

interface Resource {
  readonly Type: string;
  readonly Condition?: string;
  readonly DependsOn?: string[];
  readonly Properties?: Readonly<Record<string, unknown>>;
}

/** A monitor of two connections, of which one exists under a condition, and so does its secret. */
function createConditional(): Stack {
  const stack = createStack();
  const secret = new secretsmanager.Secret(stack, 'StockSecret');
  const tests = [createTestOfConnection(stack, 'Orders'), createTestOfConnection(stack, 'Stock', secret)];
  new ConnectionMonitor(stack, 'Monitor', { tests });
  // As overrides and aspects may do it: later.
  const condition = new CfnCondition(stack, 'WithStock', { expression: Fn.conditionEquals('a', 'a') });
  for (const construct of [stack.node.findChild('Stock'), secret]) {
    (construct.node.defaultChild as CfnResource).cfnOptions.condition = condition;
  }
  return stack;
}

function monitorIn(stack: Stack): Resource[] {
  const { Resources } = Template.fromStack(stack).toJSON() as { Resources: Record<string, Resource> };
  return Object.entries(Resources)
    .filter(([logicalId]) => logicalId.startsWith('Monitor'))
    .map(([, resource]) => resource);
}

/** Chooses in `Fn::If`, as CloudFormation does. */
function where(exists: boolean, value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map((item) => where(exists, item)).filter((item) => item !== NO_VALUE);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const { 'Fn::If': choice, Ref } = value as { 'Fn::If'?: [string, unknown, unknown]; Ref?: string };
  if (choice !== undefined) {
    return where(exists, choice[exists ? 1 : 2]);
  }
  return Ref === 'AWS::NoValue'
    ? NO_VALUE
    : Object.fromEntries(Object.entries(value).map(([name, member]) => [name, where(exists, member)]));
}

const NO_VALUE = Symbol('AWS::NoValue');

test('a connection that does not exist is named nowhere, and has no alarm', () => {
  for (const resource of monitorIn(createConditional())) {
    if (resource.Type === 'AWS::CloudWatch::Alarm') {
      expect(resource.Condition).toBe(JSON.stringify(resource).includes('Stock') ? 'WithStock' : undefined);
    } else {
      expect(resource.Condition).toBeUndefined();
      expect(JSON.stringify(where(false, resource.Properties ?? {}))).not.toContain('Stock');
      // cfn-lint reports a dependency on what need not exist.
      expect(JSON.stringify(resource.DependsOn ?? [])).not.toContain('Stock');
    }
  }
});

test.each([
  [true, ['Orders', 'Stock']],
  [false, ['Orders']],
])('the schedule sends what exists: %p', (exists, expected) => {
  const schedule = monitorIn(createConditional()).find(({ Type }) => Type === 'AWS::Scheduler::Schedule');
  const { Input } = where(exists, schedule!.Properties!.Target) as { Input: unknown };
  const { Connections } = JSON.parse(inJson(Input)) as ScheduledEvent;

  expect(Connections.map(({ Properties }) => Properties.ConnectionName)).toEqual(
    expected.map((name) => expect.stringContaining(name) as unknown),
  );
});
