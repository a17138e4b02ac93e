import { type App, PermissionsBoundary, RemovalPolicy, Tags } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { CustomResourceConfig } from 'aws-cdk-lib/custom-resources';
import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { ConnectionTarget, ConnectionTest, ConnectionTestProvider } from '../../../lib/index';
import { asText, createStack, onlyResourceOf, resourcesOf } from '../harness';

const target = ConnectionTarget.fromName('orders', { inVpc: false });

describe('a permissions boundary', () => {
  test('of the app bounds the role', () => {
    const stack = createStack();
    new ConnectionTest(stack, 'Test', { target });
    const boundary = iam.ManagedPolicy.fromManagedPolicyName(stack, 'Boundary', 'boundary');
    iam.PermissionsBoundary.of(stack.node.root).apply(boundary);

    const { PermissionsBoundary: arn } = onlyResourceOf(stack, 'AWS::IAM::Role').Properties;
    expect(arn).toEqual(stack.resolve(boundary.managedPolicyArn));
  });

  test.each([
    ['of the context', () => createStack({}, { '@aws-cdk/core:permissionsBoundary': { name: 'boundary' } })],
    ['of the stack', () => createStack({ permissionsBoundary: PermissionsBoundary.fromName('boundary') })],
  ])('%s bounds the role', (_, create) => {
    const stack = create();
    new ConnectionTest(stack, 'Test', { target });

    const { PermissionsBoundary: arn } = onlyResourceOf(stack, 'AWS::IAM::Role').Properties;
    expect(asText(arn)).toBe('arn:${AWS::Partition}:iam::${AWS::AccountId}:policy/boundary');
  });
});

test.each(['AWS::IAM::Role', 'AWS::Lambda::Function', 'AWS::Logs::LogGroup'])('tags of the app reach %s', (type) => {
  const stack = createStack();
  new ConnectionTest(stack, 'Test', { target });
  Tags.of(stack.node.root).add('cost-center', '42');

  expect(onlyResourceOf(stack, type).Properties.Tags).toEqual([{ Key: 'cost-center', Value: '42' }]);
});

test('roles that were created beforehand are used, and the report says what they have to allow', () => {
  const stack = createStack();
  iam.Role.customizeRoles(stack, { usePrecreatedRoles: { 'Stack/GlueConnectionTestProvider/Role': 'precreated' } });
  const secret = new secretsmanager.Secret(stack, 'Secret');
  new ConnectionTest(stack, 'Test', { target, secret });

  for (const type of ['AWS::IAM::Role', 'AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy']) {
    expect(resourcesOf(stack, type)).toEqual({});
  }
  expect(JSON.stringify(onlyResourceOf(stack, 'AWS::Lambda::Function').Properties.Role)).toContain(':role/precreated');
  const report = readFileSync(path.join((stack.node.root as App).outdir, 'iam-policy-report.json'), 'utf8');
  for (const action of ['logs:PutLogEvents', 'glue:TestConnection', 'secretsmanager:GetSecretValue']) {
    expect(report).toContain(action);
  }
});

describe('CustomResourceConfig', () => {
  test('sets runtime, log retention and removal policy', () => {
    const stack = createStack();
    new ConnectionTest(stack, 'Test', { target });
    CustomResourceConfig.of(stack.node.root).addLambdaRuntime(lambda.Runtime.NODEJS_22_X);
    CustomResourceConfig.of(stack.node.root).addLogRetentionLifetime(logs.RetentionDays.ONE_DAY);
    CustomResourceConfig.of(stack.node.root).addRemovalPolicy(RemovalPolicy.RETAIN);

    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::Lambda::Function', { Runtime: 'nodejs22.x' });
    template.resourceCountIs('AWS::Logs::LogGroup', 1);
    template.hasResource('AWS::Logs::LogGroup', { Properties: { RetentionInDays: 1 }, DeletionPolicy: 'Retain' });
  });

  test('leaves alone a log group that was passed in', () => {
    const stack = createStack();
    const logGroup = new logs.LogGroup(stack, 'Log', { retention: logs.RetentionDays.ONE_YEAR });
    const provider = new ConnectionTestProvider(stack, 'Provider', { logGroup });
    new ConnectionTest(stack, 'Test', { target, provider });
    CustomResourceConfig.of(stack.node.root).addLogRetentionLifetime(logs.RetentionDays.ONE_DAY);

    expect(onlyResourceOf(stack, 'AWS::Logs::LogGroup').Properties.RetentionInDays).toBe(365);
  });
});

test.each([lambda.Runtime.NODEJS_22_X, lambda.Runtime.NODEJS_24_X])('the function may run on $name', (runtime) => {
  const stack = createStack();
  new ConnectionTest(stack, 'Test', { target });
  CustomResourceConfig.of(stack).addLambdaRuntime(runtime);

  expect(onlyResourceOf(stack, 'AWS::Lambda::Function').Properties.Runtime).toBe(runtime.name);
});
