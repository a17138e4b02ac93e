import { App, Stack, Token } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as glue from 'aws-cdk-lib/aws-glue';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { ConnectionTarget, ConnectionTest, ConnectionTestProvider, SecretReference } from '../../../../lib/index';
import { createStack, resourcesOf } from '../../harness';

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const IAM = { inlinePolicies: 10_240, managedPolicy: 6_144, managedPolicies: 10 };

interface Measured {
  readonly inline: number;
  readonly managed: number[];
}

function createTest(
  stack: Stack,
  number: number,
  options: { readonly isNamed: boolean; readonly secret?: secretsmanager.ISecret },
) {
  const connection = new glue.Connection(stack, `Connection${number}`, {
    connectionName: options.isNamed ? `connection-${number}` : undefined,
    type: glue.ConnectionType.JDBC,
    properties: { JDBC_CONNECTION_URL: 'jdbc:postgresql://db:5432/orders' },
    secret: options.secret,
  });
  return new ConnectionTest(stack, `Test${number}`, { target: ConnectionTarget.fromConnection(connection) });
}

/** The length of each role's policies with the longest names that AWS would give. */
function measure(stack: Stack): Record<string, Measured> {
  const measured: Record<string, { inline: number; managed: number[] }> = Object.fromEntries(
    Object.keys(resourcesOf(stack, 'AWS::IAM::Role')).map((role) => [role, { inline: 0, managed: [] }]),
  );
  const rolesOf = (properties: Record<string, unknown>) =>
    (properties.Roles as { Ref: string }[]).map(({ Ref }) => measured[Ref]!);
  for (const { Properties } of Object.values(resourcesOf(stack, 'AWS::IAM::Policy'))) {
    rolesOf(Properties).forEach((role) => (role.inline += deployedLength(Properties.PolicyDocument)));
  }
  for (const { Properties } of Object.values(resourcesOf(stack, 'AWS::IAM::ManagedPolicy'))) {
    rolesOf(Properties).forEach((role) => role.managed.push(deployedLength(Properties.PolicyDocument)));
  }
  return measured;
}

function deployedLength(document: unknown): number {
  return JSON.stringify(deployed(document)).length;
}

function deployed(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  if (Array.isArray(value)) {
    return value.map(deployed);
  }
  const { Ref, 'Fn::Join': join, 'Fn::Sub': text, 'Fn::GetAtt': attribute } = value as Record<string, unknown>;
  if (join !== undefined) {
    return (join as [string, unknown[]])[1].map(deployed).join('');
  }
  if (typeof text === 'string') {
    return text.replace(/\$\{([\w:]+)\}/g, (_, name: string) => String(deployed({ Ref: name })));
  }
  const pseudo = { 'AWS::Partition': 'aws-us-gov', 'AWS::Region': 'ap-northeast-1', 'AWS::AccountId': '1'.repeat(12) };
  if (typeof Ref === 'string' && Ref in pseudo) {
    return pseudo[Ref as keyof typeof pseudo];
  }
  const logicalId = (Ref as string | undefined) ?? (attribute as string[] | undefined)?.[0];
  if (logicalId !== undefined) {
    return `arn:aws-us-gov:secretsmanager:ap-northeast-1:111111111111:secret:Stack-${logicalId}-ABCDEFGHIJKL-abcdef`;
  }
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, deployed(member)]));
}

function expectWithinLimits(stack: Stack): void {
  for (const { inline, managed } of Object.values(measure(stack))) {
    expect(inline).toBeLessThanOrEqual(IAM.inlinePolicies);
    expect(managed.length).toBeLessThanOrEqual(IAM.managedPolicies);
    managed.forEach((length) => expect(length).toBeLessThanOrEqual(IAM.managedPolicy));
  }
}

test('240 connections, their tests and their imported secrets fit in one stack, and in the policies of one role', () => {
  const stack = createStack();
  for (let number = 0; number < 240; number += 1) {
    const secret = secretsmanager.Secret.fromSecretNameV2(stack, `Secret${number}`, `orders/${number}`);
    createTest(stack, number, { isNamed: true, secret });
  }

  const { Resources } = Template.fromStack(stack).toJSON() as { Resources: object };
  expect(Object.keys(Resources).length).toBeLessThanOrEqual(500);
  expect(Object.keys(resourcesOf(stack, 'AWS::Lambda::Function'))).toHaveLength(1);
  expectWithinLimits(stack);
});

test('a test that gets another provider gets another resource, since CloudFormation refuses another ServiceToken', () => {
  const logicalIds = (provider: (stack: Stack) => ConnectionTestProvider | undefined) => {
    const stack = createStack();
    new ConnectionTest(stack, 'Test', {
      target: ConnectionTarget.fromName('orders', { inVpc: false }),
      provider: provider(stack),
    });
    return Object.keys(resourcesOf(stack, 'Custom::GlueConnectionTest'));
  };
  const [own, first, second] = [
    logicalIds(() => undefined),
    logicalIds((stack) => new ConnectionTestProvider(stack, 'One')),
    logicalIds((stack) => new ConnectionTestProvider(stack, 'Two')),
  ];

  expect(new Set([...own, ...first, ...second]).size).toBe(3);
  expect(logicalIds((stack) => new ConnectionTestProvider(stack, 'One'))).toEqual(first);
});

/** A stack whose provider has a role of the user's, with as many tests of unnamed connections as are asked for. */
function createFull(tests: number) {
  const stack = createStack();
  const role = new iam.Role(stack, 'Mine', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
  const provider = new ConnectionTestProvider(stack, 'Provider', { role });
  for (let number = 0; number < tests; number += 1) {
    const connection = new glue.Connection(stack, `Connection${number}`, { type: glue.ConnectionType.JDBC });
    new ConnectionTest(stack, `Test${number}`, { target: ConnectionTarget.fromConnection(connection), provider });
  }
  return { stack, role, provider };
}

const synthesize = (stack: Stack) => () => Template.fromStack(stack);

const allow = (characters: number) =>
  new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: [`arn:aws:s3:::${'b'.repeat(characters)}`] });

describe('a role that was given', () => {
  test('fails when its tests need more than it takes, naming it, how much that is, and what to do', () => {
    expect(synthesize(createFull(60).stack)).toThrow(
      /the inline policies of a role must be at most 10240 characters together, got: \d{5} for Stack\/Mine; let some tests have a ConnectionTestProvider with another role, or with none/,
    );
  });

  test('takes the tests that there is room for', () => {
    const { stack } = createFull(25);

    expect(synthesize(stack)).not.toThrow();
    expectWithinLimits(stack);
  });

  test.each<[string, (stack: Stack, role: iam.Role) => void]>([
    ['by its default policy', (_, role) => role.addToPolicy(allow(8_000))],
    [
      'by a policy inside it',
      (_, role) => {
        (role.node.defaultChild as iam.CfnRole).policies = [
          { policyName: 'Other', policyDocument: new iam.PolicyDocument({ statements: [allow(8_000)] }) },
        ];
      },
    ],
    [
      'by a policy beside it',
      (stack, role) => new iam.Policy(stack, 'Other', { roles: [role], statements: [allow(8_000)] }),
    ],
    [
      'by a policy of its own kind',
      (stack, role) =>
        new iam.CfnRolePolicy(stack, 'Other', {
          policyName: 'other',
          roleName: role.roleName,
          policyDocument: new iam.PolicyDocument({ statements: [allow(8_000)] }),
        }),
    ],
  ])('what others add later counts, %s', (_, add) => {
    const { stack, role } = createFull(10);
    add(stack, role);

    expect(synthesize(stack)).toThrow(/at most 10240 characters together, got: 1\d{4} for Stack\/Mine/);
  });

  test.each<[string, (stack: Stack, role: iam.Role, policy: iam.ManagedPolicy) => void]>([
    ['by the role', (_, role, policy) => role.addManagedPolicy(policy)],
    ['by the policies', (_, role, policy) => policy.attachToRole(role)],
  ])('fails when it has ten managed policies already, attached %s', (_, attach) => {
    const { stack, role } = createFull(1);
    for (let number = 0; number < 10; number += 1) {
      attach(stack, role, new iam.ManagedPolicy(stack, `Theirs${number}`, { statements: [allow(10)] }));
    }

    expect(synthesize(stack)).toThrow(
      'a role must have at most 10 managed policies, got: 11 for Stack/Mine; let some tests have a ' +
        'ConnectionTestProvider with another role, or with none',
    );
  });

  test.each<[string, (stack: Stack) => iam.IRole]>([
    ['by its name', (stack) => iam.Role.fromRoleName(stack, 'Mine', 'mine')],
    ['by its ARN', (stack) => iam.Role.fromRoleArn(stack, 'Mine', 'arn:aws:iam::111122223333:role/mine')],
  ])('fails when the stacks that share one imported %s have more managed policies than it takes', (_, imported) => {
    const app = new App();
    const role = imported(new Stack(app, 'Roles'));
    for (let number = 0; number < 11; number += 1) {
      new ConnectionTestProvider(new Stack(app, `Stack${number}`), 'Provider', { role });
    }

    expect(() => app.synth()).toThrow('a role must have at most 10 managed policies, got: 11 for Roles/Mine');
  });

  test('is not mistaken for one of the same name in another account', () => {
    const app = new App();
    for (let number = 0; number < 11; number += 1) {
      const env = { account: `1111222233${number + 10}`, region: 'eu-west-1' };
      const stack = new Stack(app, `Stack${number}`, { env });
      new ConnectionTestProvider(stack, 'Provider', { role: iam.Role.fromRoleName(stack, 'Mine', 'mine') });
    }

    expect(() => app.synth()).not.toThrow();
  });
});

describe("the provider's own role", () => {
  test('fails when others fill it up', () => {
    const stack = createStack();
    ConnectionTestProvider.getOrCreate(stack).role.attachInlinePolicy(
      new iam.Policy(stack, 'Other', { statements: [allow(11_000)] }),
    );

    expect(synthesize(stack)).toThrow(
      /at most 10240 characters together, got: 11\d{3} for Stack\/GlueConnectionTestProvider\/Role; give some of the tests a provider of their own, by 'new ConnectionTestProvider'/,
    );
  });

  test('fails when more is granted to the provider than a policy takes', () => {
    const stack = createStack();
    for (let number = 0; number < 30; number += 1) {
      iam.Grant.addToPrincipal({
        grantee: ConnectionTestProvider.getOrCreate(stack),
        actions: ['kms:Decrypt'],
        resourceArns: [`arn:aws:kms:eu-west-1:111122223333:key/${'0'.repeat(200)}${number}`],
      });
    }

    expect(synthesize(stack)).toThrow(
      /a managed policy must be at most 6144 characters, got: \d{4,5} for Stack\/Glue.*\/Role;/,
    );
  });

  test('fails when named connections take more policies than there are', () => {
    const stack = createStack();
    const test = (id: string, name: string) =>
      new ConnectionTest(stack, id, { target: ConnectionTarget.fromName(name, { inVpc: false }) });
    for (let number = 0; number < 240; number += 1) {
      test(`Test${number}`, `${'n'.repeat(240)}${number}`);
    }

    expect(synthesize(stack)).toThrow(
      /a role must have at most 10 managed policies, got: 1\d for Stack\/Glue.*\/Role;/,
    );
  });
});

test('a statement that others add to the role of a test counts as well', () => {
  const stack = createStack();
  createTest(stack, 0, { isNamed: false });
  const { ref } = stack.node.findChild('Test0').node.findChild('Role') as iam.CfnRole;
  new iam.Policy(stack, 'Other', { roles: [iam.Role.fromRoleName(stack, 'Theirs', ref)], statements: [allow(10_500)] });

  expect(synthesize(stack)).toThrow(
    /at most 10240 characters together, got: 1\d{4} for Stack\/Test0\/Role; let the test/,
  );
});

test('long names of their own count, with roles and secrets', () => {
  const stack = createStack();
  for (let number = 0; number < 30; number += 1) {
    const role = new iam.CfnRole(stack, `Role${number}`, {
      assumeRolePolicyDocument: {},
      path: `/${'p'.repeat(300)}/`,
      roleName: `role-${number}-${'r'.repeat(50)}`,
    });
    const connection = new glue.Connection(stack, `Connection${number}`, {
      type: glue.ConnectionType.JDBC,
      properties: { ROLE_ARN: role.attrArn },
      secret: new secretsmanager.Secret(stack, `Secret${number}`, { secretName: `${'s'.repeat(430)}${number}` }),
    });
    new ConnectionTest(stack, `Test${number}`, { target: ConnectionTarget.fromConnection(connection) });
  }

  const names = (type: string) => Object.entries(resourcesOf(stack, type));
  const lengths = new Map<string, number>([
    ...names('AWS::SecretsManager::Secret').map(
      ([id, { Properties }]) => [id, String(Properties.Name).length] as const,
    ),
    ...names('AWS::IAM::Role').map(
      ([id, { Properties }]) =>
        [id, JSON.stringify([Properties.Path ?? '', Properties.RoleName ?? id]).length] as const,
    ),
  ]);
  for (const [, { Properties }] of names('AWS::IAM::Role').filter(([id]) => id.startsWith('Test'))) {
    const [{ PolicyDocument }] = Properties.Policies as [{ PolicyDocument: unknown }];
    const text = JSON.stringify(deployed(PolicyDocument));
    const extra = [...lengths].reduce((sum, [name, length]) => sum + (text.includes(`Stack-${name}-`) ? length : 0), 0);
    expect(text.length + extra).toBeLessThanOrEqual(IAM.inlinePolicies);
  }
});

test('fails when one test alone needs more than a role can hold', () => {
  const stack = createStack();
  const secrets = Array.from({ length: 60 }, (_, number) => new secretsmanager.Secret(stack, `Secret${number}`));
  new ConnectionTest(stack, 'Test', {
    target: ConnectionTarget.fromInput({
      connectionType: glue.ConnectionType.CUSTOM,
      secretConnectionProperties: Object.fromEntries(
        secrets.map((secret, number) => [`KEY${number}`, SecretReference.fromSecretsManager(secret)]),
      ),
    }),
  });

  expect(synthesize(stack)).toThrow(
    /at most 10240 characters together, got: \d{5} for Stack\/Test\/Role; let the test read fewer secrets, or grant less/,
  );
});

test.each([127, 10_241, 256.5, Number.NaN])('a memory of %p MB fails', (memorySize) => {
  expect(() => new ConnectionTestProvider(createStack(), 'Provider', { memorySize })).toThrow(
    `'memorySize' must be a whole number of megabytes from 128 to 10240, got: ${memorySize}`,
  );
});

test.each([128, 10_240])('a memory of %p MB does not', (memorySize) => {
  expect(() => new ConnectionTestProvider(createStack(), 'Provider', { memorySize })).not.toThrow();
});

test('getOrCreate keeps one provider for each set of properties', () => {
  const stack = createStack();
  const [one, same, other, plain] = [
    ConnectionTestProvider.getOrCreate(stack, { architecture: lambda.Architecture.X86_64, memorySize: 512 }),
    ConnectionTestProvider.getOrCreate(stack, { memorySize: 512, architecture: lambda.Architecture.X86_64 }),
    ConnectionTestProvider.getOrCreate(stack, { memorySize: 512 }),
    ConnectionTestProvider.getOrCreate(stack),
  ];

  expect(same).toBe(one);
  expect(new Set([one, other, plain]).size).toBe(3);
  expect(ConnectionTestProvider.getOrCreate(stack, { memorySize: undefined })).toBe(plain);
});

test('getOrCreate keeps one provider for each construct that it is given', () => {
  const stack = createStack();
  const [log, otherLog] = ['Log', 'OtherLog'].map((id) => new logs.LogGroup(stack, id));
  const providers = [log, log, otherLog].map((logGroup) => ConnectionTestProvider.getOrCreate(stack, { logGroup }));

  expect(providers[1]).toBe(providers[0]);
  expect(providers[2]).not.toBe(providers[0]);
});

test('a provider with a property that is only known at deployment keeps its id, whatever else there is', () => {
  const idOf = (before: number) => {
    const stack = createStack();
    Array.from({ length: before }, () => Token.asNumber({ Ref: 'Other' }));
    const memorySize = Token.asNumber({ Ref: 'Memory' });
    return ConnectionTestProvider.getOrCreate(stack, { memorySize }).node.id;
  };

  expect(idOf(0)).toBe(idOf(3));
});
