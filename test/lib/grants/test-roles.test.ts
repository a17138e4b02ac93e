import { App, CfnCondition, Fn, Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import type * as glue from 'aws-cdk-lib/aws-glue';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import {
  ConnectionTarget,
  ConnectionTest,
  ConnectionTestProvider,
  ConnectionTests,
  type IConnectionTestProvider,
} from '../../../lib/index';
import { DeploymentOrder } from '../apps/deployment-order';
import { createConnection, createStack, onlyResourceOf, resourcesOf, testResourceOf, type Statement } from '../harness';

const TOKEN = 'arn:aws:lambda:eu-west-1:111122223333:function:provider';
const FUNCTION_ROLE = 'arn:aws:iam::111122223333:role/provider';
const KEY = 'arn:aws:kms:eu-west-1:111122223333:key/1a2b3c4d';

/** A test of a connection of the stack that has no name. */
function createTest(stack: Stack, id: string, provider?: IConnectionTestProvider): ConnectionTest {
  const target = ConnectionTarget.fromConnection(createConnection(stack, `${id}Connection`));
  return new ConnectionTest(stack, id, { target, provider });
}

/** A test of a connection that some other stack has, by its name. */
function createNamed(stack: Stack, id: string, provider?: IConnectionTestProvider): ConnectionTest {
  return new ConnectionTest(stack, id, { target: ConnectionTarget.fromName('orders', { inVpc: false }), provider });
}

/** Which roles may do something, by logical ids. */
function rolesAllowed(stack: Stack, action: string): string[] {
  const allows = (document: unknown) =>
    (document as { Statement: Statement[] }).Statement.some((one) => [one.Action].flat().includes(action));
  const roles = Object.entries(resourcesOf(stack, 'AWS::IAM::Role'));
  const inside = roles.flatMap(([id, { Properties }]) =>
    ((Properties.Policies ?? []) as { PolicyDocument: unknown }[]).some((one) => allows(one.PolicyDocument))
      ? [id]
      : [],
  );
  const beside = ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy']
    .flatMap((type) => Object.values(resourcesOf(stack, type)))
    .filter(({ Properties }) => allows(Properties.PolicyDocument))
    .flatMap(({ Properties }) => (Properties.Roles as { Ref: string }[]).map(({ Ref }) => Ref));
  return [...new Set([...inside, ...beside])].sort();
}

function cycleIn(stack: Stack) {
  return new DeploymentOrder((stack.node.root as App).synth()).cycle();
}

describe('the role of a test', () => {
  test("can be assumed by the function's role, for its own stack only", () => {
    const stack = createStack();
    createTest(stack, 'Test');

    const { Properties } = Object.entries(resourcesOf(stack, 'AWS::IAM::Role')).find(([id]) =>
      id.startsWith('Test'),
    )![1];
    expect(Properties.AssumeRolePolicyDocument).toMatchObject({
      Statement: [
        {
          Action: 'sts:AssumeRole',
          Effect: 'Allow',
          Principal: { AWS: { 'Fn::GetAtt': [expect.stringMatching(/^GlueConnectionTestProviderRole/), 'Arn'] } },
          Condition: { StringEquals: { 'sts:ExternalId': { Ref: 'AWS::StackId' } } },
        },
      ],
    });
  });

  test('is not there for a test that needs nothing of its stack', () => {
    const stack = createStack();
    createNamed(stack, 'Test');

    expect(testResourceOf(stack).Properties).not.toHaveProperty('RoleArn');
    onlyResourceOf(stack, 'AWS::IAM::Role');
  });

  test('is not there where the user gave the role that all tests run as', () => {
    const stack = createStack();
    const role = iam.Role.fromRoleName(stack, 'Mine', 'mine');
    createTest(stack, 'Test', new ConnectionTestProvider(stack, 'Provider', { role }));

    expect(testResourceOf(stack).Properties).not.toHaveProperty('RoleArn');
    expect(resourcesOf(stack, 'AWS::IAM::Role')).toEqual({});
  });

  test('has the permissions boundary of the app', () => {
    const stack = createStack();
    createTest(stack, 'Test');
    const boundary = iam.ManagedPolicy.fromAwsManagedPolicyName('PowerUserAccess');
    iam.PermissionsBoundary.of(stack).apply(boundary);

    const boundaries = Object.values(resourcesOf(stack, 'AWS::IAM::Role')).map(
      ({ Properties }) => Properties.PermissionsBoundary,
    );
    expect(boundaries).toEqual(Array(2).fill(stack.resolve(boundary.managedPolicyArn)));
  });

  test('is one that was created beforehand where the app takes no others, and what it has to allow is reported', () => {
    const app = new App();
    iam.Role.customizeRoles(app, {
      usePrecreatedRoles: { 'Stack/GlueConnectionTestProvider/Role': 'the-function', 'Stack/Test/Role': 'the-test' },
    });
    const stack = new Stack(app, 'Stack', { env: { account: '111122223333', region: 'eu-west-1' } });
    createTest(stack, 'Test');
    kms.Key.fromKeyArn(stack, 'Key', KEY).grantDecrypt(ConnectionTestProvider.getOrCreate(stack));
    const { directory } = app.synth();

    for (const type of ['AWS::IAM::Role', 'AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy']) {
      expect(resourcesOf(stack, type)).toEqual({});
    }
    expect(JSON.stringify(testResourceOf(stack).Properties.RoleArn)).toContain(':iam::111122223333:role/the-test');
    const [ofTest = ''] = readFileSync(path.join(directory, 'iam-policy-report.txt'), 'utf8')
      .split('<missing role>')
      .flatMap((text) => text.split('\n\n\n'))
      .filter((text) => text.includes('Stack/Test/Role'));
    expect(ofTest).toContain('glue:TestConnection');
    expect(ofTest).toContain('kms:Decrypt');
    expect(ofTest).toContain(':role/the-function');
  });

  test('comes for each of more connections than the CDK lets an aspect add aspects for', () => {
    const count = 150;
    const stack = createStack(undefined, { '@aws-cdk/core:stackResourceLimit': 0 });
    Array.from({ length: count }, (_, number) => createConnection(stack, `Orders${number}`));
    ConnectionTests.applyTo(stack.node.root);

    expect(Object.keys(resourcesOf(stack, 'AWS::IAM::Role'))).toHaveLength(count + 1);
  });
});

describe('what is granted to a provider', () => {
  test('reaches all roles that its tests run as, whether they came before or after', () => {
    const stack = createStack();
    createTest(stack, 'Before');
    createNamed(stack, 'Named');
    kms.Key.fromKeyArn(stack, 'Key', KEY).grantDecrypt(ConnectionTestProvider.getOrCreate(stack));
    createTest(stack, 'After');

    expect(rolesAllowed(stack, 'kms:Decrypt')).toEqual(Object.keys(resourcesOf(stack, 'AWS::IAM::Role')).sort());
    expect(rolesAllowed(stack, 'kms:Decrypt')).toHaveLength(3);
  });

  test('is waited for by each test, and by none for the connection of another', () => {
    const stack = createStack();
    const key = new kms.Key(stack, 'Key');
    createTest(stack, 'Before');
    createNamed(stack, 'Named');
    key.grantDecrypt(ConnectionTestProvider.getOrCreate(stack));
    createTest(stack, 'After');

    const order = new DeploymentOrder((stack.node.root as App).synth());
    const idOf = (prefix: string, type: string) =>
      Object.keys(resourcesOf(stack, type)).find((id) => id.startsWith(prefix))!;
    const [before, named, after] = ['Before', 'Named', 'After'].map(
      (id) => `Stack/${idOf(id, 'Custom::GlueConnectionTest')}`,
    );
    const keyId = `Stack/${idOf('Key', 'AWS::KMS::Key')}`;
    expect(order.cycle()).toBeUndefined();
    expect([before, named, after].map((test) => order.waits(test!, keyId))).toEqual([true, true, true]);
    expect(order.waits(after!, `Stack/${idOf('BeforeConnection', 'AWS::Glue::Connection')}`)).toBe(false);
    expect(order.waits(named!, `Stack/${idOf('BeforeConnection', 'AWS::Glue::Connection')}`)).toBe(false);
  });

  test.each(['before', 'after'])(
    'by a policy that names the roles, given %s a test is made, closes no cycle',
    (when) => {
      const stack = createStack();
      const encryptionKey = new kms.Key(stack, 'Key');
      const secret = new secretsmanager.Secret(stack, 'Secret', { encryptionKey });
      const grant = () => secret.grantRead(ConnectionTestProvider.getOrCreate(stack));
      const create = () =>
        new ConnectionTest(stack, 'Test', {
          target: ConnectionTarget.fromConnection(createConnection(stack, 'Orders', { secret })),
          secret,
        });
      (when === 'before' ? [grant, create] : [create, grant]).forEach((step) => step());
      const other = new iam.Role(stack, 'Other', { assumedBy: new iam.AccountRootPrincipal() });
      secret.grantRead(other);

      expect(cycleIn(stack)).toBeUndefined();
      expect(rolesAllowed(stack, 'glue:TestConnection')).toEqual([expect.stringMatching(/^TestRole/)]);
      const { KeyPolicy } = onlyResourceOf(stack, 'AWS::KMS::Key').Properties as {
        KeyPolicy: { Statement: unknown[] };
      };
      const principals = JSON.stringify(KeyPolicy.Statement);
      for (const role of Object.keys(resourcesOf(stack, 'AWS::IAM::Role'))) {
        expect(principals).toContain(`{"Fn::GetAtt":["${role}","Arn"]}`);
      }
      // The test waits for the policy that stands beside its role then.
      const policy = Object.keys(resourcesOf(stack, 'AWS::IAM::Policy')).find((id) => id.startsWith('TestRole'));
      expect(testResourceOf(stack).DependsOn).toContain(policy);
    },
  );

  test('stands beside the role under the condition of the connection, too', () => {
    const stack = createStack();
    const connection = createConnection(stack);
    new ConnectionTest(stack, 'Test', { target: ConnectionTarget.fromConnection(connection) });
    const { policyFragment } = ConnectionTestProvider.getOrCreate(stack).grantPrincipal;
    (connection.node.defaultChild as glue.CfnConnection).cfnOptions.condition = new CfnCondition(stack, 'Big', {
      expression: Fn.conditionEquals(stack.region, 'eu-west-1'),
    });

    expect(policyFragment).toBeDefined();
    expect(onlyResourceOf(stack, 'AWS::IAM::Policy')).toMatchObject({ Condition: 'Big' });
  });

  test('reaches the role that the user gave', () => {
    const stack = createStack();
    const role = new iam.Role(stack, 'Mine', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
    const provider = new ConnectionTestProvider(stack, 'Provider', { role });
    createTest(stack, 'Test', provider);
    kms.Key.fromKeyArn(stack, 'Key', KEY).grantDecrypt(provider);

    expect(rolesAllowed(stack, 'kms:Decrypt')).toEqual(Object.keys(resourcesOf(stack, 'AWS::IAM::Role')));
    expect(testResourceOf(stack).DependsOn).toContainEqual(expect.stringMatching(/^ProviderGrants/));
  });

  test('is known to the CDK as of the same account', () => {
    const stack = createStack({ env: { account: '111122223333', region: 'eu-west-1' } });
    const { principalAccount } = ConnectionTestProvider.getOrCreate(stack).grantPrincipal;

    expect(principalAccount).toBe('111122223333');
  });
});

describe('a provider that is deployed elsewhere, with its role', () => {
  const imported = (stack: Stack) =>
    ConnectionTestProvider.fromServiceToken(stack, 'Provider', TOKEN, {
      role: iam.Role.fromRoleArn(stack, 'ProviderRole', FUNCTION_ROLE),
    });

  test('gets a role for each test, with all that the test needs, and no warning', () => {
    const stack = createStack();
    const provider = imported(stack);
    createNamed(stack, 'Named', provider);
    createTest(stack, 'Unnamed', provider);

    const roles = resourcesOf(stack, 'AWS::IAM::Role');
    expect(rolesAllowed(stack, 'glue:TestConnection')).toEqual(Object.keys(roles).sort());
    for (const { Properties } of Object.values(resourcesOf(stack, 'Custom::GlueConnectionTest'))) {
      const [role] = (Properties.RoleArn as { 'Fn::GetAtt': string[] })['Fn::GetAtt'];
      expect(roles[role!]?.Properties.AssumeRolePolicyDocument).toMatchObject({
        Statement: [{ Principal: { AWS: FUNCTION_ROLE } }],
      });
    }
    expect(Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('notGranted'))).toEqual([]);
    // Nothing is added to the role of the function.
    expect(resourcesOf(stack, 'AWS::IAM::Policy')).toEqual({});
    expect(resourcesOf(stack, 'AWS::IAM::ManagedPolicy')).toEqual({});
  });

  test('passes on what is granted to it', () => {
    const stack = createStack();
    const provider = imported(stack);
    createNamed(stack, 'Before', provider);
    kms.Key.fromKeyArn(stack, 'Key', KEY).grantDecrypt(provider);
    createNamed(stack, 'After', provider);

    expect(rolesAllowed(stack, 'kms:Decrypt')).toHaveLength(2);
  });

  test('tests all connections of an app', () => {
    const app = new App();
    const stack = new Stack(app, 'Stack');
    createConnection(stack, 'A');
    createConnection(stack, 'B', { connectionName: 'b' });
    ConnectionTests.applyTo(app, {
      serviceToken: TOKEN,
      serviceRole: iam.Role.fromRoleArn(stack, 'Role', FUNCTION_ROLE),
    });

    expect(rolesAllowed(stack, 'glue:TestConnection')).toHaveLength(2);
  });
});

test('without its role, the CDK warns of what is granted to a provider that is deployed elsewhere', () => {
  const stack = createStack();
  const provider = ConnectionTestProvider.fromServiceToken(stack, 'Provider', TOKEN);
  iam.Grant.addToPrincipal({ grantee: provider, actions: ['kms:Decrypt'], resourceArns: [KEY] });

  expect(JSON.stringify(Annotations.fromStack(stack).findWarning('*', Match.anyValue()))).toContain('kms:Decrypt');
});
