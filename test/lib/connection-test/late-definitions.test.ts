import { Aspects, CfnResource, Stack } from 'aws-cdk-lib';
import * as glue from 'aws-cdk-lib/aws-glue';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { ASPECT_STABILIZATION } from 'aws-cdk-lib/cx-api';
import { ConnectionTarget, ConnectionTest, ConnectionTestProvider, ConnectionTests } from '../../../lib/index';
import { allowed, createConnection, createStack, resourcesOf, testResourceOf } from '../harness';

const SECRET_ARN = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:orders-AbCdEf';
const KEY_ARN = 'arn:aws:kms:eu-west-1:111122223333:key/orders';

function testedConnection(stack: Stack, options: Partial<glue.ConnectionProps> = {}): glue.Connection {
  const connection = createConnection(stack, 'Orders', options);
  new ConnectionTest(stack, 'Test', { target: ConnectionTarget.fromConnection(connection) });
  return connection;
}

function resourceOf(connection: glue.Connection): CfnResource {
  return connection.node.defaultChild as CfnResource;
}

describe('a test is allowed what its connection needs by what comes after the test:', () => {
  test('a property that names a secret', () => {
    const stack = createStack();
    testedConnection(stack).addProperty('SECRET_ID', 'orders');

    expect(allowed(stack, 'secretsmanager:GetSecretValue')?.resources).toEqual([
      'arn:${AWS::Partition}:secretsmanager:${AWS::Region}:${AWS::AccountId}:secret:orders-??????',
    ]);
  });

  test('a secret of the stack, of a connection that shared its permissions before', () => {
    const stack = createStack();
    const connection = testedConnection(stack, { connectionName: 'orders' });
    const key = new kms.Key(stack, 'Key');
    connection.addProperty('SECRET_ID', new secretsmanager.Secret(stack, 'Secret', { encryptionKey: key }).secretArn);

    const [role] = Object.keys(resourcesOf(stack, 'AWS::IAM::Role')).filter((id) => id.startsWith('Test'));
    expect(testResourceOf(stack).Properties.RoleArn).toEqual({ 'Fn::GetAtt': [role, 'Arn'] });
    expect(allowed(stack, 'secretsmanager:GetSecretValue')?.resources).toEqual([
      expect.stringMatching(/^\$\{Secret\w+\}$/),
    ]);
    expect(allowed(stack, 'kms:Decrypt')?.resources).toEqual([expect.stringMatching(/^\$\{Key\w+\.Arn\}$/)]);
  });

  test('an override that puts it into a network', () => {
    const stack = createStack();
    resourceOf(testedConnection(stack)).addPropertyOverride('ConnectionInput.PhysicalConnectionRequirements', {
      SubnetId: 'subnet-0123456789abcdef0',
    });

    expect(allowed(stack, 'ec2:CreateNetworkInterface')?.resources).toContainEqual(
      expect.stringMatching(/:subnet\/subnet-0123456789abcdef0$/),
    );
  });

  test('a role', () => {
    const stack = createStack();
    testedConnection(stack).addProperty('ROLE_ARN', 'arn:aws:iam::111122223333:role/reader');

    expect(allowed(stack, 'iam:PassRole')?.resources).toEqual(['arn:aws:iam::111122223333:role/reader']);
  });

  test.each([
    ['by itself', true, undefined],
    ['by itself, without stabilization', false, undefined],
    ['later than ours', true, 900],
    ['later than ours, without stabilization', false, 900],
  ])('an aspect that runs %s', (_, stabilization, priority) => {
    for (const applies of [false, true]) {
      const stack = createStack(undefined, { [ASPECT_STABILIZATION]: stabilization });
      if (applies) {
        createConnection(stack);
        ConnectionTests.applyTo(stack.node.root);
      } else {
        testedConnection(stack);
      }
      const visit = (node: unknown) => {
        if (node instanceof glue.CfnConnection) {
          node.addPropertyOverride('ConnectionInput.ConnectionProperties.SECRET_ID', SECRET_ARN);
        }
      };
      Aspects.of(stack).add({ visit }, { priority });

      expect(allowed(stack, 'secretsmanager:GetSecretValue')?.resources).toContain(SECRET_ARN);
    }
  });

  test('with a given role, in a policy for which the test waits', () => {
    const stack = createStack();
    const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
    const connection = createConnection(stack, 'Orders', { connectionName: 'orders' });
    const provider = ConnectionTestProvider.getOrCreate(stack, { role });
    new ConnectionTest(stack, 'Test', { target: ConnectionTarget.fromConnection(connection), provider });
    connection.addProperty('SECRET_ID', new secretsmanager.Secret(stack, 'Secret').secretArn);

    const [policy] = Object.keys(resourcesOf(stack, 'AWS::IAM::Policy')).filter((id) => id.startsWith('Test'));
    expect(testResourceOf(stack).DependsOn).toContain(policy);
  });
});

test('a secret that is only known at deployment, and comes after the test, is warned of', () => {
  const stack = createStack();
  resourceOf(testedConnection(stack)).addPropertyOverride('ConnectionInput.ConnectionProperties.SECRET_ID', {
    'Fn::ImportValue': 'orders',
  });
  allowed(stack, 'glue:TestConnection');

  expect(stack.node.findChild('Test').node.metadata).toContainEqual(
    expect.objectContaining({
      data: expect.stringContaining("the connection's secret is only known at deployment") as string,
    }),
  );
});

test('what has not changed is granted once', () => {
  const stack = createStack();
  testedConnection(stack).addProperty('JDBC_ENFORCE_SSL', 'true');

  const [role] = Object.entries(resourcesOf(stack, 'AWS::IAM::Role')).filter(([id]) => id.startsWith('Test'));
  const [policy] = role?.[1].Properties.Policies as [{ PolicyDocument: { Statement: unknown[] } }];
  expect(policy.PolicyDocument.Statement).toHaveLength(1);
});

test('a SASL/SCRAM secret of Kafka is allowed', () => {
  const stack = createStack();
  testedConnection(stack, {
    type: glue.ConnectionType.KAFKA,
    properties: { KAFKA_BOOTSTRAP_SERVERS: 'broker:9096', KAFKA_SASL_SCRAM_SECRETS_ARN: SECRET_ARN },
  });

  expect(allowed(stack, 'secretsmanager:GetSecretValue')?.resources).toContain(SECRET_ARN);
});

test('the key of an imported secret is allowed, also where only the connection was given the secret', () => {
  const stack = createStack();
  const secret = secretsmanager.Secret.fromSecretAttributes(stack, 'Imported', {
    secretCompleteArn: SECRET_ARN,
    encryptionKey: kms.Key.fromKeyArn(stack, 'Key', KEY_ARN),
  });
  testedConnection(stack, { secret });

  expect(allowed(stack, 'kms:Decrypt')?.resources).toEqual([KEY_ARN]);
});

test('the key of a secret that is imported after the test is allowed, also where the definition is not changed', () => {
  const stack = createStack();
  testedConnection(stack, { properties: { SECRET_ID: SECRET_ARN } });
  secretsmanager.Secret.fromSecretAttributes(stack, 'Imported', {
    secretCompleteArn: SECRET_ARN,
    encryptionKey: kms.Key.fromKeyArn(stack, 'Key', KEY_ARN),
  });

  expect(allowed(stack, 'kms:Decrypt')?.resources).toEqual([KEY_ARN]);
});
