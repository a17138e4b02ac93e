import { App, Stack, Token } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as glue from 'aws-cdk-lib/aws-glue';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { ConnectionTarget, ConnectionTest, ConnectionTestProvider, SecretReference } from '../../lib/index';
import { createStack, resourcesOf } from './harness';

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
  const { Ref, 'Fn::Join': join, 'Fn::GetAtt': attribute } = value as Record<string, unknown>;
  if (join !== undefined) {
    return (join as [string, unknown[]])[1].map(deployed).join('');
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

test('60 connections with secrets of the same stack take several roles, each with its function', () => {
  const stack = createStack();
  for (let number = 0; number < 60; number += 1) {
    createTest(stack, number, { isNamed: false, secret: new secretsmanager.Secret(stack, `Secret${number}`) });
  }

  const functions = Object.keys(resourcesOf(stack, 'AWS::Lambda::Function'));
  const tokens = Object.values(resourcesOf(stack, 'Custom::GlueConnectionTest')).map(
    ({ Properties }) => Properties.ServiceToken,
  );
  expect(functions.length).toBeGreaterThan(1);
  expect(functions.length).toBeLessThanOrEqual(6);
  expect(new Set(tokens.map((token) => (token as { 'Fn::GetAtt': string[] })['Fn::GetAtt'][0]))).toEqual(
    new Set(functions),
  );
  expectWithinLimits(stack);
});

test('each test is allowed by the role of its own function', () => {
  const stack = createStack();
  for (let number = 0; number < 40; number += 1) {
    createTest(stack, number, { isNamed: false });
  }

  const functions = resourcesOf(stack, 'AWS::Lambda::Function');
  const policies = resourcesOf(stack, 'AWS::IAM::Policy');
  for (const { Properties, DependsOn = [] } of Object.values(resourcesOf(stack, 'Custom::GlueConnectionTest'))) {
    const [functionId = ''] = (Properties.ServiceToken as { 'Fn::GetAtt': string[] })['Fn::GetAtt'];
    const role = (functions[functionId]?.Properties.Role as { 'Fn::GetAtt': string[] })['Fn::GetAtt'][0];
    const own = DependsOn.filter((id) => id in policies);
    expect(own).toHaveLength(1);
    expect(policies[own[0]!]?.Properties.Roles).toEqual([{ Ref: role }]);
  }
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

test('fails when the role that was given is full, naming it', () => {
  const stack = new Stack(new App(), 'Stack');
  const role = new iam.Role(stack, 'Mine', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
  const provider = new ConnectionTestProvider(stack, 'Provider', { role });
  const fill = () => {
    for (let number = 0; number < 60; number += 1) {
      const connection = new glue.Connection(stack, `Connection${number}`, { type: glue.ConnectionType.JDBC });
      const target = ConnectionTarget.fromConnection(connection);
      new ConnectionTest(stack, `Test${number}`, { target, provider });
    }
  };

  expect(fill).toThrow(
    /'provider' must have a role with room .*, got: Stack\/Mine, which is full; let some tests have/,
  );
});

test('fails when the stacks that share a role have more managed policies than it takes', () => {
  const app = new App();
  const role = iam.Role.fromRoleName(new Stack(app, 'Roles'), 'Mine', 'mine');
  const create = () => {
    for (let number = 0; number < 11; number += 1) {
      new ConnectionTestProvider(new Stack(app, `Stack${number}`), 'Provider', { role });
    }
  };

  expect(create).toThrow("'role' must have room for one more managed policy, got: Roles/Mine, which takes 10");
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
  const inline: Record<string, number> = {};
  for (const [, { Properties }] of names('AWS::IAM::Policy')) {
    const role = (Properties.Roles as { Ref: string }[])[0]!.Ref;
    const text = JSON.stringify(deployed(Properties.PolicyDocument));
    const extra = [...lengths].reduce((sum, [id, length]) => sum + (text.includes(`Stack-${id}-`) ? length : 0), 0);
    inline[role] = (inline[role] ?? 0) + text.length + extra;
  }
  Object.values(inline).forEach((length) => expect(length).toBeLessThanOrEqual(IAM.inlinePolicies));
});

test('fails when one test alone needs more than a role can hold', () => {
  const stack = createStack();
  const secrets = Array.from({ length: 60 }, (_, number) => new secretsmanager.Secret(stack, `Secret${number}`));
  const create = () =>
    new ConnectionTest(stack, 'Test', {
      target: ConnectionTarget.fromInput({
        connectionType: glue.ConnectionType.CUSTOM,
        secretConnectionProperties: Object.fromEntries(
          secrets.map((secret, number) => [`KEY${number}`, SecretReference.fromSecretsManager(secret)]),
        ),
      }),
    });

  expect(create).toThrow(
    "'target' must not need more permissions than a role can hold, got: Stack/Test, which needs one for each of its " +
      'secrets; use fewer secrets',
  );
});

describe('maxConcurrency', () => {
  const reserved = (stack: Stack) =>
    Object.values(resourcesOf(stack, 'AWS::Lambda::Function')).map(
      ({ Properties }) => Properties.ReservedConcurrentExecutions,
    );

  test('is reserved for the function, and CloudFormation waits as long as it can', () => {
    const stack = createStack();
    const provider = new ConnectionTestProvider(stack, 'Provider', { maxConcurrency: 8 });
    new ConnectionTest(stack, 'Test', { target: ConnectionTarget.fromName('orders', { inVpc: false }), provider });

    expect(reserved(stack)).toEqual([8]);
    const [test] = Object.values(resourcesOf(stack, 'Custom::GlueConnectionTest'));
    expect(test?.Properties.ServiceTimeout).toBe('3600');
  });

  test('is shared by the functions of a stack that has several', () => {
    const stack = createStack();
    const provider = new ConnectionTestProvider(stack, 'Provider', { maxConcurrency: 8 });
    for (let number = 0; number < 60; number += 1) {
      const connection = new glue.Connection(stack, `Connection${number}`, { type: glue.ConnectionType.JDBC });
      new ConnectionTest(stack, `Test${number}`, { target: ConnectionTarget.fromConnection(connection), provider });
    }

    expect(reserved(stack)).toHaveLength(3);
    expect(reserved(stack)).toEqual([3, 3, 2]);
  });

  test.each([0, -1, 1.5, Number.NaN])('fails when it is %p', (maxConcurrency) => {
    expect(() => new ConnectionTestProvider(createStack(), 'Provider', { maxConcurrency })).toThrow(
      `'maxConcurrency' must be a whole number of at least 1, got: ${maxConcurrency}`,
    );
  });
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
    ConnectionTestProvider.getOrCreate(stack, { maxConcurrency: 2, memorySize: 512 }),
    ConnectionTestProvider.getOrCreate(stack, { memorySize: 512, maxConcurrency: 2 }),
    ConnectionTestProvider.getOrCreate(stack, { memorySize: 512, maxConcurrency: 3 }),
    ConnectionTestProvider.getOrCreate(stack),
  ];

  expect(same).toBe(one);
  expect(new Set([one, other, plain]).size).toBe(3);
  expect(ConnectionTestProvider.getOrCreate(stack, { maxConcurrency: undefined })).toBe(plain);
});

test('getOrCreate keeps one provider for each construct that it is given', () => {
  const stack = createStack();
  const [key, otherKey] = ['Key', 'OtherKey'].map((id) => new kms.Key(stack, id));
  const providers = [key, key, otherKey].map((environmentEncryption) =>
    ConnectionTestProvider.getOrCreate(stack, { environmentEncryption }),
  );

  expect(providers[1]).toBe(providers[0]);
  expect(providers[2]).not.toBe(providers[0]);
});

test('a provider with a property that is only known at deployment keeps its id, whatever else there is', () => {
  const idOf = (before: number) => {
    const stack = createStack();
    Array.from({ length: before }, () => Token.asNumber({ Ref: 'Other' }));
    const maxConcurrency = Token.asNumber({ Ref: 'Concurrency' });
    return ConnectionTestProvider.getOrCreate(stack, { maxConcurrency }).node.id;
  };

  expect(idOf(0)).toBe(idOf(3));
});
