import type { Network, Permission, Route } from './network';

type Fields = Readonly<Record<string, unknown>>;

/** What XML is made of: a list becomes items, and what is undefined is left out. */
type Xml = string | number | boolean | undefined | readonly Xml[] | { readonly [name: string]: Xml };

/** Something that filters find, and how it is described. */
interface Described {
  readonly filters: Readonly<Record<string, readonly (string | undefined)[]>>;
  readonly xml: Xml;
}

/** The account of the connection; subnets of others may be shared with it. */
const OWNER = '111122223333';

/** What EC2's query protocol answers about a network, as the body of an answer; undefined for what it doesn't know. */
export function answerOf(network: Network, fields: Fields): string | undefined {
  const action = String(fields.Action);
  const described = ACTIONS[action];
  if (action === 'DescribeVpcAttribute') {
    const vpc = network.vpcs.find(({ id }) => id === fields.VpcId);
    const attribute = String(fields.Attribute);
    const value = attribute === 'enableDnsSupport' ? vpc?.hasDnsSupport : vpc?.hasDnsHostnames;
    return body(action, { vpcId: vpc?.id, [attribute]: { value } });
  }
  if (described === undefined) {
    return undefined;
  }
  const filters = filtersIn(fields);
  const [set, of] = described;
  const found = of(network).filter((one) =>
    filters.every(({ name, values }) => {
      const its = one.filters[name];
      if (its === undefined) {
        throw new Error(`${action} has no filter ${name}`);
      }
      return its.some((value) => value !== undefined && values.includes(value));
    }),
  );
  return body(action, { [set]: found.map(({ xml }) => xml) });
}

/** By operation: the name of its list, and what may be in it. */
const ACTIONS: Readonly<Record<string, [set: string, (network: Network) => Described[]]>> = {
  DescribeSubnets: [
    'subnetSet',
    ({ subnets }) =>
      subnets.map((subnet) => ({
        filters: { 'subnet-id': [subnet.id], 'vpc-id': [subnet.vpcId] },
        xml: {
          subnetId: subnet.id,
          vpcId: subnet.vpcId,
          ownerId: subnet.ownerId ?? OWNER,
          availabilityZone: subnet.availabilityZone,
          cidrBlock: subnet.cidr,
          availableIpAddressCount: subnet.freeAddresses,
          ipv6CidrBlockAssociationSet: subnet.ipv6Cidr === undefined ? [] : [{ ipv6CidrBlock: subnet.ipv6Cidr }],
        },
      })),
  ],
  DescribeSecurityGroups: [
    'securityGroupInfo',
    ({ securityGroups }) =>
      securityGroups.map(({ id, vpcId, inbound, outbound }) => ({
        filters: { 'group-id': [id], 'vpc-id': [vpcId] },
        xml: {
          groupId: id,
          vpcId,
          ownerId: OWNER,
          ipPermissions: inbound.map(permissionXml),
          ipPermissionsEgress: outbound.map(permissionXml),
        },
      })),
  ],
  DescribeRouteTables: [
    'routeTableSet',
    ({ routeTables }) =>
      routeTables.map(({ id, vpcId, isMain = false, subnetIds, routes }) => ({
        filters: { 'vpc-id': [vpcId] },
        xml: {
          routeTableId: id,
          vpcId,
          routeSet: routes.map(routeXml),
          associationSet: [
            ...(isMain ? [{ main: true }] : []),
            ...subnetIds.map((subnetId) => ({ subnetId, main: false })),
          ],
        },
      })),
  ],
  DescribeVpcEndpoints: [
    'vpcEndpointSet',
    ({ endpoints }) =>
      endpoints.map((endpoint) => ({
        filters: { 'vpc-id': [endpoint.vpcId] },
        xml: {
          vpcEndpointId: endpoint.id,
          vpcEndpointType: endpoint.type,
          serviceName: endpoint.serviceName,
          state: endpoint.state ?? 'Available',
          routeTableIdSet: endpoint.routeTableIds ?? [],
          privateDnsEnabled: endpoint.hasPrivateDns ?? false,
          groupSet: (endpoint.securityGroupIds ?? []).map((groupId) => ({ groupId })),
        },
      })),
  ],
  DescribeNatGateways: [
    'natGatewaySet',
    ({ natGateways }) =>
      natGateways.map(({ id, vpcId, state }) => ({ filters: { 'vpc-id': [vpcId] }, xml: { natGatewayId: id, state } })),
  ],
  DescribeNetworkAcls: [
    'networkAclSet',
    ({ networkAcls }) =>
      networkAcls.map(({ id, subnetIds, entries }) => ({
        filters: { 'association.subnet-id': subnetIds },
        xml: {
          networkAclId: id,
          entrySet: entries.map(({ number, egress, action, protocol, cidr, from, to }) => ({
            ruleNumber: number,
            egress,
            ruleAction: action,
            protocol,
            [cidr.includes(':') ? 'ipv6CidrBlock' : 'cidrBlock']: cidr,
            portRange: from === undefined ? undefined : { from, to },
          })),
        },
      })),
  ],
  DescribeNetworkInterfaces: [
    'networkInterfaceSet',
    ({ networkInterfaces }) =>
      networkInterfaces.map(({ id, vpcId, address, publicAddress, securityGroupIds }) => {
        const association = publicAddress === undefined ? undefined : { publicIp: publicAddress };
        return {
          filters: {
            'vpc-id': [vpcId],
            'addresses.private-ip-address': [address],
            'ipv6-addresses.ipv6-address': [],
            'association.public-ip': [publicAddress],
          },
          xml: {
            networkInterfaceId: id,
            privateIpAddress: address,
            association,
            privateIpAddressesSet: [{ privateIpAddress: address, association }],
            groupSet: securityGroupIds.map((groupId) => ({ groupId })),
          },
        };
      }),
  ],
};

function permissionXml({ protocol, from, to, peers }: Permission): Xml {
  const of = (kind: RegExp, name: string) => peers.filter((peer) => kind.test(peer)).map((peer) => ({ [name]: peer }));
  return {
    ipProtocol: protocol,
    fromPort: from,
    toPort: to,
    groups: of(/^sg-/, 'groupId'),
    ipRanges: of(/^[\d.]+\//, 'cidrIp'),
    ipv6Ranges: of(/:.*\//, 'cidrIpv6'),
    prefixListIds: of(/^pl-/, 'prefixListId'),
  };
}

/** By the first letters of an id: the member that names such a target. */
const TARGETS: Readonly<Record<string, string>> = {
  nat: 'natGatewayId',
  tgw: 'transitGatewayId',
  pcx: 'vpcPeeringConnectionId',
  eigw: 'egressOnlyInternetGatewayId',
  eni: 'networkInterfaceId',
};

function routeXml({ to, via, isBlackHole = false }: Route): Xml {
  const destination = to.startsWith('pl-')
    ? 'destinationPrefixListId'
    : to.includes(':')
      ? 'destinationIpv6CidrBlock'
      : 'destinationCidrBlock';
  return {
    [destination]: to,
    [TARGETS[via.split('-')[0]!] ?? 'gatewayId']: via,
    state: isBlackHole ? 'blackhole' : 'active',
  };
}

function filtersIn(fields: Fields): { name: string; values: string[] }[] {
  const filters = new Map<string, { name: string; values: string[] }>();
  for (const [field, value] of Object.entries(fields)) {
    const [, number = '', member] = /^Filter\.(\d+)\.(Name|Value\.\d+)$/.exec(field) ?? [];
    if (member !== undefined) {
      const filter = filters.get(number) ?? { name: '', values: [] };
      filters.set(number, filter);
      if (member === 'Name') {
        filter.name = String(value);
      } else {
        filter.values.push(String(value));
      }
    }
  }
  return [...filters.values()];
}

function body(action: string, members: Xml): string {
  return `<${action}Response xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><requestId>1</requestId>${xml(members)}</${action}Response>`;
}

function xml(value: Xml): string {
  if (Array.isArray(value)) {
    return (value as readonly Xml[]).map((item) => `<item>${xml(item)}</item>`).join('');
  }
  if (typeof value === 'object') {
    return Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .map(([name, member]) => `<${name}>${xml(member)}</${name}>`)
      .join('');
  }
  return String(value);
}
