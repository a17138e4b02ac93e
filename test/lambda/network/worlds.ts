import type { RuleName } from '../../../lambda/network/rules';
import {
  allTcp,
  ANYWHERE,
  OUTSIDE_ADDRESS,
  OUTSIDE_HOST,
  permission,
  type AclEntry,
  type Network,
  type SecurityGroup,
} from './network';

/** A healthy network in which one thing is changed. */
export interface World {
  readonly name: string;
  readonly change: (network: Network) => void;
}

export interface BrokenWorld extends World {
  /** What is to be found first, and which resource its sentence names. */
  readonly rule: RuleName;
  readonly resource: string;
  /** What Glue says of it. */
  readonly says: string;
}

const REFUSED = 'Connect timed out';
const S3 = 'VPC S3 endpoint validation failed for SubnetId: subnet-0a. VPC: vpc-1.';
const INGRESS = 'At least one security group must open all ingress ports.';

function groupOf({ securityGroups }: Network, id: string): SecurityGroup {
  return securityGroups.find((group) => group.id === id)!;
}

const glueGroup = (network: Network) => groupOf(network, 'sg-glue');
const storeGroup = (network: Network) => groupOf(network, 'sg-store');
const routesOf = ({ routeTables }: Network) => routeTables[0]!.routes;
const endpointOf = ({ endpoints }: Network, id: string) => endpoints.find((endpoint) => endpoint.id === id)!;

function without(network: Network, endpointId: string): void {
  const { endpoints } = network;
  endpoints.splice(endpoints.indexOf(endpointOf(network, endpointId)), 1);
  if (endpointId === 'vpce-s3') {
    routesOf(network).splice(1, 1);
  }
}

/** The store is not in AWS, and a NAT gateway leads to it. */
function outside(network: Network, via = 'nat-1'): void {
  network.connection.properties.JDBC_CONNECTION_URL = `jdbc:postgresql://${OUTSIDE_HOST}:5432/orders`;
  routesOf(network).push({ to: ANYWHERE, via });
}

function deny(network: Network, entry: Omit<AclEntry, 'action'>): void {
  network.networkAcls[0]!.entries.unshift({ ...entry, action: 'deny' });
}

export const BROKEN_WORLDS: readonly BrokenWorld[] = [
  world('SUBNET_MISSING', 'subnet-0a', 'the subnet is not there', S3, ({ subnets }) => subnets.pop()),
  world(
    'SUBNET_FULL',
    'subnet-0a',
    'the subnet has no address left',
    'Number of IP addresses on subnet is 0',
    (its) => {
      its.subnets[0]!.freeAddresses = 0;
    },
  ),
  world('SUBNET_FULL', 'subnet-0a', 'the subnet has two addresses left', 'enough free addresses', ({ subnets }) => {
    subnets[0]!.freeAddresses = 2;
  }),
  world(
    'AVAILABILITY_ZONE_MISMATCH',
    'subnet-0a',
    'the connection names another zone',
    'Availability Zone eu-west-1b does not correspond to subnet subnet-0a',
    ({ connection }) => {
      connection.availabilityZone = 'eu-west-1b';
    },
  ),
  world('SECURITY_GROUP_MISSING', 'sg-gone', 'a security group is not there', INGRESS, ({ connection }) => {
    connection.securityGroupIds = ['sg-glue', 'sg-gone'];
  }),
  world('SECURITY_GROUP_MISSING', 'default', 'a security group is named, not by its id', INGRESS, ({ connection }) => {
    connection.securityGroupIds = ['default'];
  }),
  world('SECURITY_GROUP_OTHER_VPC', 'sg-other', 'a security group is of another VPC', INGRESS, ({ connection }) => {
    connection.securityGroupIds = ['sg-glue', 'sg-other'];
  }),
  world('SELF_REFERENCE_MISSING', 'sg-glue', 'the group has no inbound rule', INGRESS, (its) => {
    glueGroup(its).inbound = [];
  }),
  world('SELF_REFERENCE_MISSING', 'sg-glue', 'the group admits itself on one port alone', INGRESS, (its) => {
    glueGroup(its).inbound = [permission('sg-glue', 5432)];
  }),
  world('SELF_REFERENCE_MISSING', 'sg-glue', 'the group admits another one', INGRESS, (its) => {
    glueGroup(its).inbound = [allTcp('sg-other')];
  }),
  world('SELF_REFERENCE_MISSING', 'sg-glue', 'the group admits itself for UDP', INGRESS, (its) => {
    glueGroup(its).inbound = [{ ...allTcp('sg-glue'), protocol: 'udp' }];
  }),
  world('SELF_REFERENCE_MISSING', 'sg-glue', 'the group admits all addresses of IPv6, and has none', INGRESS, (its) => {
    glueGroup(its).inbound = [allTcp('::/0')];
  }),
  world('EGRESS_CLOSED', 'sg-glue', 'the group lets nothing out', REFUSED, (its) => {
    glueGroup(its).outbound = [];
  }),
  world('EGRESS_CLOSED', 'sg-glue', 'the group lets HTTPS out alone', REFUSED, (its) => {
    glueGroup(its).outbound = [permission(ANYWHERE, 443)];
  }),
  world('EGRESS_CLOSED', 'sg-glue', 'the group lets out to other addresses', REFUSED, (its) => {
    glueGroup(its).outbound = [permission('10.0.9.0/24', 5432)];
  }),
  world('NO_ROUTE_TO_STORE', 'rtb-1', 'nothing leads to a store outside', REFUSED, (its) => {
    outside(its);
    routesOf(its).pop();
  }),
  world('NO_ROUTE_TO_STORE', 'rtb-1', 'nothing leads to the VPC of the store', REFUSED, ({ connection }) => {
    connection.properties.JDBC_CONNECTION_URL = 'jdbc:postgresql://peered.example.com/orders';
  }),
  world('NO_ROUTE_TO_STORE', 'rtb-main', 'the main route table leads to no store outside', REFUSED, (its) => {
    outside(its);
    its.routeTables[0]!.subnetIds.pop();
    endpointOf(its, 'vpce-s3').routeTableIds = ['rtb-main'];
  }),
  world('ROUTE_BLACKHOLE', 'rtb-1', 'the peering to the store is gone', REFUSED, (its) => {
    its.connection.properties.JDBC_CONNECTION_URL = 'jdbc:postgresql://peered.example.com/orders';
    routesOf(its).push({ to: '10.9.0.0/16', via: 'pcx-1', isBlackHole: true });
  }),
  world('ROUTE_BLACKHOLE', 'rtb-1', 'the NAT gateway of the route is deleted', REFUSED, (its) => {
    outside(its);
    routesOf(its)[2]!.isBlackHole = true;
  }),
  world('PUBLIC_SUBNET', 'subnet-0a', 'an internet gateway leads to a store outside', REFUSED, (its) => {
    outside(its, 'igw-1');
  }),
  world(
    'PUBLIC_SUBNET',
    'subnet-0a',
    'the store has addresses of both kinds, behind an internet gateway',
    REFUSED,
    (its) => {
      outside(its, 'igw-1');
      its.connection.properties.JDBC_CONNECTION_URL = 'jdbc:postgresql://both.example.com:5432/orders';
    },
  ),
  world('PUBLIC_SUBNET', 'subnet-0a', 'an internet gateway leads to S3', S3, (its) => {
    routesOf(its).push({ to: ANYWHERE, via: 'igw-1' });
    without(its, 'vpce-s3');
  }),
  world('NAT_NOT_AVAILABLE', 'nat-1', 'the NAT gateway has failed', REFUSED, (its) => {
    outside(its);
    its.natGateways[0]!.state = 'failed';
  }),
  world('NAT_NOT_AVAILABLE', 'nat-1', 'the NAT gateway is still made', S3, (its) => {
    outside(its);
    its.natGateways[0]!.state = 'pending';
  }),
  world('S3_UNREACHABLE', 'rtb-1', 'there is no way to S3', S3, (its) => without(its, 'vpce-s3')),
  world('S3_UNREACHABLE', 'rtb-1', 'the endpoint for S3 is in another route table', S3, (its) => {
    endpointOf(its, 'vpce-s3').routeTableIds = ['rtb-main'];
    routesOf(its).splice(1, 1);
  }),
  world('S3_UNREACHABLE', 'rtb-1', 'the endpoint of the route table is that of DynamoDB', S3, (its) => {
    endpointOf(its, 'vpce-s3').serviceName = 'com.amazonaws.eu-west-1.dynamodb';
  }),
  world('SECRETS_MANAGER_UNREACHABLE', 'vpc-1', 'there is no way to Secrets Manager', REFUSED, (its) =>
    without(its, 'vpce-secrets'),
  ),
  world('SECRETS_MANAGER_UNREACHABLE', 'vpc-1', 'the endpoint for Secrets Manager has failed', REFUSED, (its) => {
    endpointOf(its, 'vpce-secrets').state = 'Failed';
  }),
  world('STS_UNREACHABLE', 'vpc-1', 'there is no way to STS', REFUSED, ({ connection }) => {
    connection.properties.ROLE_ARN = 'arn:aws:iam::111122223333:role/orders';
  }),
  world('ENDPOINT_PRIVATE_DNS_OFF', 'vpce-secrets', "the endpoint's private DNS is off", REFUSED, (its) => {
    endpointOf(its, 'vpce-secrets').hasPrivateDns = false;
  }),
  world('ENDPOINT_CLOSED', 'sg-endpoint', 'the endpoint admits others alone', REFUSED, (its) => {
    groupOf(its, 'sg-endpoint').inbound = [permission('10.0.7.0/24', 443), permission('sg-store', 443)];
  }),
  world('VPC_DNS_OFF', 'vpc-1', 'DNS is off in the VPC', 'No private DNS for network interface found', ({ vpcs }) => {
    vpcs[0]!.hasDnsSupport = false;
  }),
  world(
    'VPC_DNS_OFF',
    'vpc-1',
    'DNS host names are off in the VPC',
    'Reverse dns resolution of ip failed',
    ({ vpcs }) => {
      vpcs[0]!.hasDnsHostnames = false;
    },
  ),
  world('STORE_NAME_UNKNOWN', 'no.abc.eu-west-1.rds.amazonaws.com', "the store's name is wrong", REFUSED, (its) => {
    its.connection.properties.JDBC_CONNECTION_URL = 'jdbc:mysql://no.abc.eu-west-1.rds.amazonaws.com:3306/orders';
    storeGroup(its).inbound = [permission('sg-glue', 3306)];
  }),
  world('STORE_CLOSED', 'sg-store', 'the store admits another group', REFUSED, (its) => {
    storeGroup(its).inbound = [permission('sg-other', 5432)];
  }),
  world('STORE_CLOSED', 'sg-store', 'the store admits another port', REFUSED, (its) => {
    storeGroup(its).inbound = [permission('sg-glue', 3306)];
  }),
  world('STORE_CLOSED', 'sg-store', 'the store admits other addresses', REFUSED, (its) => {
    storeGroup(its).inbound = [permission('192.168.0.0/16', 5432)];
  }),
  world('NETWORK_ACL_DENIES', 'acl-1', 'the ACL denies the way out', REFUSED, (its) => {
    deny(its, { number: 90, egress: true, protocol: '6', cidr: '10.0.2.0/24', from: 5432, to: 5432 });
  }),
  world('NETWORK_ACL_DENIES', 'acl-1', 'the ACL denies the way back', REFUSED, (its) => {
    deny(its, { number: 90, egress: false, protocol: '6', cidr: ANYWHERE, from: 1024, to: 65_535 });
  }),
  world('NETWORK_ACL_DENIES', 'acl-1', 'the ACL lets back to low ports alone', REFUSED, (its) => {
    const [entry] = its.networkAcls[0]!.entries.filter(({ egress, action }) => !egress && action === 'allow');
    Object.assign(entry!, { protocol: '6', from: 0, to: 1023 });
  }),
];

export const HEALTHY_WORLDS: readonly World[] = [
  healthy('nothing is changed', () => undefined),
  healthy('a peering leads to the store', (its) => {
    its.connection.properties.JDBC_CONNECTION_URL = 'jdbc:postgresql://peered.example.com/orders';
    routesOf(its).push({ to: '10.9.0.0/16', via: 'pcx-1' });
  }),
  healthy('a transit gateway leads out, also to S3 and to Secrets Manager', (its) => {
    outside(its, 'tgw-1');
    without(its, 'vpce-s3');
    without(its, 'vpce-secrets');
  }),
  healthy('of several groups, one admits itself, another the way out', (its) => {
    its.securityGroups.push({ id: 'sg-2', vpcId: 'vpc-1', inbound: [allTcp('sg-2')], outbound: [] });
    its.connection.securityGroupIds = ['sg-glue', 'sg-2'];
    glueGroup(its).inbound = [];
  }),
  healthy('the group admits all addresses', (its) => {
    glueGroup(its).inbound = [permission(ANYWHERE)];
  }),
  healthy('prefix lists stand for addresses', (its) => {
    glueGroup(its).outbound = [permission('pl-network', 5432), permission('pl-network', 443)];
    storeGroup(its).inbound = [permission('pl-network', 5432)];
    groupOf(its, 'sg-endpoint').inbound = [permission('pl-network', 443)];
    routesOf(its).push({ to: 'pl-network', via: 'tgw-1' });
  }),
  healthy('the subnet has IPv6, and rules for both', (its) => {
    its.subnets[0]!.ipv6Cidr = '2001:db8:1::/64';
    storeGroup(its).inbound = [{ ...permission('10.0.0.0/16', 5432), peers: ['10.0.0.0/16', '2001:db8:1::/56'] }];
    routesOf(its).push({ to: '2001:db8:1::/56', via: 'local' }, { to: '::/0', via: 'eigw-1' });
  }),
  healthy('the subnet is of another account, whose endpoints are not seen', (its) => {
    its.subnets[0]!.ownerId = '444455556666';
    without(its, 'vpce-s3');
    without(its, 'vpce-secrets');
  }),
  healthy('the ACL has many entries', (its) => {
    const { entries } = its.networkAcls[0]!;
    for (let number = 1; number < 20; number++) {
      entries.push({ number, egress: number % 2 === 0, action: 'deny', protocol: '17', cidr: ANYWHERE });
      entries.push({ number: 20 + number, egress: true, action: 'deny', protocol: '6', cidr: `10.${number}.0.0/16` });
    }
    deny(its, { number: 60, egress: true, protocol: '6', cidr: ANYWHERE, from: 25, to: 25 });
    deny(its, { number: 61, egress: false, protocol: '6', cidr: ANYWHERE, from: 32_768, to: 40_000 });
  }),
  healthy('the store is outside of AWS, behind a NAT gateway', (its) => outside(its)),
  healthy('the subnet is public, and all that is needed is inside', (its) => {
    routesOf(its).push({ to: ANYWHERE, via: 'igw-1' });
  }),
  healthy('the NAT gateway that has failed is needed by nothing', (its) => {
    routesOf(its).push({ to: ANYWHERE, via: 'nat-1' });
    its.natGateways[0]!.state = 'failed';
  }),
  healthy('the store is public, and its name stands for a private address inside', (its) => {
    its.connection.properties.JDBC_CONNECTION_URL =
      'jdbc:postgresql://public.abc123.eu-west-1.rds.amazonaws.com:5432/o';
    routesOf(its).push({ to: ANYWHERE, via: 'igw-1' });
    its.networkInterfaces[0]!.publicAddress = '198.51.100.20';
  }),
  healthy('the store is public, and of another account', (its) => {
    its.connection.properties.JDBC_CONNECTION_URL =
      'jdbc:postgresql://public.abc123.eu-west-1.rds.amazonaws.com:5432/o';
    routesOf(its).push({ to: ANYWHERE, via: 'igw-1' });
  }),
  healthy("the store's name is one of the VPC's own", ({ connection }) => {
    connection.properties.JDBC_CONNECTION_URL = 'jdbc:postgresql://orders.internal.example.com:5432/orders';
  }),
  healthy('DNS is silent', ({ connection }) => {
    connection.properties.JDBC_CONNECTION_URL = 'jdbc:postgresql://silent.abc123.eu-west-1.rds.amazonaws.com:5432/o';
  }),
  healthy('the endpoint has no private DNS, but a NAT gateway leads out', (its) => {
    endpointOf(its, 'vpce-secrets').hasPrivateDns = false;
    routesOf(its).push({ to: ANYWHERE, via: 'nat-1' });
  }),
  healthy('the store is behind a load balancer that has no groups', ({ networkInterfaces }) => {
    networkInterfaces[0]!.securityGroupIds = [];
  }),
  healthy('a firewall is on the way out', (its) => outside(its, 'vpce-firewall')),
  healthy('S3 has an interface endpoint', (its) => {
    without(its, 'vpce-s3');
    its.endpoints.push({
      ...endpointOf(its, 'vpce-secrets'),
      id: 'vpce-s3i',
      serviceName: 'com.amazonaws.eu-west-1.s3',
    });
  }),
  healthy('the store has an address, not a name', ({ connection }) => {
    connection.properties = { HOST: '10.0.2.10', PORT: '5432' };
  }),
  healthy('the address is outside of AWS, and half of the Internet is behind each route', (its) => {
    its.connection.properties = { HOST: OUTSIDE_ADDRESS, PORT: '5432' };
    without(its, 'vpce-s3');
    routesOf(its).push({ to: '0.0.0.0/1', via: 'nat-1' }, { to: '128.0.0.0/1', via: 'nat-1' });
  }),
  healthy("the connection names no group, so that it has the VPC's default one", (its) => {
    its.connection.securityGroupIds = [];
    groupOf(its, 'sg-endpoint').inbound = [permission('sg-glue', 443)];
  }),
  healthy('half of the Internet is behind each route, which go before that to an internet gateway', (its) => {
    without(its, 'vpce-s3');
    without(its, 'vpce-secrets');
    routesOf(its).push({ to: ANYWHERE, via: 'igw-1' });
    routesOf(its).push({ to: '0.0.0.0/1', via: 'nat-1' }, { to: '128.0.0.0/1', via: 'nat-1' });
  }),
  healthy('a prefix list goes before the route to an internet gateway', (its) => {
    without(its, 'vpce-s3');
    routesOf(its).push({ to: ANYWHERE, via: 'igw-1' }, { to: 'pl-services', via: 'nat-1' });
  }),
];

function world(
  rule: RuleName,
  resource: string,
  name: string,
  says: string,
  change: (network: Network) => unknown,
): BrokenWorld {
  return { rule, resource, name, says, change };
}

function healthy(name: string, change: (network: Network) => void): World {
  return { name, change };
}
