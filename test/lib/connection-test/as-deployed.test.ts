import { App, Aspects, Aws, CfnCondition, CfnParameter, CfnResource, Fn, Lazy, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as glue from 'aws-cdk-lib/aws-glue';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Dependable, type Construct } from 'constructs';
import { ConnectionTarget, ConnectionTest, ConnectionTestProvider, ConnectionTests } from '../../../lib/index';
import { allowed, connectionsTested, createConnection, createStack, resourcesOf, testResourceOf } from '../harness';

const TEST = 'Custom::GlueConnectionTest';

function createL1(scope: Construct, id: string, name?: string): glue.CfnConnection {
  return new glue.CfnConnection(scope, id, {
    catalogId: Stack.of(scope).account,
    connectionInput: { name, connectionType: 'JDBC' },
  });
}

describe('a connection is tested as it stands in the template', () => {
  test('with what overrides change', () => {
    const stack = createStack();
    const connection = createL1(stack, 'Orders', 'orders');
    connection.addPropertyOverride('ConnectionInput.Name', 'prod-orders');
    connection.addPropertyOverride('ConnectionInput.ConnectionProperties.SECRET_ID', 'prod/orders');
    connection.addPropertyOverride('ConnectionInput.PhysicalConnectionRequirements', {
      SubnetId: 'subnet-0123456789abcdef0',
    });
    ConnectionTests.applyTo(stack);

    expect(connectionsTested(stack)).toEqual([expect.stringMatching(/:connection\/prod-orders$/)]);
    expect(allowed(stack, 'secretsmanager:GetSecretValue')?.resources).toEqual([
      expect.stringMatching(/:secret:prod\/orders-\?{6}$/),
    ]);
    expect(allowed(stack, 'ec2:CreateNetworkInterface')?.resources).toContainEqual(
      expect.stringMatching(/:subnet\/subnet-0123456789abcdef0$/),
    );
  });

  test('or left out by what overrides change', () => {
    const stack = createStack();
    createL1(stack, 'One').addPropertyOverride('ConnectionInput.ConnectionType', 'NETWORK');
    createL1(stack, 'Two').addPropertyOverride('ConnectionInput.Name', 'prod-orders');
    ConnectionTests.applyTo(stack, { excludeNames: ['prod-*'] });

    Template.fromStack(stack).resourceCountIs(TEST, 0);
  });

  test('also where it is a resource without a class of its own', () => {
    const stack = createStack();
    new CfnResource(stack, 'Orders', {
      type: 'AWS::Glue::Connection',
      properties: {
        CatalogId: stack.account,
        ConnectionInput: { Name: 'orders', ConnectionType: 'JDBC', ConnectionProperties: { SECRET_ID: 'orders' } },
      },
    });
    ConnectionTests.applyTo(stack);

    expect(connectionsTested(stack)).toEqual([expect.stringMatching(/:connection\/orders$/)]);
    expect(allowed(stack, 'secretsmanager:GetSecretValue')).toBeDefined();
  });

  test('also where parts of it are joined of lists that are only known at deployment', () => {
    const stack = createStack();
    const list = new CfnParameter(stack, 'List', { type: 'CommaDelimitedList' }).valueAsList;
    const properties = {
      ROLE_ARN: Fn.join('/', list),
      SECRET_ID: Fn.join('/', Fn.split(',', Fn.importValue('Secret'))),
      HOST: Fn.join(',', list),
    };
    new glue.CfnConnection(stack, 'Orders', {
      catalogId: stack.account,
      connectionInput: { connectionType: 'JDBC', connectionProperties: properties },
    });
    ConnectionTests.applyTo(stack);

    expect(testResourceOf(stack).Properties.Watch).toMatchObject({
      'ConnectionProperties.HOST': { 'Fn::Join': [',', { Ref: 'List' }] },
    });
  });

  test('under its condition, as is the role that names it', () => {
    const stack = createStack();
    const connection = createL1(stack, 'Orders');
    ConnectionTests.applyTo(stack);
    connection.cfnOptions.condition = new CfnCondition(stack, 'Big', {
      expression: Fn.conditionEquals(stack.region, 'eu-west-1'),
    });
    createL1(stack, 'Always');

    const conditions = (type: string) =>
      Object.values(resourcesOf(stack, type)).map((resource) => (resource as { Condition?: string }).Condition);
    expect(conditions(TEST).sort()).toEqual(['Big', undefined]);
    // One is the function's.
    expect(conditions('AWS::IAM::Role').sort()).toEqual(['Big', undefined, undefined]);
  });
});

describe('what a connection takes out of a reference is granted as the reference is', () => {
  test('the name of a secret of the stack, with its key', () => {
    const stack = createStack();
    const key = new kms.Key(stack, 'Key');
    const secret = new secretsmanager.Secret(stack, 'Secret', { encryptionKey: key });
    createConnection(stack, 'Orders', { properties: { SECRET_ID: secret.secretName } });
    ConnectionTests.applyTo(stack);

    const [id] = Object.keys(resourcesOf(stack, 'AWS::SecretsManager::Secret'));
    expect(allowed(stack, 'secretsmanager:GetSecretValue')?.resources).toEqual([`\${${id}}`]);
    expect(allowed(stack, 'kms:Decrypt')).toBeDefined();
  });

  test('a part of what another stack has, by the import', () => {
    const app = new App();
    const role = new iam.Role(new Stack(app, 'Roles'), 'Role', {
      assumedBy: new iam.ServicePrincipal('glue.amazonaws.com'),
    });
    const stack = new Stack(app, 'Stack');
    const name = Fn.select(1, Fn.split('/', role.roleArn));
    createConnection(stack, 'Orders', { properties: { ROLE_ARN: `arn:aws:iam::111122223333:role/${name}` } });
    ConnectionTests.applyTo(app);

    expect(JSON.stringify(allowed(stack, 'iam:PassRole')?.resources)).toContain('Fn::ImportValue');
  });

  test('a part of what the stack has, by a role of the test alone', () => {
    const stack = createStack();
    const subnets = new CfnResource(stack, 'Subnets', { type: 'Custom::Subnets' });
    createL1(stack, 'Orders', 'orders').addPropertyOverride('ConnectionInput.PhysicalConnectionRequirements', {
      SubnetId: Fn.select(0, Fn.split(',', subnets.getAtt('Ids').toString())),
      SecurityGroupIdList: ['sg-0123456789abcdef0'],
    });
    ConnectionTests.applyTo(stack);

    expect(JSON.stringify(resourcesOf(stack, 'AWS::IAM::Role'))).toContain('"Fn::GetAtt":["Subnets","Ids"]');
    expect(JSON.stringify(resourcesOf(stack, 'AWS::IAM::ManagedPolicy'))).not.toContain('"Subnets"');
  });
});

describe('what is not there is not looked for', () => {
  test('in a connection that gives nothing, by AWS::NoValue', () => {
    const stack = createStack();
    new glue.CfnConnection(stack, 'Orders', {
      catalogId: stack.account,
      connectionInput: {
        connectionType: 'JDBC',
        connectionProperties: { ROLE_ARN: Aws.NO_VALUE, SECRET_ID: Aws.NO_VALUE },
        physicalConnectionRequirements: { subnetId: Aws.NO_VALUE },
      },
    });
    ConnectionTests.applyTo(stack);

    expect(allowed(stack, 'iam:PassRole')).toBeUndefined();
    expect(allowed(stack, 'ec2:CreateNetworkInterface')).toBeUndefined();
    Annotations.fromStack(stack).hasNoWarning('*', Match.anyValue());
  });

  test('in a connection without properties', () => {
    const stack = createStack();
    new CfnResource(stack, 'Orders', { type: 'AWS::Glue::Connection' });
    ConnectionTests.applyTo(stack);

    expect(Object.keys(resourcesOf(stack, TEST))).toHaveLength(1);
  });

  test('in what could use a connection', () => {
    const stack = createStack();
    createL1(stack, 'Orders', 'orders');
    new CfnResource(stack, 'Job', { type: 'AWS::Glue::Job', properties: { Connections: { Connections: [null] } } });
    new CfnResource(stack, 'Trigger', { type: 'AWS::Glue::Trigger', properties: { Actions: [{ JobName: null }] } });
    ConnectionTests.applyTo(stack);

    expect(Object.keys(resourcesOf(stack, TEST))).toHaveLength(1);
  });
});

test('a condition of its own stays with a test', () => {
  const stack = createStack();
  const target = ConnectionTarget.fromCfnConnection(createL1(stack, 'Orders'));
  const test = new ConnectionTest(stack, 'Test', { target });
  const condition = new CfnCondition(stack, 'Big', { expression: Fn.conditionEquals(stack.region, 'eu-west-1') });
  for (const resource of test.node.findAll().filter((construct) => CfnResource.isCfnResource(construct))) {
    resource.cfnOptions.condition = condition;
  }

  expect(testResourceOf(stack)).toMatchObject({ Condition: 'Big' });
});

test('testing a connection does not keep it from changing', () => {
  const rendered = (isTested: boolean) => {
    const stack = createStack();
    const secret = secretsmanager.Secret.fromSecretNameV2(stack, 'Secret', 'orders');
    const l2 = createConnection(stack, 'L2', { properties: {}, secret });
    let properties: Record<string, string> = { HOST: 'db' };
    const l1 = new glue.CfnConnection(stack, 'L1', {
      catalogId: stack.account,
      connectionInput: {
        connectionType: 'JDBC',
        connectionProperties: Lazy.any({ produce: () => ({ ...properties }) }),
      },
    });
    if (isTested) {
      new ConnectionTest(stack, 'One', { target: ConnectionTarget.fromConnection(l2) });
      new ConnectionTest(stack, 'Two', { target: ConnectionTarget.fromCfnConnection(l1) });
    }
    l2.addProperty('JDBC_ENFORCE_SSL', 'true');
    properties = { ...properties, JDBC_ENFORCE_SSL: 'true' };
    return resourcesOf(stack, 'AWS::Glue::Connection');
  };

  expect(rendered(true)).toEqual(rendered(false));
  expect(JSON.stringify(rendered(true)).match(/JDBC_ENFORCE_SSL/g)).toHaveLength(2);
});

test('another order of its properties is no other definition', () => {
  const definition = (connectionProperties: Record<string, string>) => {
    const stack = createStack();
    const connection = new glue.CfnConnection(stack, 'Orders', {
      catalogId: stack.account,
      connectionInput: { connectionType: 'JDBC', connectionProperties },
    });
    new ConnectionTest(stack, 'Test', { target: ConnectionTarget.fromCfnConnection(connection) });
    return testResourceOf(stack).Properties.Definition;
  };

  expect(definition({ HOST: 'db', PORT: '1' })).toBe(definition({ PORT: '1', HOST: 'db' }));
  expect(definition({ HOST: 'db', PORT: '1' })).not.toBe(definition({ PORT: '2', HOST: 'db' }));
});

describe('no cycle is made where the connection waits', () => {
  test.each<[string, (connection: glue.CfnConnection) => void]>([
    ['by an override of DependsOn', (connection) => connection.addOverride('DependsOn', ['Job'])],
    [
      'by a reference that is written by hand',
      (connection) => connection.addPropertyOverride('ConnectionInput.Description', { Ref: 'Job' }),
    ],
    [
      'by a substitution',
      (connection) => connection.addPropertyOverride('ConnectionInput.Description', { 'Fn::Sub': 'by ${Job}' }),
    ],
  ])('%s for a job that uses it', (_, makeWait) => {
    const stack = createStack();
    const connection = createL1(stack, 'Orders', 'orders');
    makeWait(connection);
    new glue.CfnJob(stack, 'Job', {
      role: 'arn:aws:iam::111122223333:role/glue',
      command: { name: 'glueetl' },
      connections: { connections: ['orders'] },
    });
    ConnectionTests.applyTo(stack);

    expect(resourcesOf(stack, 'AWS::Glue::Job').Job?.DependsOn).toBeUndefined();
    Annotations.fromStack(stack).hasWarning('/Stack/Job', Match.stringLikeRegexp('doesNotWait'));
  });
});

describe('aspects of others', () => {
  test('may look at dependencies and policies at any time', () => {
    const app = new App();
    const stack = new Stack(app, 'Stack');
    createL1(stack, 'One', 'one');
    createL1(stack, 'Two', 'two');
    ConnectionTests.applyTo(app);
    Aspects.of(app).add({
      visit: (node) => {
        node.node.dependencies.forEach((dependency) => Dependable.of(dependency).dependencyRoots);
        if (node instanceof iam.ManagedPolicy) {
          stack.resolve(node.document);
        }
      },
    });

    expect(connectionsTested(stack)).toEqual([
      expect.stringMatching(/:connection\/one$/),
      expect.stringMatching(/:connection\/two$/),
    ]);
  });

  test('may look at a policy between two tests', () => {
    const stack = createStack();
    const test = (name: string) =>
      new ConnectionTest(stack, name, { target: ConnectionTarget.fromName(name, { inVpc: false }) });
    test('one');
    stack.resolve((ConnectionTestProvider.getOrCreate(stack).node.findChild('Policy') as iam.ManagedPolicy).document);
    test('two');

    const { Statement } = Object.values(resourcesOf(stack, 'AWS::IAM::ManagedPolicy'))[0]?.Properties
      .PolicyDocument as {
      Statement: unknown[];
    };
    expect(JSON.stringify(Statement)).toMatch(/connection\/one.*connection\/two/);
  });

  test.each([200, 600, 1_000])('may gate a test, with the priority %p', (priority) => {
    const stack = createStack();
    const connection = createL1(stack, 'Orders', 'orders');
    const test = new ConnectionTest(stack, 'Test', { target: ConnectionTarget.fromCfnConnection(connection) });
    new glue.CfnJob(stack, 'Job', {
      role: 'arn:aws:iam::111122223333:role/glue',
      command: { name: 'glueetl' },
      connections: { connections: ['orders'] },
    });
    Aspects.of(stack).add({ visit: (node) => node === test && test.gateDependents() }, { priority });

    expect(resourcesOf(stack, 'AWS::Glue::Job').Job?.DependsOn).toHaveLength(1);
  });
});
