import { Aspects, CfnCondition, Fn, Stack, type CfnResource, type IAspect } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as glue from 'aws-cdk-lib/aws-glue';
import { ConnectionTarget, ConnectionTest, ConnectionTests } from '../../../lib/index';
import { DeploymentOrder } from '../apps/deployment-order';
import { buildNetworks, createApp, createConnectionIn, createOrdinaryApp, NETWORKS } from '../apps/networks';
import { createStack, testResourceOf } from '../harness';

const TEST = 'Custom::GlueConnectionTest';

/** The ids of the one test, and of the resources whose logical ids begin so. */
function find(order: DeploymentOrder, prefix: string): string[] {
  const isMeant = (id: string) =>
    new RegExp(`^${prefix}([0-9A-F]{8})?$|^${prefix}.*[0-9A-F]{8}$`).test(id.split('/').at(-1)!);
  return order.resources.map(({ id }) => id).filter(isMeant);
}

function testOf(order: DeploymentOrder): string {
  const tests = order.resources.filter(({ Type }) => Type === TEST);
  expect(tests).toHaveLength(1);
  return tests[0]!.id;
}

describe.each(Object.entries(NETWORKS))('the test waits for what its connection goes through: %s', (_, network) => {
  const order = new DeploymentOrder(buildNetworks(network.build).synth());

  test.each([...network.awaited])('%s', (prefix) => {
    const meant = find(order, prefix);

    expect(meant.length).toBeGreaterThan(0);
    expect(meant.filter((id) => !order.waits(testOf(order), id))).toEqual([]);
  });

  test('for nothing else, and never in circles', () => {
    const others = (network.others ?? []).map((prefix) => find(order, prefix));

    expect(others.filter((meant) => meant.length === 0)).toEqual([]);
    expect(others.flat().filter((id) => order.waits(testOf(order), id))).toEqual([]);
    expect(order.cycle()).toBeUndefined();
  });
});

const dependsOn = (stack: Stack) => testResourceOf(stack).DependsOn ?? [];

describe('the test waits', () => {
  test('without applyTo too, and for a connection of this app that it knows by its name', () => {
    const stack = createStack();
    const vpc = new ec2.Vpc(stack, 'Vpc', { maxAzs: 1, natGateways: 1 });
    new glue.Connection(stack, 'Orders', {
      connectionName: 'orders',
      type: glue.ConnectionType.JDBC,
      properties: { JDBC_CONNECTION_URL: 'jdbc:postgresql://db:5432/orders' },
      network: glue.ConnectionNetwork.subnet(vpc.privateSubnets[0]!),
    });
    new ConnectionTest(stack, 'Test', {
      target: ConnectionTarget.fromName('orders', { inVpc: true, hasSecret: false }),
    });

    expect(dependsOn(stack)).toContainEqual(expect.stringMatching(/^VpcPrivateSubnet1DefaultRoute/));
  });

  test('for what is added after the test, by an aspect too', () => {
    const stack = createStack();
    const vpc = new ec2.Vpc(stack, 'Vpc', { maxAzs: 1, natGateways: 1 });
    const group = new ec2.SecurityGroup(stack, 'Group', { vpc });
    const connection = createConnectionIn(stack, { subnet: vpc.privateSubnets[0]!, securityGroups: [group] });
    new ConnectionTest(stack, 'Test', { target: ConnectionTarget.fromConnection(connection) });
    group.addIngressRule(group, ec2.Port.allTcp());
    const aspect: IAspect = {
      visit: (node) => {
        if (node === vpc && vpc.node.tryFindChild('S3') === undefined) {
          vpc.addGatewayEndpoint('S3', { service: ec2.GatewayVpcEndpointAwsService.S3 });
        }
      },
    };
    Aspects.of(stack).add(aspect);

    expect(dependsOn(stack)).toContainEqual(expect.stringMatching(/^GroupfromStackGroup/));
    expect(dependsOn(stack)).toContainEqual(expect.stringMatching(/^VpcS3/));
  });

  test('by a reference for what is only there under a condition', () => {
    const stack = createStack();
    const vpc = new ec2.Vpc(stack, 'Vpc', { maxAzs: 1, natGateways: 1 });
    createConnectionIn(stack, { subnet: vpc.privateSubnets[0]! });
    const route = new ec2.CfnRoute(stack, 'Route', {
      routeTableId: vpc.privateSubnets[0]!.routeTable.routeTableId,
      destinationCidrBlock: '10.1.0.0/16',
      transitGatewayId: 'tgw-1',
    });
    route.cfnOptions.condition = new CfnCondition(stack, 'WithTransit', { expression: Fn.conditionEquals('a', 'a') });
    ConnectionTests.applyTo(stack);

    expect(dependsOn(stack)).not.toContain('Route');
    expect((testResourceOf(stack) as { Metadata?: object }).Metadata).toMatchObject({
      'cdk-glue-connection-test:waitsFor': [{ 'Fn::If': ['WithTransit', { Ref: 'Route' }, { Ref: 'AWS::NoValue' }] }],
    });
  });

  test('for each case of a network that depends on a condition', () => {
    const stack = createStack();
    const isLarge = new CfnCondition(stack, 'IsLarge', { expression: Fn.conditionEquals('a', 'a') });
    const vpc = new ec2.Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 1 });
    const connection = createConnectionIn(stack, { subnet: vpc.privateSubnets[0]! });
    const [one, other] = vpc.privateSubnets.map(({ subnetId }) => subnetId);
    (connection.node.defaultChild as CfnResource).addPropertyOverride(
      'ConnectionInput.PhysicalConnectionRequirements.SubnetId',
      Fn.conditionIf(isLarge.logicalId, one, other),
    );
    ConnectionTests.applyTo(stack);

    for (const number of [1, 2]) {
      expect(dependsOn(stack)).toContainEqual(expect.stringMatching(`^VpcPrivateSubnet${number}DefaultRoute`));
    }
  });
});

describe('the test does not wait', () => {
  test('for what waits for it', () => {
    const stack = createStack();
    const { vpc, connection } = createOrdinaryApp(stack);
    const endpoint = vpc.addInterfaceEndpoint('Kms', { service: ec2.InterfaceVpcEndpointAwsService.KMS });
    new ConnectionTest(stack, 'Test', { target: ConnectionTarget.fromConnection(connection) }).executeBefore(endpoint);

    expect(dependsOn(stack)).toContainEqual(expect.stringMatching(/^VpcSecrets/));
    expect(dependsOn(stack)).not.toContainEqual(expect.stringMatching(/^VpcKms/));
  });

  test('for a rule in a stack that waits for the stack of the test', () => {
    const app = createApp();
    const [stack, rules] = [new Stack(app, 'Stack'), new Stack(app, 'Rules')];
    const vpc = new ec2.Vpc(stack, 'Vpc', { maxAzs: 1, natGateways: 1 });
    const group = new ec2.SecurityGroup(stack, 'Group', { vpc });
    new ec2.CfnSecurityGroupIngress(rules, 'SelfReference', {
      groupId: group.securityGroupId,
      sourceSecurityGroupId: group.securityGroupId,
      ipProtocol: '-1',
    });
    createConnectionIn(stack, { subnet: vpc.privateSubnets[0]!, securityGroups: [group] });
    ConnectionTests.applyTo(app);

    expect(new DeploymentOrder(app.synth()).cycle()).toBeUndefined();
    expect(stack.dependencies).toEqual([]);
  });

  test('by DependsOn for what it waits for anyway, as the instances of the database wait for routes', () => {
    const stack = createStack();
    createOrdinaryApp(stack);
    ConnectionTests.applyTo(stack);
    const prefixes = dependsOn(stack).filter((id) => id.startsWith('Vpc'));

    expect(prefixes.map((id) => id.slice(0, -8)).sort()).toEqual(['VpcS3', 'VpcSecrets']);
  });

  test('for any network where its connection has none', () => {
    const stack = createStack();
    new ec2.Vpc(stack, 'Vpc', { maxAzs: 1, natGateways: 1 });
    new glue.Connection(stack, 'Orders', {
      type: glue.ConnectionType.JDBC,
      properties: { JDBC_CONNECTION_URL: 'jdbc:postgresql://db:5432/orders' },
    });
    ConnectionTests.applyTo(stack);

    expect(dependsOn(stack).filter((id) => id.startsWith('Vpc'))).toEqual([]);
  });
});
