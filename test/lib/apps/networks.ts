import { App, CfnParameter, CfnResource, Fn, NestedStack, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as glue from 'aws-cdk-lib/aws-glue';
import * as rds from 'aws-cdk-lib/aws-rds';
import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { ConnectionTests } from '../../../lib/index';

export function createApp(): App {
  return new App({ analyticsReporting: false, context: { 'aws:cdk:enable-asset-metadata': true } });
}

/** Builds networks and connections in a stack, or below it; the app has tests applied to it. */
export function buildNetworks(build: (stack: Stack) => void): App {
  const app = createApp();
  build(new Stack(app, 'Networks'));
  ConnectionTests.applyTo(app);
  return app;
}

/** A group that admits itself, as Glue demands. */
function createGroup(scope: Construct, vpc: ec2.IVpc, id = 'Group'): ec2.SecurityGroup {
  const group = new ec2.SecurityGroup(scope, id, { vpc });
  group.addIngressRule(group, ec2.Port.allTcp());
  return group;
}

export interface ConnectionPlace {
  readonly subnet: ec2.ISubnet;
  readonly securityGroups?: ec2.ISecurityGroup[];
  readonly host?: string;
  readonly secret?: secretsmanager.ISecret;
}

export function createConnectionIn(scope: Construct, place: ConnectionPlace, id = 'Orders'): glue.Connection {
  const { subnet, securityGroups, host = 'db.example.com', secret } = place;
  return new glue.Connection(scope, id, {
    type: glue.ConnectionType.JDBC,
    properties: { JDBC_CONNECTION_URL: `jdbc:postgresql://${host}:5432/orders` },
    network: glue.ConnectionNetwork.subnet(subnet),
    securityGroups,
    secret,
  });
}

/** As most apps have it: private subnets, a database that admits the group, and endpoints. */
export function createOrdinaryApp(stack: Stack): {
  vpc: ec2.Vpc;
  group: ec2.SecurityGroup;
  connection: glue.Connection;
} {
  const vpc = new ec2.Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 1 });
  const group = createGroup(stack, vpc);
  const cluster = new rds.DatabaseCluster(stack, 'Aurora', {
    engine: rds.DatabaseClusterEngine.auroraPostgres({ version: rds.AuroraPostgresEngineVersion.VER_17_9 }),
    writer: rds.ClusterInstance.serverlessV2('Writer'),
    vpc,
  });
  cluster.connections.allowDefaultPortFrom(group);
  vpc.addGatewayEndpoint('S3', { service: ec2.GatewayVpcEndpointAwsService.S3 });
  vpc.addInterfaceEndpoint('Secrets', { service: ec2.InterfaceVpcEndpointAwsService.SECRETS_MANAGER });
  const connection = createConnectionIn(stack, {
    subnet: vpc.privateSubnets[0]!,
    securityGroups: [group],
    host: cluster.clusterEndpoint.hostname,
    secret: cluster.secret,
  });
  new glue.CfnJob(stack, 'Job', {
    role: 'arn:aws:iam::111122223333:role/glue',
    command: { name: 'glueetl', scriptLocation: 's3://example-bucket/job.py' },
    connections: { connections: [connection.connectionName] },
  });
  return { vpc, group, connection };
}

/** One of the Region's Availability Zones. */
export function zone(index: number): string {
  return Fn.select(index, Fn.getAzs());
}

const RAW = (stack: Stack) => (id: string, type: string, properties: object) =>
  new CfnResource(stack, id, { type: `AWS::${type}`, properties });

const CONNECTION_IN = (subnet: unknown, group: unknown) => ({
  CatalogId: { Ref: 'AWS::AccountId' },
  ConnectionInput: {
    ConnectionType: 'JDBC',
    ConnectionProperties: { JDBC_CONNECTION_URL: 'jdbc:mysql://db.example.com:3306/orders' },
    PhysicalConnectionRequirements: { SubnetId: subnet, SecurityGroupIdList: [group] },
  },
});

/** Each app, with the logical ids that its test has to wait for, as they begin, and those that it must not. */
export interface Network {
  readonly build: (stack: Stack) => void;
  readonly awaited: readonly string[];
  readonly others?: readonly string[];
}

export const NETWORKS: Readonly<Record<string, Network>> = {
  'an ordinary app': {
    build: (stack) => void createOrdinaryApp(stack),
    awaited: [
      'GroupfromNetworksGroup',
      'AuroraSecurityGroupfrom',
      'AuroraWriter',
      'VpcPrivateSubnet1RouteTableAssociation',
      'VpcPrivateSubnet1DefaultRoute',
      'VpcPublicSubnet1NATGateway',
      'VpcPublicSubnet1DefaultRoute',
      'VpcVPCGW',
      'VpcS3',
      'VpcSecrets',
    ],
  },
  'an ordinary app in which a rule for a range is a resource of its own': {
    build: (stack) => {
      stack.node.setContext('@aws-cdk/aws-ec2:securityGroupDisableInlineRules', true);
      const { vpc } = createOrdinaryApp(stack);
      const store = stack.node.findChild('Aurora') as rds.DatabaseCluster;
      const imported = ec2.SecurityGroup.fromSecurityGroupId(
        stack,
        'Imported',
        store.connections.securityGroups[0]!.securityGroupId,
      );
      imported.addIngressRule(ec2.Peer.ipv4(vpc.vpcCidrBlock), ec2.Port.tcp(5432));
      imported.addIngressRule(ec2.Peer.ipv4('192.0.2.0/24'), ec2.Port.tcp(5433));
    },
    awaited: ['ImportedfromIndirectPeer5432'],
    others: ['Importedfrom19202024'],
  },
  'resources of L1': {
    build: (stack) => {
      const vpc = new ec2.CfnVPC(stack, 'Vpc', { cidrBlock: '10.0.0.0/16' });
      const subnet = new ec2.CfnSubnet(stack, 'Subnet', { vpcId: vpc.ref, cidrBlock: '10.0.0.0/24' });
      const publicSubnet = new ec2.CfnSubnet(stack, 'PublicSubnet', { vpcId: vpc.attrVpcId, cidrBlock: '10.0.1.0/24' });
      const table = new ec2.CfnRouteTable(stack, 'Table', { vpcId: vpc.ref });
      const publicTable = new ec2.CfnRouteTable(stack, 'PublicTable', { vpcId: vpc.ref });
      const associate = (id: string, subnetId: string, routeTableId: string) =>
        new ec2.CfnSubnetRouteTableAssociation(stack, id, { subnetId, routeTableId });
      associate('Association', subnet.attrSubnetId, table.attrRouteTableId);
      associate('PublicAssociation', publicSubnet.ref, publicTable.ref);
      const gateway = new ec2.CfnInternetGateway(stack, 'Gateway');
      new ec2.CfnVPCGatewayAttachment(stack, 'Attachment', { vpcId: vpc.ref, internetGatewayId: gateway.ref });
      const nat = new ec2.CfnNatGateway(stack, 'Nat', {
        subnetId: publicSubnet.ref,
        allocationId: 'eipalloc-00000001',
      });
      const route = { destinationCidrBlock: '0.0.0.0/0' };
      new ec2.CfnRoute(stack, 'Route', { ...route, routeTableId: table.ref, natGatewayId: nat.ref });
      new ec2.CfnRoute(stack, 'PublicRoute', { ...route, routeTableId: publicTable.ref, gatewayId: gateway.ref });
      const peering = new ec2.CfnVPCPeeringConnection(stack, 'Peering', { vpcId: vpc.ref, peerVpcId: 'vpc-00000002' });
      new ec2.CfnRoute(stack, 'PeeringRoute', {
        routeTableId: table.ref,
        destinationCidrBlock: '10.1.0.0/16',
        vpcPeeringConnectionId: peering.ref,
      });
      new ec2.CfnVPCDHCPOptionsAssociation(stack, 'Dhcp', { vpcId: vpc.ref, dhcpOptionsId: 'dopt-00000001' });
      const acl = new ec2.CfnNetworkAcl(stack, 'Acl', { vpcId: vpc.ref });
      new ec2.CfnSubnetNetworkAclAssociation(stack, 'AclAssociation', { subnetId: subnet.ref, networkAclId: acl.ref });
      const entry = { networkAclId: acl.ref, protocol: -1, ruleAction: 'allow', cidrBlock: '0.0.0.0/0' };
      new ec2.CfnNetworkAclEntry(stack, 'AclIn', { ...entry, ruleNumber: 100 });
      new ec2.CfnNetworkAclEntry(stack, 'AclOut', { ...entry, ruleNumber: 100, egress: true });
      const group = new ec2.CfnSecurityGroup(stack, 'Group', { vpcId: vpc.ref, groupDescription: 'glue' });
      new ec2.CfnSecurityGroupIngress(stack, 'SelfReference', {
        groupId: group.ref,
        sourceSecurityGroupId: group.attrGroupId,
        ipProtocol: '-1',
      });
      new ec2.CfnSecurityGroupEgress(stack, 'Egress', { groupId: group.ref, ipProtocol: '-1', cidrIp: '0.0.0.0/0' });
      new ec2.CfnVPCEndpoint(stack, 'S3', {
        vpcId: vpc.ref,
        serviceName: Fn.sub('com.amazonaws.${AWS::Region}.s3'),
        routeTableIds: [table.ref],
      });
      new ec2.CfnVPCEndpoint(stack, 'PublicS3', {
        vpcId: vpc.ref,
        serviceName: Fn.sub('com.amazonaws.${AWS::Region}.s3'),
        routeTableIds: [publicTable.ref],
      });
      const endpointGroup = new ec2.CfnSecurityGroup(stack, 'Closed', {
        vpcId: vpc.ref,
        groupDescription: 'endpoints',
      });
      new ec2.CfnSecurityGroupIngress(stack, 'Opened', {
        groupId: endpointGroup.ref,
        sourceSecurityGroupId: group.ref,
        ipProtocol: 'tcp',
        fromPort: 443,
        toPort: 443,
      });
      new ec2.CfnSecurityGroupIngress(stack, 'OpenedForOthers', {
        groupId: endpointGroup.ref,
        sourceSecurityGroupId: 'sg-00000001',
        ipProtocol: 'tcp',
        fromPort: 443,
        toPort: 443,
      });
      for (const service of ['secretsmanager', 'kms', 'sts', 's3', 'glue', 'logs', 'ec2']) {
        new ec2.CfnVPCEndpoint(stack, `Interface${service}`, {
          vpcId: vpc.ref,
          vpcEndpointType: 'Interface',
          serviceName: `com.amazonaws.eu-west-1.${service}`,
          securityGroupIds: [endpointGroup.ref],
        });
      }
      RAW(stack)(
        'Orders',
        'Glue::Connection',
        CONNECTION_IN({ Ref: 'Subnet' }, { 'Fn::GetAtt': ['Group', 'GroupId'] }),
      );
    },
    awaited: [
      ...['Association', 'PublicAssociation', 'Attachment', 'Nat', 'Route', 'PublicRoute', 'Peering', 'PeeringRoute'],
      ...['Dhcp', 'AclAssociation', 'AclIn', 'AclOut', 'SelfReference', 'Egress', 'S3', 'Opened'],
      ...['Interfacesecretsmanager', 'Interfacekms', 'Interfacests', 'Interfaces3', 'Interfaceglue', 'Interfacelogs'],
    ],
    others: ['Interfaceec2', 'PublicS3', 'OpenedForOthers'],
  },
  'an imported VPC': {
    build: (stack) => {
      const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
        vpcId: 'vpc-00000001',
        availabilityZones: [0, 1].map(zone),
        privateSubnetIds: ['subnet-00000001', 'subnet-00000002'],
        privateSubnetRouteTableIds: ['rtb-00000001', 'rtb-00000002'],
      });
      const other = ec2.Vpc.fromVpcAttributes(stack, 'Other', {
        vpcId: 'vpc-00000002',
        availabilityZones: [zone(0)],
        privateSubnetIds: ['subnet-00000003'],
        privateSubnetRouteTableIds: ['rtb-00000003'],
      });
      vpc.addGatewayEndpoint('S3', { service: ec2.GatewayVpcEndpointAwsService.S3 });
      vpc.addInterfaceEndpoint('Kms', { service: ec2.InterfaceVpcEndpointAwsService.KMS, open: false });
      other.addGatewayEndpoint('S3', { service: ec2.GatewayVpcEndpointAwsService.S3 });
      other.addInterfaceEndpoint('Kms', { service: ec2.InterfaceVpcEndpointAwsService.KMS, open: false });
      for (const number of [1, 2]) {
        new ec2.CfnRoute(stack, `Route${number}`, {
          routeTableId: `rtb-0000000${number}`,
          destinationCidrBlock: '10.9.0.0/16',
          transitGatewayId: 'tgw-00000001',
        });
      }
      for (const number of [1, 2]) {
        new ec2.CfnTransitGatewayAttachment(stack, `Attachment${number}`, {
          vpcId: `vpc-0000000${number}`,
          transitGatewayId: 'tgw-00000001',
          subnetIds: ['subnet-00000001'],
        });
      }
      const group = ec2.SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-00000001');
      group.addIngressRule(group, ec2.Port.allTcp());
      createConnectionIn(stack, { subnet: vpc.privateSubnets[0]!, securityGroups: [group] });
    },
    awaited: ['VpcS3', 'VpcKms', 'Route1', 'Groupfrom', 'Attachment1'],
    others: ['OtherS3', 'OtherKms', 'Route2', 'Attachment2'],
  },
  'literal ids': {
    build: (stack) => {
      const create = RAW(stack);
      create('Association', 'EC2::SubnetRouteTableAssociation', {
        SubnetId: 'subnet-00000001',
        RouteTableId: 'rtb-00000001',
      });
      create('OtherAssociation', 'EC2::SubnetRouteTableAssociation', {
        SubnetId: 'subnet-00000002',
        RouteTableId: 'rtb-00000002',
      });
      const route = { DestinationCidrBlock: '0.0.0.0/0', NatGatewayId: 'nat-00000001' };
      create('Route', 'EC2::Route', { ...route, RouteTableId: 'rtb-00000001' });
      create('OtherRoute', 'EC2::Route', { ...route, RouteTableId: 'rtb-00000002' });
      const rule = { IpProtocol: '-1', SourceSecurityGroupId: 'sg-00000001' };
      create('SelfReference', 'EC2::SecurityGroupIngress', { ...rule, GroupId: 'sg-00000001' });
      create('OtherRule', 'EC2::SecurityGroupIngress', { ...rule, GroupId: 'sg-00000002' });
      create('Orders', 'Glue::Connection', CONNECTION_IN('subnet-00000001', 'sg-00000001'));
    },
    awaited: ['Association', 'Route', 'SelfReference'],
    others: ['OtherAssociation', 'OtherRoute', 'OtherRule'],
  },
  'a subnet that a parameter names': {
    build: (stack) => {
      new CfnParameter(stack, 'SubnetId');
      new CfnParameter(stack, 'OtherSubnetId');
      const create = RAW(stack);
      create('Association', 'EC2::SubnetRouteTableAssociation', {
        SubnetId: { Ref: 'SubnetId' },
        RouteTableId: 'rtb-00000001',
      });
      const other = { SubnetId: { Ref: 'OtherSubnetId' }, RouteTableId: 'rtb-00000001' };
      create('OtherAssociation', 'EC2::SubnetRouteTableAssociation', other);
      create('Orders', 'Glue::Connection', CONNECTION_IN({ Ref: 'SubnetId' }, 'sg-00000001'));
    },
    awaited: ['Association'],
    others: ['OtherAssociation'],
  },
  'a connection in a nested stack': {
    build: (stack) => {
      const vpc = new ec2.Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 1 });
      const securityGroups = [createGroup(stack, vpc)];
      createConnectionIn(new NestedStack(stack, 'Nested'), { subnet: vpc.privateSubnets[0]!, securityGroups });
    },
    awaited: ['GroupfromNetworksGroup', 'VpcPrivateSubnet1DefaultRoute', 'VpcPrivateSubnet1RouteTableAssociation'],
    // Nested stacks wait as a whole, but for what lies beside them one by one.
    others: ['VpcPrivateSubnet2DefaultRoute', 'VpcPrivateSubnet2RouteTableAssociation'],
  },
  'a network in a nested stack': {
    build: (stack) => {
      const nested = new NestedStack(stack, 'Nested');
      const vpc = new ec2.Vpc(nested, 'Vpc', { maxAzs: 1, natGateways: 1 });
      createConnectionIn(stack, { subnet: vpc.privateSubnets[0]!, securityGroups: [createGroup(nested, vpc)] });
    },
    awaited: ['GroupfromNetworks', 'VpcPrivateSubnet1DefaultRoute', 'VpcPrivateSubnet1RouteTableAssociation'],
  },
  'a network in another stack, and an endpoint in a third': {
    build: (stack) => {
      const [network, endpoints] = ['Network', 'Endpoints'].map((id) => new Stack(stack.node.root, id));
      const vpc = new ec2.Vpc(network!, 'Vpc', { maxAzs: 1, natGateways: 1 });
      const group = createGroup(network!, vpc);
      new ec2.InterfaceVpcEndpoint(endpoints!, 'Secrets', {
        vpc,
        service: ec2.InterfaceVpcEndpointAwsService.SECRETS_MANAGER,
      });
      createConnectionIn(stack, { subnet: vpc.privateSubnets[0]!, securityGroups: [group] });
    },
    awaited: ['GroupfromNetworkGroup', 'VpcPrivateSubnet1DefaultRoute', 'Secrets'],
  },
};
