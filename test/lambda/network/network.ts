/**
 * A network, as plain data in EC2's terms: the fake EC2 serves it, and apps of the CDK can be made of it.
 */
export interface Network {
  readonly connection: Connection;
  readonly subnets: Subnet[];
  readonly vpcs: Vpc[];
  readonly securityGroups: SecurityGroup[];
  readonly routeTables: RouteTable[];
  readonly natGateways: NatGateway[];
  readonly endpoints: Endpoint[];
  readonly networkAcls: NetworkAcl[];
  readonly networkInterfaces: NetworkInterface[];
}

interface Connection {
  subnetId: string;
  securityGroupIds: string[];
  availabilityZone?: string;
  properties: Record<string, string>;
}

interface Subnet {
  id: string;
  vpcId: string;
  ownerId?: string;
  availabilityZone: string;
  cidr: string;
  ipv6Cidr?: string;
  freeAddresses: number;
}

interface Vpc {
  id: string;
  hasDnsSupport: boolean;
  hasDnsHostnames: boolean;
}

export interface SecurityGroup {
  id: string;
  vpcId: string;
  inbound: Permission[];
  outbound: Permission[];
}

export interface Permission {
  /** `-1` for all. */
  protocol: string;
  from?: number;
  to?: number;
  /** Ranges of addresses, and ids of groups and prefix lists. */
  peers: string[];
}

interface RouteTable {
  id: string;
  vpcId: string;
  isMain?: boolean;
  subnetIds: string[];
  routes: Route[];
}

export interface Route {
  /** A range of addresses, or the id of a prefix list. */
  to: string;
  /** `local`, or the id of a gateway of some kind. */
  via: string;
  isBlackHole?: boolean;
}

interface NatGateway {
  id: string;
  vpcId: string;
  state: string;
}

interface Endpoint {
  id: string;
  vpcId: string;
  type: 'Gateway' | 'Interface';
  serviceName: string;
  state?: string;
  routeTableIds?: string[];
  securityGroupIds?: string[];
  hasPrivateDns?: boolean;
}

interface NetworkAcl {
  id: string;
  subnetIds: string[];
  entries: AclEntry[];
}

export interface AclEntry {
  number: number;
  egress: boolean;
  action: 'allow' | 'deny';
  protocol: string;
  cidr: string;
  from?: number;
  to?: number;
}

interface NetworkInterface {
  id: string;
  vpcId: string;
  address: string;
  publicAddress?: string;
  securityGroupIds: string[];
}

export const ANYWHERE = '0.0.0.0/0';
const STORE_HOST = 'orders.abc123.eu-west-1.rds.amazonaws.com';
const STORE_ADDRESS = '10.0.2.10';

/** A data store that is not in AWS. */
export const OUTSIDE_HOST = 'db.example.com';
export const OUTSIDE_ADDRESS = '203.0.113.7';

/** What DNS knows; each other name is unknown. */
export const DNS: Readonly<Record<string, readonly string[] | 'SILENCE'>> = {
  [STORE_HOST]: [STORE_ADDRESS],
  [OUTSIDE_HOST]: [OUTSIDE_ADDRESS],
  'both.example.com': [OUTSIDE_ADDRESS, '2001:db8::7'],
  'peered.example.com': ['10.9.0.5'],
  'public.abc123.eu-west-1.rds.amazonaws.com': ['198.51.100.20'],
  'silent.abc123.eu-west-1.rds.amazonaws.com': 'SILENCE',
};

export function permission(peer: string, from?: number, to = from): Permission {
  return from === undefined ? { protocol: '-1', peers: [peer] } : { protocol: 'tcp', from, to, peers: [peer] };
}

export function allTcp(peer: string): Permission {
  return permission(peer, 0, 65_535);
}

/** A private subnet with all that Glue asks for, and a database in another subnet of the VPC. */
export function healthyNetwork(): Network {
  const allow = { number: 100, action: 'allow', protocol: '-1', cidr: ANYWHERE } as const;
  const deny = { number: 32_767, action: 'deny', protocol: '-1', cidr: ANYWHERE } as const;
  return {
    connection: {
      subnetId: 'subnet-0a',
      securityGroupIds: ['sg-glue'],
      availabilityZone: 'eu-west-1a',
      properties: { JDBC_CONNECTION_URL: `jdbc:postgresql://${STORE_HOST}:5432/orders`, SECRET_ID: 'orders' },
    },
    subnets: [
      { id: 'subnet-0a', vpcId: 'vpc-1', availabilityZone: 'eu-west-1a', cidr: '10.0.1.0/24', freeAddresses: 200 },
    ],
    vpcs: [{ id: 'vpc-1', hasDnsSupport: true, hasDnsHostnames: true }],
    securityGroups: [
      { id: 'sg-glue', vpcId: 'vpc-1', inbound: [allTcp('sg-glue')], outbound: [permission(ANYWHERE)] },
      { id: 'sg-store', vpcId: 'vpc-1', inbound: [permission('sg-glue', 5432)], outbound: [permission(ANYWHERE)] },
      { id: 'sg-endpoint', vpcId: 'vpc-1', inbound: [permission('10.0.0.0/16', 443)], outbound: [] },
      { id: 'sg-other', vpcId: 'vpc-2', inbound: [allTcp('sg-other')], outbound: [permission(ANYWHERE)] },
    ],
    routeTables: [
      {
        id: 'rtb-1',
        vpcId: 'vpc-1',
        subnetIds: ['subnet-0a'],
        routes: [
          { to: '10.0.0.0/16', via: 'local' },
          { to: 'pl-s3', via: 'vpce-s3' },
        ],
      },
      { id: 'rtb-main', vpcId: 'vpc-1', isMain: true, subnetIds: [], routes: [{ to: '10.0.0.0/16', via: 'local' }] },
    ],
    natGateways: [{ id: 'nat-1', vpcId: 'vpc-1', state: 'available' }],
    endpoints: [
      {
        id: 'vpce-s3',
        vpcId: 'vpc-1',
        type: 'Gateway',
        serviceName: 'com.amazonaws.eu-west-1.s3',
        routeTableIds: ['rtb-1'],
      },
      {
        id: 'vpce-secrets',
        vpcId: 'vpc-1',
        type: 'Interface',
        serviceName: 'com.amazonaws.eu-west-1.secretsmanager',
        securityGroupIds: ['sg-endpoint'],
        hasPrivateDns: true,
      },
    ],
    networkAcls: [
      {
        id: 'acl-1',
        subnetIds: ['subnet-0a'],
        entries: [true, false].flatMap((egress) => [
          { ...allow, egress },
          { ...deny, egress },
        ]),
      },
    ],
    networkInterfaces: [
      { id: 'eni-store', vpcId: 'vpc-1', address: STORE_ADDRESS, securityGroupIds: ['sg-store'] },
      // In another VPC, the same address is another one.
      { id: 'eni-elsewhere', vpcId: 'vpc-2', address: STORE_ADDRESS, securityGroupIds: ['sg-other'] },
    ],
  };
}
