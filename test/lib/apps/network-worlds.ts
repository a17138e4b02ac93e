import { CfnCondition, CfnParameter, CfnResource, CfnStack, CfnStackSet, CustomResource, Fn, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as glue from 'aws-cdk-lib/aws-glue';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { createConnectionIn, zone } from './networks';

const REQUIREMENTS = 'ConnectionInput.PhysicalConnectionRequirements';
const PROPERTIES = 'ConnectionInput.ConnectionProperties';

/** A private subnet with a NAT gateway, endpoints for S3 and Secrets Manager, and a database that admits the group. */
export class HealthyWorld {
  readonly vpc: ec2.CfnVPC;
  readonly subnet: ec2.CfnSubnet;
  readonly table: ec2.CfnRouteTable;
  readonly route: ec2.CfnRoute;
  readonly internetGateway: ec2.CfnInternetGateway;
  readonly nat: ec2.CfnNatGateway;
  readonly group: ec2.CfnSecurityGroup;
  readonly selfReference: ec2.CfnSecurityGroupIngress;
  readonly storeGroup: ec2.CfnSecurityGroup;
  readonly admission: ec2.CfnSecurityGroupIngress;
  readonly s3: ec2.CfnVPCEndpoint;
  readonly secrets: ec2.CfnVPCEndpoint;
  readonly secretsGroup: ec2.CfnSecurityGroup;
  readonly acl: ec2.CfnNetworkAcl;
  readonly store: rds.CfnDBInstance;
  readonly connection: glue.Connection;

  constructor(readonly stack: Stack) {
    this.vpc = new ec2.CfnVPC(stack, 'Vpc', {
      cidrBlock: '10.0.0.0/16',
      enableDnsHostnames: true,
      enableDnsSupport: true,
    });
    const vpcId = this.vpc.ref;
    this.subnet = new ec2.CfnSubnet(stack, 'Subnet', {
      vpcId,
      cidrBlock: '10.0.0.0/24',
      availabilityZone: zone(0),
    });
    this.internetGateway = new ec2.CfnInternetGateway(stack, 'InternetGateway');
    this.table = new ec2.CfnRouteTable(stack, 'Table', { vpcId });
    new ec2.CfnSubnetRouteTableAssociation(stack, 'Association', {
      subnetId: this.subnet.ref,
      routeTableId: this.table.ref,
    });
    this.nat = new ec2.CfnNatGateway(stack, 'Nat', { subnetId: 'subnet-0000000a', allocationId: 'eipalloc-00000001' });
    this.route = new ec2.CfnRoute(stack, 'Route', {
      routeTableId: this.table.ref,
      destinationCidrBlock: '0.0.0.0/0',
      natGatewayId: this.nat.ref,
    });
    this.group = this.createGroup('Group');
    this.selfReference = this.admit('SelfReference', this.group, { ipProtocol: '-1' });
    this.storeGroup = this.createGroup('StoreGroup');
    this.admission = this.admit('Admission', this.storeGroup, { ipProtocol: 'tcp', fromPort: 5432, toPort: 5432 });
    this.s3 = new ec2.CfnVPCEndpoint(stack, 'S3', {
      vpcId,
      serviceName: Fn.sub('com.amazonaws.${AWS::Region}.s3'),
      routeTableIds: [this.table.ref],
    });
    this.secretsGroup = this.createGroup('SecretsGroup');
    this.admit('SecretsAdmission', this.secretsGroup, { ipProtocol: 'tcp', fromPort: 443, toPort: 443 });
    this.secrets = new ec2.CfnVPCEndpoint(stack, 'Secrets', {
      vpcId,
      vpcEndpointType: 'Interface',
      serviceName: Fn.sub('com.amazonaws.${AWS::Region}.secretsmanager'),
      privateDnsEnabled: true,
      securityGroupIds: [this.secretsGroup.attrGroupId],
    });
    this.acl = new ec2.CfnNetworkAcl(stack, 'Acl', { vpcId });
    new ec2.CfnSubnetNetworkAclAssociation(stack, 'AclAssociation', {
      subnetId: this.subnet.ref,
      networkAclId: this.acl.ref,
    });
    this.allow(100, {});
    this.store = new rds.CfnDBInstance(stack, 'Store', {
      engine: 'postgres',
      port: '5432',
      vpcSecurityGroups: [this.storeGroup.attrGroupId],
    });
    this.connection = createConnectionIn(stack, {
      subnet: ec2.Subnet.fromSubnetAttributes(stack, 'ImportedSubnet', {
        subnetId: this.subnet.ref,
        availabilityZone: zone(0),
      }),
      securityGroups: [ec2.SecurityGroup.fromSecurityGroupId(stack, 'ImportedGroup', this.group.attrGroupId)],
      host: this.store.attrEndpointAddress,
      secret: secretsmanager.Secret.fromSecretNameV2(stack, 'Secret', 'orders'),
    });
  }

  get resource(): CfnResource {
    return this.connection.node.defaultChild as CfnResource;
  }

  createGroup(id: string, vpcId = this.vpc.ref): ec2.CfnSecurityGroup {
    return new ec2.CfnSecurityGroup(this.stack, id, { vpcId, groupDescription: id });
  }

  /** Lets the connection's group in. */
  admit(id: string, group: ec2.CfnSecurityGroup, ports: Omit<ec2.CfnSecurityGroupIngressProps, 'groupId'>) {
    return new ec2.CfnSecurityGroupIngress(this.stack, id, {
      groupId: group.attrGroupId,
      sourceSecurityGroupId: this.group.attrGroupId,
      ...ports,
    });
  }

  /** Entries of the ACL for both directions. */
  allow(ruleNumber: number, entry: Partial<ec2.CfnNetworkAclEntryProps>): void {
    for (const egress of [true, false]) {
      new ec2.CfnNetworkAclEntry(this.stack, `Entry${ruleNumber}${egress ? 'Out' : 'In'}`, {
        networkAclId: this.acl.ref,
        ruleNumber,
        egress,
        ruleAction: 'allow',
        protocol: -1,
        cidrBlock: '0.0.0.0/0',
        ...entry,
      });
    }
  }

  useGroups(...ids: unknown[]): void {
    this.resource.addPropertyOverride(`${REQUIREMENTS}.SecurityGroupIdList`, ids);
  }

  useHost(host: string, port = 5432): void {
    this.resource.addPropertyOverride(`${PROPERTIES}.JDBC_CONNECTION_URL`, `jdbc:postgresql://${host}:${port}/orders`);
  }

  useZone(ofConnection: unknown, ofSubnet = this.subnet.availabilityZone): void {
    this.resource.addPropertyOverride(`${REQUIREMENTS}.AvailabilityZone`, ofConnection);
    this.subnet.availabilityZone = ofSubnet;
  }

  /** Makes something come and go by a condition. */
  makeConditional(resource: CfnResource): void {
    resource.cfnOptions.condition = this.createCondition(`With${resource.node.id}`);
  }

  createCondition(id: string): CfnCondition {
    const parameter = new CfnParameter(this.stack, `${id}OrNot`, { allowedValues: ['yes', 'no'], default: 'yes' });
    return new CfnCondition(this.stack, id, { expression: Fn.conditionEquals(parameter, 'yes') });
  }

  remove(...resources: CfnResource[]): void {
    resources.forEach(({ node }) => node.scope!.node.tryRemoveChild(node.id));
  }
}

export const HEALTHY_WORLDS: Readonly<Record<string, (world: HealthyWorld) => void>> = {
  'a store that is reached by a peering connection': (world) => {
    new ec2.CfnRoute(world.stack, 'Peering', {
      routeTableId: world.table.ref,
      destinationCidrBlock: '10.1.0.0/16',
      vpcPeeringConnectionId: 'pcx-00000001',
    });
    world.useHost('10.1.0.10');
  },
  'all ways lead to a transit gateway': (world) => {
    world.remove(world.route, world.secrets);
    new ec2.CfnRoute(world.stack, 'Transit', {
      routeTableId: world.table.ref,
      destinationCidrBlock: '0.0.0.0/0',
      transitGatewayId: 'tgw-00000001',
    });
    world.useHost('10.1.0.10');
  },
  'several groups, of which one admits itself': (world) => {
    world.useGroups(world.createGroup('Other').attrGroupId, world.group.attrGroupId);
  },
  'prefix lists in rules and routes': (world) => {
    world.remove(world.admission);
    world.group.securityGroupEgress = [
      { ipProtocol: 'tcp', fromPort: 0, toPort: 65535, destinationPrefixListId: 'pl-00000001' },
    ];
    world.storeGroup.securityGroupIngress = [
      { ipProtocol: 'tcp', fromPort: 5432, toPort: 5432, sourcePrefixListId: 'pl-00000001' },
    ];
    new ec2.CfnRoute(world.stack, 'Listed', {
      routeTableId: world.table.ref,
      destinationPrefixListId: 'pl-00000001',
      transitGatewayId: 'tgw-00000001',
    });
    world.remove(world.route, world.s3);
  },
  IPv6: (world) => {
    world.subnet.ipv6CidrBlock = Fn.select(0, Fn.cidr(Fn.select(0, world.vpc.attrIpv6CidrBlocks), 1, '64'));
    world.group.securityGroupEgress = [{ ipProtocol: '-1', cidrIpv6: '::/0' }];
    world.storeGroup.securityGroupIngress = [{ ipProtocol: '-1', cidrIpv6: '2001:db8::/64' }];
    world.remove(world.admission);
    world.useHost('[2001:db8::10]');
    new ec2.CfnRoute(world.stack, 'Route6', {
      routeTableId: world.table.ref,
      destinationIpv6CidrBlock: '::/0',
      egressOnlyInternetGatewayId: 'eigw-00000001',
    });
    world.allow(200, { cidrBlock: undefined, ipv6CidrBlock: '::/0' });
  },
  'a subnet that another account shares': (world) => {
    world.remove(world.s3, world.secrets, world.route);
    world.resource.addPropertyOverride(`${REQUIREMENTS}.SubnetId`, 'subnet-0000000b');
    world.useZone(zone(2));
  },
  'an ACL with many entries': (world) => {
    world.useHost('192.0.2.10');
    for (let number = 1; number < 20; number += 1) {
      world.allow(number, { ruleAction: 'deny', cidrBlock: `198.51.100.${number}/32` });
    }
  },
  'a store outside of AWS': (world) => world.useHost('db.example.com'),
  'rules for ranges of addresses': (world) => {
    world.remove(world.admission);
    world.storeGroup.securityGroupIngress = [
      { ipProtocol: 'tcp', fromPort: 5000, toPort: 6000, cidrIp: world.vpc.attrCidrBlock },
    ];
    world.group.securityGroupEgress = [
      { ipProtocol: 'tcp', fromPort: 0, toPort: 65535, cidrIp: world.vpc.attrCidrBlock },
    ];
  },
  'outbound rules of their own': (world) => {
    new ec2.CfnSecurityGroupEgress(world.stack, 'Egress', {
      groupId: world.group.attrGroupId,
      ipProtocol: 'tcp',
      fromPort: 443,
      toPort: 443,
      cidrIp: '0.0.0.0/0',
    });
  },
  'conditions on all that matters': (world) => {
    for (const resource of [world.selfReference, world.admission, world.route, world.s3, world.secrets]) {
      world.makeConditional(resource);
    }
  },
  'rules that depend on a condition': (world) => {
    const condition = world.createCondition('Open').logicalId;
    world.remove(world.selfReference, world.admission);
    for (const group of [world.group, world.storeGroup]) {
      const rule = { IpProtocol: '-1', CidrIp: '10.0.0.0/8' };
      group.addPropertyOverride('SecurityGroupIngress', Fn.conditionIf(condition, [rule], { Ref: 'AWS::NoValue' }));
    }
  },
  'a custom resource that sets up the network': (world) => {
    world.remove(world.selfReference, world.admission, world.route, world.s3, world.secrets);
    new CustomResource(world.stack, 'Network', {
      serviceToken: 'arn:aws:lambda:eu-west-1:111122223333:function:network',
      properties: {
        Groups: [world.group.attrGroupId, world.storeGroup.attrGroupId],
        Call: Fn.join('', ['{"table":"', world.table.ref, '","vpc":"', world.vpc.ref, '"}']),
      },
    });
  },
  'a group of another VPC that is associated with this one': (world) => {
    const other = new ec2.CfnVPC(world.stack, 'Other', { cidrBlock: '10.1.0.0/16' });
    const { ref } = world.createGroup('Shared', other.ref);
    new ec2.CfnSecurityGroupVpcAssociation(world.stack, 'Shares', { groupId: ref, vpcId: world.vpc.ref });
    world.useGroups(world.group.attrGroupId, ref);
  },
  'a template of others that sets up the network': (world) => {
    world.remove(world.selfReference, world.admission, world.route, world.s3, world.secrets);
    new CfnStack(world.stack, 'Network', {
      templateUrl: 'https://example-bucket.s3.amazonaws.com/network.json',
      parameters: {
        Groups: Fn.join(',', [world.group.attrGroupId, world.storeGroup.attrGroupId]),
        Table: world.table.ref,
        Vpc: world.vpc.ref,
      },
    });
  },
  'a stack set that sets up the network': (world) => {
    world.remove(world.selfReference, world.admission, world.route, world.s3, world.secrets);
    const values = [world.group.attrGroupId, world.storeGroup.attrGroupId, world.table.ref, world.vpc.ref];
    new CfnStackSet(world.stack, 'Network', {
      permissionModel: 'SELF_MANAGED',
      stackSetName: 'network',
      templateUrl: 'https://example-bucket.s3.amazonaws.com/network.json',
      parameters: values.map((parameterValue, index) => ({ parameterKey: `Id${index}`, parameterValue })),
    });
  },
  'groups and a zone that parameters name': (world) => {
    world.remove(world.selfReference);
    world.useGroups({ Ref: new CfnParameter(world.stack, 'GroupId').logicalId });
    world.useZone({ Ref: new CfnParameter(world.stack, 'Zone').logicalId });
  },
  'a group that is looked up in another stack': (world) => {
    world.remove(world.selfReference);
    const rule = { groupId: 'sg-00000001', sourceSecurityGroupId: 'sg-00000001', ipProtocol: '-1' };
    new ec2.CfnSecurityGroupIngress(new Stack(world.stack.node.root, 'Rules'), 'LookedUp', rule);
  },
  'routes that are propagated': (world) => {
    world.remove(world.route, world.s3, world.secrets);
    new ec2.CfnVPNGatewayRoutePropagation(world.stack, 'Propagation', {
      routeTableIds: [world.table.ref],
      vpnGatewayId: 'vgw-00000001',
    });
    world.useHost('10.9.0.10');
  },
  'the name of an Availability Zone': (world) => world.useZone('eu-west-1a', 'eu-west-1a'),
  'the id of an Availability Zone': (world) => world.useZone('euw1-az1', 'eu-west-1a'),
  'a store in another VPC': (world) => {
    const other = new ec2.CfnVPC(world.stack, 'Other', { cidrBlock: '10.1.0.0/16' });
    const group = world.createGroup('OtherStoreGroup', other.ref);
    group.securityGroupIngress = [{ ipProtocol: 'tcp', fromPort: 5432, toPort: 5432, cidrIp: '203.0.113.7/32' }];
    world.store.vpcSecurityGroups = [group.attrGroupId];
  },
};

export interface BrokenWorld {
  /** All that is found, in the order of the warnings. */
  readonly rules: readonly string[];
  /** What the first names. */
  readonly resource: string;
  readonly change: (world: HealthyWorld) => void;
}

export const BROKEN_WORLDS: Readonly<Record<string, BrokenWorld>> = {
  'the zone of another subnet': {
    rules: ['AVAILABILITY_ZONE_MISMATCH'],
    resource: 'Networks/Subnet is in eu-west-1a',
    change: (world) => world.useZone('eu-west-1b', 'eu-west-1a'),
  },
  'the name of a group instead of its id': {
    rules: ['SECURITY_GROUP_MISSING'],
    resource: "'default'",
    change: (world) => world.useGroups(world.group.attrGroupId, 'default'),
  },
  'a group of another VPC': {
    rules: ['SECURITY_GROUP_OTHER_VPC'],
    resource: 'Networks/OtherGroup',
    change: (world) => {
      const other = new ec2.CfnVPC(world.stack, 'Other', { cidrBlock: '10.1.0.0/16' });
      world.useGroups(world.group.attrGroupId, world.createGroup('OtherGroup', other.ref).ref);
    },
  },
  'no rule that admits the group itself': {
    rules: ['SELF_REFERENCE_MISSING'],
    resource: 'Networks/Group ',
    change: (world) => world.remove(world.selfReference),
  },
  'a rule that admits the group itself on one port': {
    rules: ['SELF_REFERENCE_MISSING'],
    resource: 'Networks/Group ',
    change: (world) => {
      world.remove(world.selfReference);
      world.admit('OnePort', world.group, { ipProtocol: 'tcp', fromPort: 5432, toPort: 5432 });
    },
  },
  'outbound rules for another port': {
    rules: ['EGRESS_CLOSED'],
    resource: 'Networks/Group ',
    change: ({ group }) => {
      group.securityGroupEgress = [{ ipProtocol: 'tcp', fromPort: 443, toPort: 443, cidrIp: '0.0.0.0/0' }];
    },
  },
  'a store that does not admit the group': {
    rules: ['STORE_CLOSED'],
    resource: 'Networks/StoreGroup',
    change: (world) => world.remove(world.admission),
  },
  'a store that admits the group on another port': {
    rules: ['STORE_CLOSED'],
    resource: 'Networks/StoreGroup',
    change: (world) => {
      world.admission.fromPort = 3306;
      world.admission.toPort = 3306;
    },
  },
  'a table without a route to the store': {
    rules: ['NO_ROUTE_TO_STORE'],
    resource: 'Networks/Table',
    change: (world) => {
      world.remove(world.route);
      world.useHost('10.1.0.10');
    },
  },
  'a public subnet': {
    rules: ['PUBLIC_SUBNET', 'S3_UNREACHABLE'],
    resource: 'Networks/Subnet is public',
    change: (world) => {
      world.remove(world.s3);
      world.route.natGatewayId = undefined;
      world.route.gatewayId = world.internetGateway.ref;
    },
  },
  'no way to S3': {
    rules: ['S3_UNREACHABLE'],
    resource: 'Networks/Table',
    change: (world) => world.remove(world.route, world.s3),
  },
  'an endpoint for S3 in another table': {
    rules: ['S3_UNREACHABLE'],
    resource: 'Networks/Table ',
    change: (world) => {
      world.remove(world.route);
      world.s3.routeTableIds = [new ec2.CfnRouteTable(world.stack, 'OtherTable', { vpcId: world.vpc.ref }).ref];
    },
  },
  'no way to Secrets Manager': {
    rules: ['SECRETS_MANAGER_UNREACHABLE'],
    resource: 'Networks/Vpc',
    change: (world) => world.remove(world.route, world.secrets),
  },
  'a key, and no way to KMS': {
    rules: ['KMS_UNREACHABLE'],
    resource: 'Networks/Vpc',
    change: (world) => {
      world.remove(world.route);
      const KmsKeyArn = 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
      world.resource.addPropertyOverride('ConnectionInput.AuthenticationConfiguration', { KmsKeyArn });
    },
  },
  'a role, and no way to STS': {
    rules: ['STS_UNREACHABLE'],
    resource: 'Networks/Vpc',
    change: (world) => {
      world.remove(world.route);
      world.resource.addPropertyOverride(`${PROPERTIES}.ROLE_ARN`, 'arn:aws:iam::111122223333:role/glue');
    },
  },
  'an endpoint without private DNS': {
    rules: ['ENDPOINT_PRIVATE_DNS_OFF'],
    resource: 'Networks/Secrets',
    change: (world) => {
      world.remove(world.route);
      world.secrets.privateDnsEnabled = false;
    },
  },
  'an endpoint that does not admit the group': {
    rules: ['ENDPOINT_CLOSED'],
    resource: 'Networks/Secrets',
    change: ({ stack, secretsGroup }) => {
      stack.node.tryRemoveChild('SecretsAdmission');
      secretsGroup.securityGroupIngress = [{ ipProtocol: 'tcp', fromPort: 443, toPort: 443, cidrIp: '10.0.9.0/24' }];
    },
  },
  'DNS turned off': {
    rules: ['VPC_DNS_OFF'],
    resource: 'Networks/Vpc',
    change: ({ vpc }) => {
      vpc.enableDnsSupport = false;
    },
  },
  'DNS host names turned off': {
    rules: ['VPC_DNS_OFF'],
    resource: 'Networks/Secrets',
    change: ({ vpc }) => {
      vpc.enableDnsHostnames = undefined;
    },
  },
  'an ACL that denies the way out': {
    rules: ['NETWORK_ACL_DENIES'],
    resource: 'Networks/Acl',
    change: (world) => {
      world.useHost('192.0.2.10');
      world.allow(50, { ruleAction: 'deny', protocol: 6, portRange: { from: 5000, to: 6000 } });
    },
  },
  'an ACL that denies the way back': {
    rules: ['NETWORK_ACL_DENIES'],
    resource: 'Networks/Acl',
    change: (world) => {
      world.useHost('192.0.2.10');
      world.allow(50, { ruleAction: 'deny', protocol: 6, portRange: { from: 6000, to: 65535 } });
    },
  },
};
