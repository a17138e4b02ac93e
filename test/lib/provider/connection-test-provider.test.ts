import { NestedStack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { ConnectionTarget, ConnectionTest, ConnectionTestProvider } from '../../../lib/index';
import { createStack, resourcesOf } from '../harness';

const target = ConnectionTarget.fromName('orders', { inVpc: false });

test('all tests of a stack share one function, role and log group', () => {
  const stack = createStack();
  new ConnectionTest(stack, 'One', { target });
  new ConnectionTest(stack, 'Two', { target });

  Template.fromStack(stack).resourceCountIs('AWS::Lambda::Function', 1);
  Template.fromStack(stack).resourceCountIs('AWS::IAM::Role', 1);
  Template.fromStack(stack).resourceCountIs('AWS::Logs::LogGroup', 1);
});

test('a nested stack has its own', () => {
  const stack = createStack();
  const nested = new NestedStack(stack, 'Nested');
  new ConnectionTest(nested, 'Test', { target });

  Template.fromStack(nested).resourceCountIs('AWS::Lambda::Function', 1);
  Template.fromStack(stack).resourceCountIs('AWS::Lambda::Function', 0);
});

test('the function runs the bundle on the newest Node of Lambda and may use its own log group and ask for its own stack only', () => {
  const stack = createStack();
  ConnectionTestProvider.getOrCreate(stack);

  const [logGroup] = Object.keys(resourcesOf(stack, 'AWS::Logs::LogGroup'));
  Template.fromStack(stack).hasResourceProperties('AWS::Lambda::Function', {
    Handler: 'index.handler',
    Runtime: 'nodejs24.x',
    Architectures: ['arm64'],
    MemorySize: 256,
    Timeout: 900,
    LoggingConfig: { LogGroup: { Ref: logGroup } },
  });
  Template.fromStack(stack).hasResourceProperties('AWS::IAM::ManagedPolicy', {
    PolicyDocument: {
      Statement: [
        {
          Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
          Effect: 'Allow',
          Resource: { 'Fn::GetAtt': [logGroup, 'Arn'] },
        },
        { Action: 'cloudformation:DescribeStacks', Effect: 'Allow', Resource: { Ref: 'AWS::StackId' } },
      ],
    },
  });
});

test('no resource has a fixed physical name', () => {
  const stack = createStack();
  ConnectionTestProvider.getOrCreate(stack);

  const { Resources } = Template.fromStack(stack).toJSON() as { Resources: Record<string, { Properties: object }> };
  for (const { Properties } of Object.values(Resources)) {
    expect(Object.keys(Properties)).not.toContainEqual(expect.stringMatching(/^(FunctionName|RoleName|LogGroupName)$/));
  }
});

test('a provider of its own takes its properties', () => {
  const stack = createStack();
  const logGroup = new logs.LogGroup(stack, 'Log');
  const provider = new ConnectionTestProvider(stack, 'Provider', {
    architecture: lambda.Architecture.X86_64,
    logGroup,
    memorySize: 512,
  });
  new ConnectionTest(stack, 'Test', { target, provider });

  Template.fromStack(stack).resourceCountIs('AWS::Lambda::Function', 1);
  Template.fromStack(stack).hasResourceProperties('AWS::Lambda::Function', {
    Architectures: ['x86_64'],
    MemorySize: 512,
    LoggingConfig: { LogGroup: stack.resolve(logGroup.logGroupName) as unknown },
  });
});
