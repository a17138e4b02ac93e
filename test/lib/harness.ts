import { App, Stack, type StackProps } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as glue from 'aws-cdk-lib/aws-glue';
import type { Construct } from 'constructs';

export interface Statement {
  readonly Action: string | string[];
  readonly Effect: string;
  readonly Resource: unknown;
  readonly Condition?: unknown;
}

interface Resource {
  readonly Type: string;
  readonly Properties: Record<string, unknown>;
  readonly DependsOn?: string[];
}

export function createStack(props?: StackProps, context?: Record<string, unknown>): Stack {
  return new Stack(new App({ context }), 'Stack', props);
}

export function createConnection(scope: Construct, id = 'Orders', options: Partial<glue.ConnectionProps> = {}) {
  return new glue.Connection(scope, id, {
    type: glue.ConnectionType.JDBC,
    properties: { JDBC_CONNECTION_URL: 'jdbc:postgresql://db:5432/orders', USERNAME: 'orders', PASSWORD: 'x' },
    ...options,
  });
}

export function resourcesOf(stack: Stack, type: string): Record<string, Resource> {
  return Template.fromStack(stack).findResources(type) as Record<string, Resource>;
}

/** The one custom resource of a stack with one test. */
export function testResourceOf(stack: Stack): Resource {
  return onlyResourceOf(stack, 'Custom::GlueConnectionTest');
}

export function onlyResourceOf(stack: Stack, type: string): Resource {
  const resources = Object.values(resourcesOf(stack, type));
  expect(resources).toHaveLength(1);
  return resources[0]!;
}

/** The statements of a stack's policies, by logical id of the policy or role, without those that the function itself needs. */
export function statementsOf(stack: Stack): Record<string, Statement[]> {
  const policies = Object.entries({
    ...resourcesOf(stack, 'AWS::IAM::Policy'),
    ...resourcesOf(stack, 'AWS::IAM::ManagedPolicy'),
  }).map(([logicalId, { Properties }]) => [logicalId, Properties.PolicyDocument] as const);
  const roles = Object.entries(resourcesOf(stack, 'AWS::IAM::Role')).flatMap(([logicalId, { Properties }]) =>
    ((Properties.Policies ?? []) as { PolicyDocument: unknown }[]).map(
      ({ PolicyDocument }) => [logicalId, PolicyDocument] as const,
    ),
  );
  return Object.fromEntries(
    [...policies, ...roles].map(([logicalId, document]) => [
      logicalId,
      (document as { Statement: Statement[] }).Statement.filter((statement) => !isOfFunction(statement)),
    ]),
  );
}

function isOfFunction({ Action }: Statement): boolean {
  return [Action].flat().every((action) => /^logs:|^cloudformation:DescribeStacks$/.test(action));
}

export function allStatements(stack: Stack): Statement[] {
  return Object.values(statementsOf(stack)).flat();
}

/** The statement that allows an action, with its ARNs as text: pseudo parameters and references as `${Name}`. */
export function allowed(stack: Stack, action: string): { resources: string[]; condition: unknown } | undefined {
  const statement = allStatements(stack).find(({ Action }) => [Action].flat().includes(action));
  return statement && { resources: [statement.Resource].flat().map(asText), condition: statement.Condition };
}

/** The connections that may be tested, as ARNs; the catalog beside them is for GetConnection. */
export function connectionsTested(stack: Stack): string[] {
  return (allowed(stack, 'glue:TestConnection')?.resources ?? []).filter((arn) => !arn.endsWith(':catalog'));
}

export function asText(value: unknown): string {
  if (typeof value === 'string') {
    return value;
  }
  const [[name, argument]] = Object.entries(value as object) as [[string, unknown]];
  switch (name) {
    case 'Ref':
      return `\${${String(argument)}}`;
    case 'Fn::GetAtt':
      return `\${${(argument as string[]).join('.')}}`;
    case 'Fn::Sub':
      return String(argument);
    case 'Fn::Join':
      return (argument as [string, unknown[]])[1].map(asText).join((argument as [string])[0]);
    default:
      return JSON.stringify(value);
  }
}
