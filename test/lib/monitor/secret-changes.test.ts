import { Aspects, type Stack } from 'aws-cdk-lib';
import * as glue from 'aws-cdk-lib/aws-glue';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { ConnectionMonitor, ConnectionTarget, ConnectionTest } from '../../../lib/index';
import { createStack, onlyResourceOf, resourcesOf } from '../harness';
import { createTest, createTestOfConnection, inJson, RULE, scheduledIn } from './monitor-harness';

const ARN = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret';
const HERE = { env: { account: '111122223333', region: 'eu-west-1' } };

interface Pattern {
  readonly source: string[];
  readonly resources: unknown[];
}

function patternsIn(stack: Stack): Pattern[] {
  return Object.values(resourcesOf(stack, RULE)).map(({ Properties }) => Properties.EventPattern as Pattern);
}

test('one rule takes the changes of all secrets, by the event that Secrets Manager itself sends', () => {
  const stack = createStack(HERE);
  const { Secret } = secretsmanager;
  const secret = new Secret(stack, 'Secret');
  const tests = [
    createTestOfConnection(stack, 'Orders', secret),
    createTestOfConnection(stack, 'Again', secret),
    createTest(stack, 'byName', { secret: Secret.fromSecretNameV2(stack, 'Name', 'orders/db') }),
    createTest(stack, 'byArn', { secret: Secret.fromSecretCompleteArn(stack, 'Arn', `${ARN}:stock-a1B2c3`) }),
    createTest(stack, 'none'),
  ];
  new ConnectionMonitor(stack, 'Monitor', { tests });

  const { EventPattern } = onlyResourceOf(stack, RULE).Properties;
  expect(EventPattern).toEqual({
    source: ['aws.secretsmanager'],
    'detail-type': ['Secret Label Updated'],
    detail: { labelUpdated: ['AWSCURRENT'] },
    resources: [
      { Ref: expect.stringMatching(/^Secret/) as string },
      // Secrets Manager appends a hyphen and six characters, which nobody knows yet.
      {
        prefix: {
          'Fn::Join': [
            '',
            ['arn:', { Ref: 'AWS::Partition' }, ':secretsmanager:eu-west-1:111122223333:secret:orders/db-'],
          ],
        },
      },
      `${ARN}:stock-a1B2c3`,
    ],
  });
});

test('it sends which secrets have changed, and what the schedule sends of the monitor', () => {
  const stack = createStack();
  new ConnectionMonitor(stack, 'Monitor', {
    tests: [createTestOfConnection(stack, 'Orders', new secretsmanager.Secret(stack, 'Secret'))],
  });

  const [{ Arn, InputTransformer } = {} as never] = onlyResourceOf(stack, RULE).Properties.Targets as {
    Arn: unknown;
    InputTransformer: { InputPathsMap: Record<string, string>; InputTemplate: unknown };
  }[];
  const { InputPathsMap, InputTemplate } = InputTransformer;
  const [[name, path]] = Object.entries(InputPathsMap) as [[string, string]];
  const template = inJson(InputTemplate);
  expect(path).toBe('$.resources');
  expect(template).toContain(`"SecretsChanged":<${name}>`);
  expect(JSON.parse(template.replace(`<${name}>`, '["a secret"]'))).toEqual({
    Monitor: scheduledIn(stack)[0]!.Monitor,
    SecretsChanged: ['a secret'],
  });
  const [[rule]] = Object.entries(resourcesOf(stack, RULE)) as [[string, unknown]];
  expect(onlyResourceOf(stack, 'AWS::Lambda::Permission').Properties).toEqual({
    Action: 'lambda:InvokeFunction',
    FunctionName: Arn,
    Principal: 'events.amazonaws.com',
    SourceArn: { 'Fn::GetAtt': [rule, 'Arn'] },
  });
});

test.each<[string, (stack: Stack) => void]>([
  [
    'where no connection has a secret',
    (stack) => new ConnectionMonitor(stack, 'Monitor', { tests: [createTest(stack)] }),
  ],
  [
    'where it is switched off',
    (stack) =>
      new ConnectionMonitor(stack, 'Monitor', {
        tests: [createTestOfConnection(stack, 'Orders', new secretsmanager.Secret(stack, 'Secret'))],
        onSecretChange: false,
      }),
  ],
])('there is no rule %s', (_, create) => {
  const stack = createStack();
  create(stack);

  expect(resourcesOf(stack, RULE)).toEqual({});
  expect(resourcesOf(stack, 'AWS::Lambda::Permission')).toEqual({});
});

test('the patterns of rules stay within the quota of 2,048 characters, also as they are deployed', () => {
  const stack = createStack();
  const tests = Array.from({ length: 30 }, (_, index) => {
    const secret = new secretsmanager.Secret(stack, `Secret${index}`);
    return createTestOfConnection(stack, `Db${index}`, secret);
  });
  new ConnectionMonitor(stack, 'Monitor', { tests });

  const patterns = patternsIn(stack);
  expect(patterns.flatMap(({ resources }) => resources)).toHaveLength(30);
  expect(patterns.length).toBeLessThan(6);
  for (const pattern of patterns) {
    const deployed = JSON.stringify(pattern).replace(
      /\{"Ref":"(\w+)"\}/g,
      (_match, id) =>
        `"arn:aws-us-gov:secretsmanager:us-gov-west-1:111122223333:secret:${String(id)}-3Fb1xX9cYq2z-a1B2c3"`,
    );
    expect(deployed.length).toBeLessThanOrEqual(2_048);
  }
});

test('a secret that an aspect gives a connection later is found as well', () => {
  const stack = createStack();
  const create = (id: string) =>
    new glue.CfnConnection(stack, id, {
      catalogId: stack.account,
      connectionInput: { name: id.toLowerCase(), connectionType: 'JDBC' },
    });
  const [orders, stock] = [create('Orders'), create('Stock')];
  const tests = [orders, stock].map(
    (connection) =>
      new ConnectionTest(stack, `${connection.node.id}Test`, {
        target: ConnectionTarget.fromCfnConnection(connection),
      }),
  );
  new ConnectionMonitor(stack, 'Monitor', { tests });
  Aspects.of(stack).add({
    visit: (node) => {
      if (node === stock) {
        stock.connectionInput = {
          name: 'stock',
          connectionType: 'JDBC',
          connectionProperties: { SECRET_ID: `${ARN}:stock-a1B2c3` },
        };
      }
    },
  });

  expect(patternsIn(stack).flatMap(({ resources }) => resources)).toContain(`${ARN}:stock-a1B2c3`);
  expect(scheduledIn(stack)[0]!.Connections[1]!.Secrets).toEqual([`${ARN}:stock-a1B2c3`]);
});
