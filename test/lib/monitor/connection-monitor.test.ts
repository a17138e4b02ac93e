import { App, CfnParameter, Duration, NestedStack, Stack, type StackProps } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as glue from 'aws-cdk-lib/aws-glue';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { ConnectionMonitor, ConnectionTarget, ConnectionTest, ConnectionTestProvider } from '../../../lib/index';
import { asText, createStack, onlyResourceOf, resourcesOf } from '../harness';
import {
  createTest,
  createTestOfConnection,
  monitoredIn,
  monitorNames,
  SCHEDULE,
  scheduledIn,
} from './monitor-harness';

describe('the schedule', () => {
  test('runs every hour, in a group of its own, which goes with the stack', () => {
    const stack = createStack();
    monitorNames(stack, ['orders']);

    const { Properties, DependsOn } = onlyResourceOf(stack, SCHEDULE);
    const [[group, { DeletionPolicy }] = ['', {}]] = Object.entries(
      resourcesOf(stack, 'AWS::Scheduler::ScheduleGroup'),
    ) as [string, { DeletionPolicy?: string }][];
    expect(Properties).toMatchObject({
      ScheduleExpression: 'rate(1 hour)',
      State: 'ENABLED',
      GroupName: { Ref: group },
      Target: { RetryPolicy: { MaximumEventAgeInSeconds: 3600 } },
    });
    expect(DeletionPolicy).toBeUndefined();
    // Neither before the function may make schedules, nor beside the tests of the deployment.
    expect(DependsOn).toEqual([expect.stringMatching(/^MonitorFunctionPolicy/), expect.stringMatching(/^ordersTest/)]);
  });

  test('sends what the function needs: settings, and each connection as it is tested in a deployment', () => {
    const stack = createStack();
    const secret = new secretsmanager.Secret(stack, 'Secret');
    const tests = [
      createTestOfConnection(stack, 'Orders', secret),
      createTest(stack, 'stock', { timeout: Duration.minutes(2), maxAttempts: 5, networkDiagnosis: false }),
      new ConnectionTest(stack, 'Shared', {
        target: ConnectionTarget.fromName('shared', { catalogId: '444455556666', inVpc: false, hasSecret: false }),
      }),
    ];
    new ConnectionMonitor(stack, 'Monitor', { tests });

    expect(scheduledIn(stack)).toEqual([
      {
        Monitor: {
          Group: expect.stringMatching(/^\$\{MonitorFunctionGroup\w+\}$/) as string,
          Schedule: asText(onlyResourceOf(stack, SCHEDULE).Properties.Name),
          RoleArn: expect.stringMatching(/^\$\{MonitorFunctionRole\w+\.Arn\}$/) as string,
          StackId: '${AWS::StackId}',
          IntervalMinutes: 60,
          MaxConcurrency: 10,
        },
        Connections: [
          {
            Properties: {
              ConnectionName: expect.stringMatching(/^\$\{Orders\w+\}$/) as string,
              TimeoutSeconds: 300,
              RoleArn: expect.stringMatching(/^\$\{OrdersTestRole\w+\.Arn\}$/) as string,
            },
            Secrets: [expect.stringMatching(/^\$\{Secret\w+\}$/)],
          },
          {
            Properties: { ConnectionName: 'stock', TimeoutSeconds: 120, MaxAttempts: 5, NetworkDiagnosis: 'DISABLED' },
          },
          { Properties: { ConnectionName: 'shared', CatalogId: '444455556666', TimeoutSeconds: 300 } },
        ],
      },
    ]);
  });

  test('has the secrets as far as they are known', () => {
    const stack = createStack({ env: { account: '111122223333', region: 'eu-west-1' } });
    const { Secret } = secretsmanager;
    const arn = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret';
    const secrets = {
      name: Secret.fromSecretNameV2(stack, 'Name', 'orders/db'),
      complete: Secret.fromSecretCompleteArn(stack, 'Complete', `${arn}:stock-a1B2c3`),
      partial: Secret.fromSecretPartialArn(stack, 'Partial', `${arn}:crm`),
    };
    const tests = Object.entries(secrets).map(([name, secret]) => createTest(stack, name, { secret }));
    new ConnectionMonitor(stack, 'Monitor', { tests });

    expect(scheduledIn(stack)[0]!.Connections.map(({ Secrets }) => Secrets)).toEqual([
      ['arn:${AWS::Partition}:secretsmanager:eu-west-1:111122223333:secret:orders/db'],
      [`${arn}:stock-a1B2c3`],
      [`${arn}:crm`],
    ]);
  });

  test.each<[string, ScheduleExpression, number]>([
    ['a minute', ScheduleExpression.rate(Duration.minutes(1)), 1],
    ['a day', ScheduleExpression.rate(Duration.days(1)), 1440],
    ['hours', ScheduleExpression.expression('rate(2 hours)'), 120],
    ['cron, every quarter of an hour', ScheduleExpression.cron({ minute: '0/15' }), 15],
    ['cron, every 20 minutes with an asterisk', ScheduleExpression.expression('cron(*/20 * * * ? *)'), 20],
    ['cron, once a day', ScheduleExpression.cron({ minute: '30', hour: '4' }), 1440],
    ['cron, in the daytime: the night counts', ScheduleExpression.cron({ minute: '0', hour: '8-18' }), 14 * 60],
    ['cron, twice, unevenly', ScheduleExpression.cron({ minute: '0,10', hour: '6,18' }), 710],
    ['cron, every day by name', ScheduleExpression.expression('cron(0 8/8 ? JAN-DEC SUN-SAT *)'), 16 * 60],
    ['cron, every minute of an hour', ScheduleExpression.expression('cron(5-59/6 * 1/1 * ? *)'), 6],
  ])('tells the function its interval: %s', (_, schedule, minutes) => {
    const stack = createStack();
    monitorNames(stack, ['orders'], { schedule });

    expect(scheduledIn(stack)[0]!.Monitor.IntervalMinutes).toBe(minutes);
    expect(onlyResourceOf(stack, SCHEDULE).Properties).toMatchObject({
      ScheduleExpression: schedule.expressionString,
      Target: { RetryPolicy: { MaximumEventAgeInSeconds: minutes * 60 } },
    });
  });

  test.each([
    ['that of the monitor', { ofMonitor: 3, ofProvider: 20 }, 3],
    ["or else the provider's", { ofMonitor: undefined, ofProvider: 20 }, 20],
    ['at most what the function takes', { ofMonitor: undefined, ofProvider: 2_000 }, 100],
  ])('takes as many connections at once as it may: %s', (_, { ofMonitor, ofProvider }, expected) => {
    const stack = createStack();
    const provider = ConnectionTestProvider.getOrCreate(stack, { maxConcurrency: ofProvider });
    const tests = [createTest(stack, 'orders', { provider })];
    new ConnectionMonitor(stack, 'Monitor', { tests, maxConcurrency: ofMonitor });

    expect(scheduledIn(stack)[0]!.Monitor.MaxConcurrency).toBe(expected);
  });

  test('is one for each function, and another connection adds nothing but its alarm', () => {
    const monitored = (create: (stack: Stack) => ConnectionTest[]) => {
      const stack = createStack();
      new ConnectionMonitor(stack, 'Monitor', { tests: create(stack) });
      return stack;
    };
    const types = (stack: Stack) =>
      Object.entries((Template.fromStack(stack).toJSON() as { Resources: Record<string, { Type: string }> }).Resources)
        .filter(([logicalId]) => logicalId.startsWith('Monitor'))
        .map(([, { Type }]) => Type)
        .sort();
    const one = types(monitored((stack) => [createTest(stack, 'one')]));
    const two = types(monitored((stack) => [createTest(stack, 'one'), createTest(stack, 'two')]));
    const functions = monitored((stack) => {
      const provider = ConnectionTestProvider.getOrCreate(stack, { memorySize: 512 });
      return [createTest(stack, 'one'), createTest(stack, 'two', { provider })];
    });

    expect(two).toEqual([...one, 'AWS::CloudWatch::Alarm'].sort());
    expect(scheduledIn(functions).map(({ Connections }) => Connections.length)).toEqual([1, 1]);
  });

  test('has a connection once, however many tests it has', () => {
    const stack = createStack();
    const target = ConnectionTarget.fromName('orders', { inVpc: false, hasSecret: false });
    const tests = ['A', 'B'].map((id) => new ConnectionTest(stack, id, { target }));
    const monitor = new ConnectionMonitor(stack, 'Monitor', { tests: [...tests, tests[0]!] });

    expect(monitoredIn(stack)).toEqual(['orders']);
    expect(monitor.alarms).toHaveLength(1);
  });

  test('has a connection once that is known by its construct and by its name', () => {
    const stack = createStack();
    const connection = new glue.CfnConnection(stack, 'Orders', {
      catalogId: stack.account,
      connectionInput: { name: 'orders', connectionType: 'JDBC' },
    });
    const target = ConnectionTarget.fromCfnConnection(connection);
    const tests = [new ConnectionTest(stack, 'Test', { target }), createTest(stack, 'orders')];
    const monitor = new ConnectionMonitor(stack, 'Monitor', { tests });

    expect(monitoredIn(stack)).toEqual([expect.stringMatching(/^\$\{Orders/)]);
    expect(monitor.alarms).toHaveLength(1);
  });

  test('is one of two where a test is in two monitors, as a warning says', () => {
    const stack = createStack();
    const tests = [createTest(stack)];
    new ConnectionMonitor(stack, 'Monitor', { tests });
    new ConnectionMonitor(stack, 'Second', { tests });

    expect(monitoredIn(stack)).toEqual(['orders', 'orders']);
    Annotations.fromStack(stack).hasWarning(
      '/Stack/Second',
      Match.stringLikeRegexp(
        'the test Stack/ordersTest is in another monitor too, so wrong passwords are tried twice as often.*: leave it out of one of them, or acknowledge this warning',
      ),
    );
    Annotations.fromStack(stack).hasNoWarning('/Stack/Monitor', Match.anyValue());
  });
});

describe('tests of other stacks', () => {
  test.each<[string, StackProps]>([
    ['of an environment', { env: { account: '111122223333', region: 'eu-west-1' } }],
    ['of none', {}],
  ])('are monitored from the stack of the monitor, %s', (_, props) => {
    const app = new App();
    const stacks = ['Orders', 'Stock'].map((id) => new Stack(app, id, props));
    const tests = stacks.map((stack) => createTestOfConnection(stack, 'Db'));
    const here = new Stack(app, 'Monitoring', props);
    new ConnectionMonitor(here, 'Monitor', { tests: [...tests, createTest(here, 'own')] });

    const sent = scheduledIn(here);
    expect(sent.map(({ Connections }) => Connections.length)).toEqual([1, 1, 1]);
    expect(new Set(sent.map(({ Monitor }) => Monitor.StackId)).size).toBe(3);
    stacks.forEach((stack) => {
      expect(resourcesOf(stack, SCHEDULE)).toEqual({});
      expect(here.dependencies).toContain(stack);
    });
  });

  test('are monitored in a nested stack', () => {
    const stack = createStack();
    const nested = new NestedStack(stack, 'Nested');
    new ConnectionMonitor(stack, 'Monitor', { tests: [createTestOfConnection(nested, 'Db')] });

    expect(Template.fromStack(nested).findResources(SCHEDULE)).toEqual({});
    expect(monitoredIn(stack)).toHaveLength(1);
  });
});

describe('permissions', () => {
  const statementsBelow = (stack: Stack, id: RegExp) =>
    Object.entries({
      ...resourcesOf(stack, 'AWS::IAM::ManagedPolicy'),
    })
      .filter(([logicalId]) => id.test(logicalId))
      .flatMap(([, { Properties }]) => (Properties.PolicyDocument as { Statement: unknown[] }).Statement);

  test('the schedule may invoke this function, nothing else, and only schedules of this group may be that', () => {
    const stack = createStack();
    monitorNames(stack, ['orders']);

    const [role] = Object.entries(resourcesOf(stack, 'AWS::IAM::Role')).filter(([id]) => id.startsWith('Monitor'));
    const { AssumeRolePolicyDocument, Policies, ManagedPolicyArns } = role![1].Properties as {
      AssumeRolePolicyDocument: { Statement: unknown[] };
      Policies: { PolicyDocument: { Statement: unknown[] } }[];
      ManagedPolicyArns?: unknown;
    };
    expect(ManagedPolicyArns).toBeUndefined();
    expect(Policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement)).toEqual([
      {
        Action: 'lambda:InvokeFunction',
        Effect: 'Allow',
        Resource: { 'Fn::GetAtt': [expect.stringMatching(/^GlueConnectionTestProviderFunction/), 'Arn'] },
      },
    ]);
    expect(AssumeRolePolicyDocument.Statement).toEqual([
      {
        Action: 'sts:AssumeRole',
        Effect: 'Allow',
        Principal: { Service: 'scheduler.amazonaws.com' },
        Condition: {
          StringEquals: {
            'aws:SourceAccount': { Ref: 'AWS::AccountId' },
            'aws:SourceArn': { 'Fn::GetAtt': [expect.stringMatching(/^MonitorFunctionGroup/), 'Arn'] },
          },
        },
      },
    ]);
  });

  test('the function may make schedules in this group, and pass them the role of the schedule', () => {
    const stack = createStack();
    monitorNames(stack, ['orders']);

    expect(
      statementsBelow(stack, /^Monitor/).map((statement) => {
        const { Resource, ...rest } = statement as { Resource: unknown };
        return { ...rest, Resource: asText(Resource) };
      }),
    ).toEqual([
      {
        Action: ['scheduler:CreateSchedule', 'scheduler:DeleteSchedule', 'scheduler:GetSchedule'],
        Effect: 'Allow',
        Resource: expect.stringMatching(
          /^arn:\$\{AWS::Partition\}:scheduler:\$\{AWS::Region\}:\$\{AWS::AccountId\}:schedule\/\$\{MonitorFunctionGroup\w+\}\/\*$/,
        ) as string,
      },
      { Action: 'scheduler:ListSchedules', Effect: 'Allow', Resource: '*' },
      {
        Action: 'iam:PassRole',
        Effect: 'Allow',
        Resource: expect.stringMatching(/^\$\{MonitorFunctionRole\w+\.Arn\}$/) as string,
        Condition: { StringEquals: { 'iam:PassedToService': 'scheduler.amazonaws.com' } },
      },
    ]);
  });

  test('a role of yours gets them as well, and of one that can not be changed a warning prints them', () => {
    const stack = createStack();
    const mine = new iam.Role(stack, 'Mine', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
    const fixed = iam.Role.fromRoleArn(stack, 'Fixed', 'arn:aws:iam::111122223333:role/fixed', { mutable: false });
    const monitorOf = (id: string, role: iam.IRole) => {
      const provider = new ConnectionTestProvider(stack, `${id}Provider`, { role });
      return new ConnectionMonitor(stack, id, { tests: [createTest(stack, id, { provider })] });
    };
    monitorOf('MonitorOfMine', mine);
    const ofFixed = monitorOf('MonitorOfFixed', fixed);

    expect(statementsBelow(stack, /^MonitorOfMineFunction/)).toHaveLength(3);
    expect(statementsBelow(stack, /^MonitorOfFixedFunction/)).toEqual([]);
    expect(JSON.stringify(ofFixed.node.findAll().flatMap(({ node }) => node.metadata))).toContain(
      'scheduler:CreateSchedule',
    );
  });

  test('a provider in a VPC makes no cycle', () => {
    const stack = createStack();
    const name = new CfnParameter(stack, 'Name').valueAsString;
    new ConnectionMonitor(stack, 'Monitor', {
      tests: [
        new ConnectionTest(stack, 'Test', {
          target: ConnectionTarget.fromName(name, { inVpc: true, hasSecret: false }),
        }),
      ],
    });

    Template.fromStack(stack).hasResourceProperties(SCHEDULE, { Target: Match.anyValue() });
    expect(monitoredIn(stack)).toEqual(['${Name}']);
  });
});
