import * as cdk from 'aws-cdk-lib';
import { App, CfnParameter, Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as glue from 'aws-cdk-lib/aws-glue';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { ConnectionTarget, ConnectionTest } from '../../../lib/index';
import {
  allowed,
  allStatements,
  asText,
  connectionsTested,
  createConnection,
  createStack,
  resourcesOf,
  statementsOf,
  testResourceOf,
} from '../harness';

const KMS = 'arn:${AWS::Partition}:kms:${AWS::Region}:${AWS::AccountId}';
const GLUE = 'arn:${AWS::Partition}:glue:${AWS::Region}:${AWS::AccountId}';

function actionsOf(stack: Stack): string[] {
  return allStatements(stack)
    .flatMap(({ Action }) => Action)
    .sort();
}

describe('Glue', () => {
  test('TestConnection and GetConnection on exactly this connection, and on its catalog', () => {
    const stack = createStack();
    new ConnectionTest(stack, 'Test', { target: ConnectionTarget.fromConnection(createConnection(stack)) });

    const [connection] = Object.keys(resourcesOf(stack, 'AWS::Glue::Connection'));
    expect(allowed(stack, 'glue:TestConnection')?.resources).toEqual([
      `${GLUE}:catalog`,
      `${GLUE}:connection/\${${connection}}`,
    ]);
    expect(actionsOf(stack)).toEqual(['glue:GetConnection', 'glue:TestConnection']);
  });

  test('the account of another catalog', () => {
    const stack = createStack();
    const target = ConnectionTarget.fromName('orders', { catalogId: '444455556666', inVpc: false });
    new ConnectionTest(stack, 'Test', { target });

    expect(connectionsTested(stack)).toEqual([
      'arn:${AWS::Partition}:glue:${AWS::Region}:444455556666:connection/orders',
    ]);
  });

  test.each(['cn-north-1', 'us-gov-west-1'])('in %s, whose partition is another', (region) => {
    const stack = createStack({ env: { account: '111122223333', region } });
    new ConnectionTest(stack, 'Test', { target: ConnectionTarget.fromName('orders', { inVpc: false }) });

    expect(connectionsTested(stack)).toEqual([`arn:\${AWS::Partition}:glue:${region}:111122223333:connection/orders`]);
  });
});

describe('names', () => {
  test.each([
    ['another than its stack’s', '444455556666', '444455556666'],
    ['that of its stack', undefined, undefined],
  ])('the catalog of a connection, where it is %s', (_, catalogId, tested) => {
    const stack = createStack();
    const connection = new glue.CfnConnection(stack, 'Orders', {
      catalogId: catalogId ?? stack.account,
      connectionInput: { connectionType: 'JDBC' },
    });
    new ConnectionTest(stack, 'Test', { target: ConnectionTarget.fromCfnConnection(connection) });

    expect(testResourceOf(stack).Properties.CatalogId).toBe(tested);
  });

  test('the network that is chosen at deployment is not known, which a warning says', () => {
    const stack = createStack();
    const connection = new glue.CfnConnection(stack, 'Orders', {
      catalogId: stack.account,
      connectionInput: {
        connectionType: 'JDBC',
        physicalConnectionRequirements: cdk.Fn.conditionIf('InVpc', { SubnetId: 'subnet-1' }, cdk.Aws.NO_VALUE),
      },
    });
    new ConnectionTest(stack, 'Test', { target: ConnectionTarget.fromCfnConnection(connection) });

    Annotations.fromStack(stack).hasWarning(
      '/Stack/Test',
      Match.stringLikeRegexp(
        "the permissions that the test needs are unknown until deployment: pass 'inVpc' to the ConnectionTarget; ",
      ),
    );
  });

  test('that hold what is only known at deployment stay as they are', () => {
    const stack = createStack();
    const connection = createConnection(stack, 'Orders', { connectionName: `orders-${cdk.Aws.REGION}` });
    const roleArn = `arn:${cdk.Aws.PARTITION}:iam::${cdk.Aws.ACCOUNT_ID}:role/glue`;
    connection.addProperty('ROLE_ARN', roleArn);
    new ConnectionTest(stack, 'Test', { target: ConnectionTarget.fromConnection(connection) });

    const [logicalId] = Object.keys(resourcesOf(stack, 'AWS::Glue::Connection'));
    expect(connectionsTested(stack)).toEqual([`${GLUE}:connection/\${${logicalId}}`]);
    expect(allowed(stack, 'iam:PassRole')?.resources).toEqual([
      'arn:${AWS::Partition}:iam::${AWS::AccountId}:role/glue',
    ]);
    expect(JSON.stringify(allStatements(stack))).not.toContain('[object');
  });

  test('that hold what a policy reads as a wildcard allow just themselves', () => {
    const stack = createStack();
    new ConnectionTest(stack, 'Test', { target: ConnectionTarget.fromName('*?$', { inVpc: false }) });

    expect(connectionsTested(stack)).toEqual([`${GLUE}:connection/\${*}\${?}\${$}`]);
  });
});

describe('policies', () => {
  test('tests of connections with literal names share one', () => {
    const stack = createStack();
    for (const name of ['a', 'b', 'c']) {
      const connection = createConnection(stack, name, { connectionName: name });
      new ConnectionTest(stack, `Test-${name}`, { target: ConnectionTarget.fromConnection(connection) });
    }

    expect(Object.keys(statementsOf(stack))).toEqual([expect.stringMatching(/^GlueConnectionTestProviderPolicy/)]);
  });

  test('a test that needs something of the stack is allowed all that it needs by a role of its own', () => {
    const stack = createStack();
    const secret = new secretsmanager.Secret(stack, 'Secret');
    new ConnectionTest(stack, 'Test', { target: ConnectionTarget.fromName('orders'), secret });

    const [own] = Object.entries(statementsOf(stack)).filter(([logicalId]) => logicalId.startsWith('TestRole'));
    expect(own?.[1].flatMap(({ Action }) => Action)).toEqual([
      'glue:GetConnection',
      'glue:TestConnection',
      'secretsmanager:GetSecretValue',
      'secretsmanager:DescribeSecret',
    ]);
    expect(testResourceOf(stack).Properties.RoleArn).toEqual({ 'Fn::GetAtt': [own?.[0], 'Arn'] });
  });

  test('no policy of AWS is attached to the role, and no action or write is allowed on everything', () => {
    const stack = createStack();
    const vpc = new ec2.Vpc(stack, 'Vpc');
    const network = glue.ConnectionNetwork.vpc(vpc);
    const target = ConnectionTarget.fromConnection(createConnection(stack, 'Orders', { network }));
    new ConnectionTest(stack, 'Test', { target });

    for (const role of Object.values(resourcesOf(stack, 'AWS::IAM::Role'))) {
      expect(role.Properties).not.toHaveProperty('ManagedPolicyArns');
    }
    const wildcards = allStatements(stack).filter(({ Resource }) => Resource === '*');
    expect(wildcards.flatMap(({ Action }) => Action)).not.toContainEqual(expect.not.stringMatching(/^ec2:Describe/));
    expect(JSON.stringify(actionsOf(stack))).not.toContain('*');
  });
});

describe('the secret', () => {
  test("is the 'secret' prop, with the key that encrypts it", () => {
    const stack = createStack();
    const encryptionKey = new kms.Key(stack, 'Key');
    const secret = new secretsmanager.Secret(stack, 'Secret', { encryptionKey });
    new ConnectionTest(stack, 'Test', { target: ConnectionTarget.fromName('orders', { inVpc: false }), secret });

    expect(allowed(stack, 'secretsmanager:GetSecretValue')?.resources).toEqual([
      asText(stack.resolve(secret.secretArn)),
    ]);
    expect(allowed(stack, 'kms:Decrypt')?.resources).toEqual([asText(stack.resolve(encryptionKey.keyArn))]);
    expect(allowed(stack, 'kms:Decrypt')?.condition).toHaveProperty('StringLike.kms:ViaService');
    Annotations.fromStack(stack).hasNoWarning('*', Match.anyValue());
  });

  test('is the secret of the connection construct, and keeps clear of a resource policy', () => {
    const stack = createStack();
    const encryptionKey = new kms.Key(stack, 'Key');
    const secret = new secretsmanager.Secret(stack, 'Secret', { encryptionKey });
    const connection = createConnection(stack, 'Orders', { properties: {}, secret });
    new ConnectionTest(stack, 'Test', { target: ConnectionTarget.fromConnection(connection) });

    expect(allowed(stack, 'secretsmanager:GetSecretValue')?.resources).toEqual([
      asText(stack.resolve(secret.secretArn)),
    ]);
    expect(allowed(stack, 'kms:Decrypt')).toBeDefined();
    expect(resourcesOf(stack, 'AWS::SecretsManager::ResourcePolicy')).toEqual({});
  });

  test.each([
    [
      'a name',
      'prod/orders',
      /^arn:\${AWS::Partition}:secretsmanager:\${AWS::Region}:\${AWS::AccountId}:secret:prod\/orders(-\?{6}|\*)$/,
    ],
    [
      'an ARN',
      'arn:aws:secretsmanager:eu-west-1:111122223333:secret:orders-AbCdEf',
      /^arn:aws:secretsmanager:eu-west-1:111122223333:secret:orders-AbCdEf$/,
    ],
    [
      'an ARN without its last six characters',
      'arn:aws:secretsmanager:eu-west-1:111122223333:secret:orders',
      /^arn:aws:secretsmanager:eu-west-1:111122223333:secret:orders-\?{6}$/,
    ],
  ])('is found from SECRET_ID that is %s', (_, secretId, arn) => {
    const stack = createStack();
    const connection = new glue.CfnConnection(stack, 'Orders', {
      catalogId: stack.account,
      connectionInput: { connectionType: 'JDBC', connectionProperties: { SECRET_ID: secretId } },
    });
    new ConnectionTest(stack, 'Test', { target: ConnectionTarget.fromCfnConnection(connection) });

    expect(allowed(stack, 'secretsmanager:GetSecretValue')?.resources[0]).toMatch(arn);
    Annotations.fromStack(stack).hasNoWarning('*', Match.anyValue());
  });

  test.each([
    ['an id', '1234abcd-12ab-34cd-56ef-1234567890ab', `${KMS}:key/1234abcd-12ab-34cd-56ef-1234567890ab`],
    [
      'an ARN',
      'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab',
      'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab',
    ],
  ])('of CloudFormation level is found by its name in SECRET_ID, with a key that is %s', (_, kmsKeyId, keyArn) => {
    const stack = createStack();
    const secret = new secretsmanager.CfnSecret(stack, 'Secret', { kmsKeyId });
    const connection = new glue.CfnConnection(stack, 'Orders', {
      catalogId: stack.account,
      connectionInput: { connectionType: 'JDBC', connectionProperties: { SECRET_ID: secret.ref } },
    });
    new ConnectionTest(stack, 'Test', { target: ConnectionTarget.fromCfnConnection(connection) });

    expect(allowed(stack, 'secretsmanager:GetSecretValue')?.resources).toEqual(['${Secret}']);
    expect(allowed(stack, 'kms:Decrypt')?.resources).toEqual([keyArn]);
  });

  test('is also found in the authentication of a connection', () => {
    const stack = createStack();
    const secret = new secretsmanager.Secret(stack, 'Secret');
    const connection = new glue.CfnConnection(stack, 'Orders', {
      catalogId: stack.account,
      connectionInput: {
        connectionType: 'SALESFORCE',
        authenticationConfiguration: { authenticationType: 'OAUTH2', secretArn: secret.secretArn },
      },
    });
    new ConnectionTest(stack, 'Test', { target: ConnectionTarget.fromCfnConnection(connection) });

    expect(allowed(stack, 'secretsmanager:GetSecretValue')).toBeDefined();
  });

  test('named by an ARN whose end may be that of its name is allowed in both readings', () => {
    const stack = createStack();
    const arn = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:my-orders';
    const connection = new glue.CfnConnection(stack, 'Orders', {
      catalogId: stack.account,
      connectionInput: { connectionType: 'JDBC', connectionProperties: { SECRET_ID: arn } },
    });
    new ConnectionTest(stack, 'Test', { target: ConnectionTarget.fromCfnConnection(connection) });

    expect(allowed(stack, 'secretsmanager:GetSecretValue')?.resources).toEqual([arn, `${arn}-??????`]);
  });

  test('imported by its name is found in the connection, in a stack without a fixed environment', () => {
    const stack = createStack();
    const secret = secretsmanager.Secret.fromSecretNameV2(stack, 'Secret', 'orders');
    const connection = createConnection(stack, 'Orders', { properties: {}, secret });
    new ConnectionTest(stack, 'Test', { target: ConnectionTarget.fromConnection(connection) });

    expect(allowed(stack, 'secretsmanager:GetSecretValue')?.resources).toEqual([
      'arn:${AWS::Partition}:secretsmanager:${AWS::Region}:${AWS::AccountId}:secret:orders-??????',
    ]);
    Annotations.fromStack(stack).hasNoWarning('/Stack/Test', Match.anyValue());
  });

  test('of an RDS database is found by its attachment, with the key', () => {
    const stack = createStack();
    const secret = new secretsmanager.Secret(stack, 'Secret', { encryptionKey: new kms.Key(stack, 'Key') });
    const attached = secret.attach({
      asSecretAttachmentTarget: () => ({
        targetId: 'db',
        targetType: secretsmanager.AttachmentTargetType.RDS_DB_INSTANCE,
      }),
    });
    const connection = createConnection(stack, 'Orders', { properties: {}, secret: attached });
    new ConnectionTest(stack, 'Test', { target: ConnectionTarget.fromConnection(connection) });

    expect(allowed(stack, 'secretsmanager:GetSecretValue')?.resources).toEqual([
      expect.stringMatching(/^\${SecretAttachment/),
    ]);
    expect(allowed(stack, 'kms:Decrypt')).toBeDefined();
    Annotations.fromStack(stack).hasNoWarning('/Stack/Test', Match.anyValue());
  });

  test.each([
    [
      'secretUnknown',
      'a parameter',
      (stack: Stack) => ({ SECRET_ID: new CfnParameter(stack, 'Credentials').valueAsString }),
      false,
    ],
    [
      'keyUnknown',
      'encrypted by an alias',
      (stack: Stack) => ({
        SECRET_ID: new secretsmanager.CfnSecret(stack, 'Secret', { kmsKeyId: 'alias/own' }).ref,
      }),
      true,
    ],
    [
      'permissionsUnknown',
      'a matter of a condition',
      (stack: Stack) => {
        const condition = new cdk.CfnCondition(stack, 'Condition', {
          expression: cdk.Fn.conditionEquals(cdk.Aws.REGION, 'eu-west-1'),
        });
        return cdk.Fn.conditionIf(condition.logicalId, { SECRET_ID: 'a' }, { SECRET_ID: 'b' });
      },
      false,
    ],
  ])('is asked for with the warning %s, which can be acknowledged, when it is %s', (id, _, properties, isAllowed) => {
    const synthesize = (acknowledge: boolean) => {
      const stack = createStack();
      const connection = new glue.CfnConnection(stack, 'Orders', {
        catalogId: stack.account,
        connectionInput: { connectionType: 'JDBC', connectionProperties: properties(stack) },
      });
      const target = ConnectionTarget.fromCfnConnection(connection);
      const connectionTest = new ConnectionTest(stack, 'Test', { target });
      if (acknowledge) {
        cdk.Annotations.of(connectionTest).acknowledgeWarning(`cdk-glue-connection-test:${id}`);
      }
      return stack;
    };

    const stack = synthesize(false);
    Annotations.fromStack(stack).hasWarning('/Stack/Test', Match.stringLikeRegexp(id));
    expect(allowed(stack, 'secretsmanager:GetSecretValue') !== undefined).toBe(isAllowed);
    Annotations.fromStack(synthesize(true)).hasNoWarning('/Stack/Test', Match.anyValue());
  });

  test.each([
    ['nothing else is known of it', {}, undefined, true],
    ['its network is known, its secret is not', { inVpc: false }, undefined, true],
    ['its secret is known, its network is not', {}, 'secret', true],
    ['both are known', { inVpc: true }, 'secret', false],
  ])('of a connection by name: %s', (_, options, secretName, warned) => {
    const stack = createStack();
    new ConnectionTest(stack, 'Test', {
      target: ConnectionTarget.fromName('orders', options),
      secret: secretName && secretsmanager.Secret.fromSecretNameV2(stack, 'Secret', secretName),
    } as ConstructorParameters<typeof ConnectionTest>[2]);

    const warnings = Annotations.fromStack(stack).findWarning('*', Match.anyValue());
    expect(warnings).toHaveLength(warned ? 1 : 0);
  });
});

describe('the network', () => {
  test('interfaces of the connection subnet and security groups, and the look-ups that Glue makes', () => {
    const stack = createStack();
    const vpc = new ec2.Vpc(stack, 'Vpc');
    const securityGroup = new ec2.SecurityGroup(stack, 'SecurityGroup', { vpc });
    const subnet = vpc.privateSubnets[0]!;
    const connection = createConnection(stack, 'Orders', {
      network: glue.ConnectionNetwork.subnet(subnet),
      securityGroups: [securityGroup],
    });
    new ConnectionTest(stack, 'Test', { target: ConnectionTarget.fromConnection(connection) });

    const ec2Arn = 'arn:${AWS::Partition}:ec2:${AWS::Region}:${AWS::AccountId}';
    expect(allowed(stack, 'ec2:CreateNetworkInterface')?.resources).toEqual([
      `${ec2Arn}:network-interface/*`,
      `${ec2Arn}:subnet/${asText(stack.resolve(subnet.subnetId))}`,
      `${ec2Arn}:security-group/${asText(stack.resolve(securityGroup.securityGroupId))}`,
    ]);
    expect(allowed(stack, 'ec2:DeleteNetworkInterface')?.resources).toEqual([`${ec2Arn}:network-interface/*`]);
    expect(allowed(stack, 'ec2:CreateTags')?.condition).toEqual({
      'ForAllValues:StringEquals': { 'aws:TagKeys': ['aws-glue-service-resource'] },
    });
    expect(allowed(stack, 'ec2:DescribeSubnets')?.resources).toEqual(['*']);
  });

  test('any security group where they are only known at deployment', () => {
    const stack = createStack();
    const groups = new CfnParameter(stack, 'Groups', { type: 'List<AWS::EC2::SecurityGroup::Id>' });
    const connection = new glue.CfnConnection(stack, 'Orders', {
      catalogId: stack.account,
      connectionInput: {
        connectionType: 'JDBC',
        connectionProperties: {},
        physicalConnectionRequirements: { subnetId: 'subnet-1', securityGroupIdList: groups.valueAsList },
      },
    });
    new ConnectionTest(stack, 'Test', { target: ConnectionTarget.fromCfnConnection(connection) });

    expect(allowed(stack, 'ec2:CreateNetworkInterface')?.resources.at(-1)).toMatch(/:security-group\/\*$/);
  });

  test('any subnet where a connection by name is said to be in a VPC', () => {
    const stack = createStack();
    new ConnectionTest(stack, 'Test', { target: ConnectionTarget.fromName('orders', { inVpc: true }) });

    expect(allowed(stack, 'ec2:CreateNetworkInterface')?.resources).toHaveLength(3);
  });

  test.each([true, false])(
    'look-ups of its own after a failure, unless they are turned off: %s',
    (networkDiagnosis) => {
      const stack = createStack();
      const target = ConnectionTarget.fromName('orders', { inVpc: true, hasSecret: false });
      new ConnectionTest(stack, 'Test', { target, networkDiagnosis });

      expect(testResourceOf(stack).Properties.NetworkDiagnosis).toBe(networkDiagnosis ? undefined : 'DISABLED');
      for (const action of ['ec2:DescribeNatGateways', 'ec2:DescribeNetworkAcls']) {
        expect(actionsOf(stack).includes(action)).toBe(networkDiagnosis);
      }
      expect(actionsOf(stack)).toContain('ec2:DescribeRouteTables');
    },
  );

  test('nothing for a connection outside a VPC', () => {
    const stack = createStack();
    new ConnectionTest(stack, 'Test', { target: ConnectionTarget.fromConnection(createConnection(stack)) });

    expect(actionsOf(stack).filter((action) => action.startsWith('ec2:'))).toEqual([]);
  });
});

describe('the role', () => {
  test('is passed to Glue alone where the connection names one', () => {
    const stack = createStack();
    const ROLE_ARN = 'arn:aws:iam::111122223333:role/glue';
    const connection = createConnection(stack, 'Orders', { properties: { ROLE_ARN } });
    new ConnectionTest(stack, 'Test', { target: ConnectionTarget.fromConnection(connection) });

    expect(allowed(stack, 'iam:PassRole')).toEqual({
      resources: [ROLE_ARN],
      condition: { StringEquals: { 'iam:PassedToService': 'glue.amazonaws.com' } },
    });
  });

  test('is not passed where it names none', () => {
    const stack = createStack();
    new ConnectionTest(stack, 'Test', { target: ConnectionTarget.fromConnection(createConnection(stack)) });

    expect(allowed(stack, 'iam:PassRole')).toBeUndefined();
  });
});

test('an imported connection of another account is tested in the catalog of that account', () => {
  const stack = new Stack(new App(), 'Stack', { env: { account: '111122223333', region: 'eu-west-1' } });
  const imported = glue.Connection.fromConnectionArn(
    stack,
    'Imported',
    'arn:aws:glue:eu-west-1:444455556666:connection/orders',
  );
  new ConnectionTest(stack, 'Test', { target: ConnectionTarget.fromConnection(imported) });

  expect(Object.values(resourcesOf(stack, 'Custom::GlueConnectionTest'))[0]!.Properties).toMatchObject({
    ConnectionName: 'orders',
    CatalogId: '444455556666',
  });
  expect(connectionsTested(stack)).toEqual(['arn:${AWS::Partition}:glue:eu-west-1:444455556666:connection/orders']);
});
