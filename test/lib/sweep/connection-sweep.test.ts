import { App, Duration, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as actions from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as glue from 'aws-cdk-lib/aws-glue';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as sns from 'aws-cdk-lib/aws-sns';
import { ConnectionSweep, ConnectionTestProvider, OnFailure, type ConnectionSweepProps } from '../../../lib/index';
import { createConnection, createStack, onlyResourceOf, resourcesOf } from '../harness';

const SWEEP = 'Custom::GlueConnectionSweep';
const NIGHTLY = scheduler.ScheduleExpression.cron({ hour: '3', minute: '0' });

function sweepWith(props?: ConnectionSweepProps, stack = createStack()): { stack: Stack; sweep: ConnectionSweep } {
  return { stack, sweep: new ConnectionSweep(stack, 'All', props) };
}

function statementsOf(stack: Stack): { Action: string | string[]; Resource: unknown }[] {
  return Object.values(resourcesOf(stack, 'AWS::IAM::ManagedPolicy')).flatMap(
    ({ Properties }) =>
      (Properties.PolicyDocument as { Statement: { Action: string | string[]; Resource: unknown }[] }).Statement,
  );
}

const allowing = (stack: Stack, action: string) =>
  statementsOf(stack).filter(({ Action }) => [Action].flat().includes(action));

const warningsOf = (stack: Stack) =>
  Annotations.fromStack(stack)
    .findWarning('*', Match.anyValue())
    .map(({ entry }) => entry.data as string);

describe('what it may do', () => {
  test('test and list all connections, where nothing is included', () => {
    const { stack } = sweepWith();

    const [statement, ...others] = allowing(stack, 'glue:TestConnection');
    expect(others).toEqual([]);
    expect(statement?.Action).toEqual(['glue:GetConnection', 'glue:GetConnections', 'glue:TestConnection']);
    expect(JSON.stringify(statement?.Resource)).toMatch(/:catalog"\},.*:connection\/\*"/);
  });

  test('never more than the patterns', () => {
    const { stack } = sweepWith({ include: ['prod-*', 'a$b'], exclude: ['prod-legacy-*'] });

    const resources = JSON.stringify(statementsOf(stack).map(({ Resource }) => Resource));
    expect(resources.match(/connection\/[^"]*/g)).toEqual(['connection/prod-*', 'connection/a${$}b']);
  });

  test('connections of the catalog that is named', () => {
    const { stack } = sweepWith({ catalogId: '444455556666' });

    expect(JSON.stringify(allowing(stack, 'glue:TestConnection'))).toContain('444455556666:catalog');
  });

  test('read the secrets that are given, use the keys, and write the report', () => {
    const stack = createStack();
    sweepWith(
      {
        secrets: [new secretsmanager.Secret(stack, 'Secret')],
        keys: [kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:111122223333:key/1')],
        reportBucket: s3.Bucket.fromBucketName(stack, 'Reports', 'reports'),
        reportPrefix: 'sweeps/',
      },
      stack,
    );

    expect(allowing(stack, 'secretsmanager:GetSecretValue')).toHaveLength(1);
    expect(allowing(stack, 'kms:Decrypt')).toEqual([
      { Action: 'kms:Decrypt', Effect: 'Allow', Resource: 'arn:aws:kms:eu-west-1:111122223333:key/1' },
    ]);
    expect(JSON.stringify(allowing(stack, 's3:PutObject'))).toContain(':s3:::reports/sweeps/*');
  });

  test('make network interfaces only where connections are in a VPC', () => {
    expect(allowing(sweepWith({ inVpc: true }).stack, 'ec2:CreateNetworkInterface')).toHaveLength(1);
    expect(allowing(sweepWith({ inVpc: false }).stack, 'ec2:CreateNetworkInterface')).toEqual([]);
  });

  test('start, ask for and stop the executions of deployments, and no others', () => {
    const { stack } = sweepWith();

    expect(JSON.stringify(allowing(stack, 'states:StopExecution'))).toContain(':deployment-*');
    expect(allowing(sweepWith({ duringDeployment: false }).stack, 'states:StartExecution')).toEqual([]);
  });

  test('what is unknown is asked for in one warning, and nothing where it is said', () => {
    const [warning, ...others] = warningsOf(sweepWith().stack);
    expect(others).toEqual([]);
    expect(warning).toContain(
      "pass the secrets that the connections use as 'secrets', or an empty list; pass 'inVpc: true'",
    );
    expect(warningsOf(sweepWith({ secrets: [], inVpc: false }).stack)).toEqual([]);
  });
});

describe('during a deployment', () => {
  test('its properties say when to sweep again', () => {
    const { stack } = sweepWith({
      include: ['prod-*'],
      exclude: ['prod-legacy-*'],
      connectionTypes: [glue.ConnectionType.JDBC],
      onFailure: OnFailure.REPORT,
      allowEmpty: true,
      patience: Duration.minutes(40),
      timeout: Duration.minutes(2),
      triggers: { release: '2' },
    });

    Template.fromStack(stack).hasResourceProperties(SWEEP, {
      StateMachineArn: { Ref: Match.stringLikeRegexp('StateMachine') },
      ServiceTimeout: '3600',
      Include: ['prod-*'],
      Exclude: ['prod-legacy-*'],
      ConnectionTypes: ['JDBC'],
      OnFailure: 'REPORT',
      OnEmpty: 'PASS',
      Definition: { TimeoutSeconds: 120, PatienceSeconds: 2400 },
      Triggers: { release: '2' },
    });
  });

  test('the same app makes the same template, but for everyDeployment', () => {
    const template = (props: ConnectionSweepProps) => Template.fromStack(sweepWith(props).stack).toJSON();

    expect(template({})).toEqual(template({}));
    expect(JSON.stringify(template({ everyDeployment: true }))).toContain('SynthesizedAt');
  });

  test('it waits for its permissions, and for the connections of its stack that do not wait for it', () => {
    const stack = createStack();
    createConnection(stack, 'Orders');
    const later = createConnection(stack, 'Later');
    const { sweep } = sweepWith({}, stack);
    sweep.executeBefore(later);

    const { DependsOn } = onlyResourceOf(stack, SWEEP) as { DependsOn: string[] };
    expect(DependsOn.filter((id) => id.startsWith('Orders'))).toHaveLength(1);
    expect(DependsOn.filter((id) => id.startsWith('Later'))).toEqual([]);
    expect(DependsOn.filter((id) => id.includes('Policy')).length).toBeGreaterThanOrEqual(3);
    const [connection] = Object.entries(resourcesOf(stack, 'AWS::Glue::Connection')).flatMap(([id, one]) =>
      id.startsWith('Later') ? [one as { DependsOn?: string[] }] : [],
    );
    expect(connection?.DependsOn).toEqual([expect.stringMatching(/^AllDeployment\w{8}$/)]);
  });

  test('it waits for what it is told to wait for', () => {
    const stack = createStack();
    const topic = new sns.Topic(stack, 'Topic');
    sweepWith({}, stack).sweep.executeAfter(topic);

    expect((onlyResourceOf(stack, SWEEP) as { DependsOn: string[] }).DependsOn).toContainEqual(
      expect.stringMatching(/^Topic/),
    );
  });

  test('another stack waits for it', () => {
    const app = new App();
    const [own, other] = [new Stack(app, 'Own'), new Stack(app, 'Other')];
    new ConnectionSweep(own, 'All').executeBefore(other);

    expect(
      app
        .synth()
        .getStackByName('Other')
        .dependencies.map(({ id }) => id),
    ).toContain('Own');
  });

  test('the waiter writes no log, which would hold the address to which CloudFormation is answered', () => {
    const machines = Object.values(resourcesOf(sweepWith().stack, 'AWS::StepFunctions::StateMachine'));

    expect(machines).toHaveLength(2);
    expect(machines.filter(({ Properties }) => 'LoggingConfiguration' in Properties)).toEqual([]);
  });

  test.each([
    ['failed', (sweep: ConnectionSweep) => sweep.failed],
    ['report', (sweep: ConnectionSweep) => sweep.report],
    ['executeAfter', (sweep: ConnectionSweep) => sweep.executeAfter(new sns.Topic(Stack.of(sweep), 'Topic'))],
    ['executeBefore', (sweep: ConnectionSweep) => sweep.executeBefore(new sns.Topic(Stack.of(sweep), 'Topic'))],
  ])('without it there is no %s', (member, use) => {
    const { sweep, stack } = sweepWith({ duringDeployment: false });

    expect(() => use(sweep)).toThrow(
      `'${member}' requires a sweep that runs during the deployment, got: Stack/All; leave out ` +
        "'duringDeployment: false'",
    );
    expect(resourcesOf(stack, SWEEP)).toEqual({});
  });
});

describe('on a schedule', () => {
  test('it starts the state machine, and one alarm tells of broken connections', () => {
    const { stack, sweep } = sweepWith({ schedule: NIGHTLY });
    sweep.addAlarmAction(new actions.SnsAction(new sns.Topic(stack, 'Topic')));

    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::Scheduler::Schedule', {
      ScheduleExpression: 'cron(0 3 * * ? *)',
      // Without an input, the scheduler sends an event of its own, which is no input of a sweep.
      Target: { Arn: { Ref: Match.stringLikeRegexp('StateMachine') }, Input: '{}' },
    });
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      Namespace: 'GlueConnections',
      MetricName: 'FailedConnections',
      Dimensions: [{ Name: 'StateMachine', Value: { 'Fn::GetAtt': [Match.stringLikeRegexp('StateMachine'), 'Name'] } }],
      Threshold: 1,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      TreatMissingData: 'ignore',
      AlarmActions: [{ Ref: Match.stringLikeRegexp('Topic') }],
    });
  });

  test('without metrics there is no alarm, and an action for it is refused', () => {
    const { stack, sweep } = sweepWith({ schedule: NIGHTLY, metrics: false });

    expect(resourcesOf(stack, 'AWS::CloudWatch::Alarm')).toEqual({});
    expect(JSON.stringify(resourcesOf(stack, 'AWS::StepFunctions::StateMachine'))).not.toContain('MetricOf');
    expect(() => sweep.addAlarmAction(new actions.SnsAction(new sns.Topic(stack, 'Topic')))).toThrow(
      "'actions' must be added to a sweep with an alarm, got: Stack/All, which has none; set 'schedule'",
    );
  });
});

describe('fails', () => {
  const ofText = (value: unknown) => value as ConnectionSweepProps;
  test.each<[string, ConnectionSweepProps]>([
    ["'include' must hold at least one pattern, got: none; leave it out", { include: [] }],
    ["'include[0]' must not be empty", { include: [''] }],
    ["'include[1]' must be at most 255 characters, got: 300", { include: ['a', 'a'.repeat(300)] }],
    ["'include' must hold at most 30 patterns, got: 31; use wildcards", { include: Array(31).fill('a') as string[] }],
    [
      "'include' must have at most 2000 characters in all its patterns, got: 2250; use wildcards",
      { include: Array(9).fill('a'.repeat(250)) as string[] },
    ],
    ["'include' must be a list of strings, got: 'prod-*'; put it in brackets", ofText({ include: 'prod-*' })],
    ["'connectionTypes' must hold at least one type, got: none", { connectionTypes: [] }],
    ["'maxConcurrency' must be a whole number from 1 to 1000, got: 0", { maxConcurrency: 0 }],
    ["'patience' must be whole seconds from 0 to 55 minutes", { patience: Duration.minutes(56) }],
    ["'timeout' must be whole seconds from 1 second to 14 minutes", { timeout: Duration.minutes(15) }],
    ["'reportPrefix' must not be given without 'reportBucket', got: 'a/'; add the bucket", { reportPrefix: 'a/' }],
    [
      "'schedule' must be a ScheduleExpression of aws-cdk-lib/aws-scheduler, got: 'rate(1 day)'",
      ofText({ schedule: 'rate(1 day)' }),
    ],
    ["'max_concurrency' must be written 'maxConcurrency'", ofText({ max_concurrency: 3 })],
  ])('%s', (message, props) => {
    expect(() => sweepWith(props)).toThrow(message);
  });

  test('when the provider is deployed elsewhere, or is of another stack', () => {
    const stack = createStack();
    const imported = ConnectionTestProvider.fromServiceToken(
      stack,
      'Imported',
      'arn:aws:lambda:eu-west-1:111122223333:function:f',
    );
    expect(() => sweepWith({ provider: imported }, stack)).toThrow("'provider' must be in this app");

    const other = ConnectionTestProvider.getOrCreate(new Stack());
    expect(() => sweepWith({ provider: other })).toThrow("'provider' must be in the same stack as the test");
  });

  test('when a construct is to wait that contains the sweep, or that it waits for', () => {
    const { stack, sweep } = sweepWith();
    expect(() => sweep.executeBefore(stack)).toThrow("'scopes' must not contain the sweep itself, got: Stack");

    const topic = new sns.Topic(stack, 'Topic');
    sweep.executeAfter(topic);
    expect(() => sweep.executeBefore(topic)).toThrow("'scopes' of executeBefore must not overlap");
  });
});
