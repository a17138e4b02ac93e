import { App, Stack } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { LocalCloud } from '../../src/local-cloud';
import { until } from '../processes';

jest.setTimeout(60_000);

let folder: string;
let cloud: LocalCloud;
beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'lambda-resource-test-'));
  cloud = await LocalCloud.start({ throttleDelaysMs: [10] });
});
afterEach(async () => {
  await cloud.stop();
  rmSync(folder, { recursive: true });
});

const count = (text: string) => cloud.log.filter(({ message }) => message.includes(text)).length;

test.each([
  [0, []],
  [1, ['START', 'END', 'START', 'END']],
])('a function has its ReservedConcurrentExecutions: %d', async (reserved, executions) => {
  const code = path.join(folder, 'code');
  mkdirSync(code);
  const handler = 'exports.handler = () => new Promise((resolve) => setTimeout(resolve, 300));';
  writeFileSync(path.join(code, 'index.js'), handler);
  const app = new App({ outdir: path.join(folder, 'cdk.out'), analyticsReporting: false });
  const stack = new Stack(app, 'Functions');
  const subject = new lambda.Function(stack, 'Subject', {
    runtime: lambda.Runtime.NODEJS_22_X,
    handler: 'index.handler',
    code: lambda.Code.fromAsset(code),
    reservedConcurrentExecutions: reserved,
  });
  stack.exportValue(subject.functionArn, { name: 'arn' });
  app.synth();
  const { status, outputs } = await cloud.deploy(app.outdir, 'Functions');
  expect(status).toBe('CREATE_COMPLETE');

  const [arn = ''] = Object.values(outputs);
  cloud.functions.invokeAsync(arn, 1);
  cloud.functions.invokeAsync(arn, 2);
  await until(() => count('END') + count('dropped') === 2);
  const phases = cloud.log.map(({ message }) => message.split(' ')[0]);
  expect(phases.filter((phase) => phase === 'START' || phase === 'END')).toEqual(executions);
});

const trust = (Principal: unknown, Action: unknown = 'sts:AssumeRole', Effect = 'Allow') => ({
  Version: '2012-10-17',
  Statement: { Effect, Principal, Action },
});

const withRole = (AssumeRolePolicyDocument: object) =>
  cloud.deployTemplate(
    {
      Resources: {
        Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument } },
        Subject: {
          Type: 'AWS::Lambda::Function',
          Properties: { Code: { ZipFile: '' }, Handler: 'index.handler', Role: { 'Fn::GetAtt': ['Role', 'Arn'] } },
        },
      },
    },
    'Functions',
  );

test.each([
  ['its service', trust({ Service: 'lambda.amazonaws.com' })],
  ['its service among others', trust({ Service: ['glue.amazonaws.com', 'lambda.amazonaws.com'] }, ['sts:AssumeRole'])],
  ['everyone', trust('*', 'sts:*')],
])('a function takes a role that trusts %s', async (_title, document) => {
  expect((await withRole(document)).status).toBe('CREATE_COMPLETE');
});

test.each([
  ['another service', trust({ Service: 'glue.amazonaws.com' })],
  ['its service with another action', trust({ Service: 'lambda.amazonaws.com' }, 'sts:TagSession')],
  ['its service not', trust({ Service: 'lambda.amazonaws.com' }, 'sts:AssumeRole', 'Deny')],
  ['an account', trust({ AWS: '111122223333' })],
  ['nobody', {}],
])('fails when the role of a function trusts %s', async (_title, document) => {
  expect((await withRole(document)).status).toBe('ROLLBACK_COMPLETE');
  const events = cloud.cloudFormation.describeStackEvents(
    cloud.cloudFormation.describeStack('Functions')?.stackId ?? '',
  );
  expect(events.find(({ status }) => status === 'CREATE_FAILED')?.reason).toBe(
    'The role defined for the function cannot be assumed by Lambda.',
  );
});

describe('a function whose code stands in the template', () => {
  const template = (code: string, Runtime = 'nodejs22.x') => ({
    Resources: {
      Role: {
        Type: 'AWS::IAM::Role',
        Properties: {
          AssumeRolePolicyDocument: {
            Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
          },
        },
      },
      Function: {
        Type: 'AWS::Lambda::Function',
        Properties: {
          ...{ Handler: 'index.handler', Runtime, Code: { ZipFile: code }, Role: { 'Fn::GetAtt': ['Role', 'Arn'] } },
        },
      },
      Call: {
        Type: 'Custom::Call',
        Properties: { ServiceToken: { 'Fn::GetAtt': ['Function', 'Arn'] }, ServiceTimeout: 10 },
      },
    },
    Outputs: { Answer: { Value: { 'Fn::GetAtt': ['Call', 'Answer'] } } },
  });

  // https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/cfn-lambda-function-code-cfnresponsemodule.html
  test('finds the module that answers CloudFormation', async () => {
    const code = `
      const response = require('cfn-response');
      exports.handler = (event, context) => response.send(event, context, response.SUCCESS, { Answer: '42' });`;
    const { status, outputs } = await cloud.deployTemplate(template(code), 'Inline');
    expect({ status, outputs }).toEqual({ status: 'CREATE_COMPLETE', outputs: { Answer: '42' } });
  });

  test('fails at once when its runtime is not Node.js', async () => {
    const { status } = await cloud.deployTemplate(template('', 'python3.13'), 'Inline');
    expect(status).toBe('ROLLBACK_COMPLETE');
    const reasons = cloud.cloudFormation.describeStackEvents('Inline').map(({ reason }) => reason);
    expect(reasons).toContain('The runtime python3.13 is not modelled: functions here are run by Node.js');
  });
});
