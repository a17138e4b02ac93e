import type {
  IpPermission,
  NetworkAcl,
  Route,
  RouteTable,
  SecurityGroup,
  Subnet,
  VpcEndpoint,
} from '@aws-sdk/client-ec2';
import type {
  AclEntryFacts,
  EndpointFacts,
  Listing,
  NetworkAclFacts,
  Peer,
  PermissionFacts,
  RouteFacts,
  RouteTableFacts,
  RouteTarget,
  SecurityGroupFacts,
  SubnetFacts,
} from './rules/facts';
import { serviceOfEndpoint } from './rules/endpoint-service';
import { tcpPortsOf } from './rules/ports';

/** What EC2 describes is all there is. */
export function all<T>(items: readonly T[]): Listing<T> {
  return { items, isComplete: true };
}

export function subnetFacts(id: string, subnet: Subnet | undefined): SubnetFacts {
  if (subnet === undefined) {
    return { id, isMissing: true };
  }
  const { VpcId, AvailabilityZone, AvailabilityZoneId, AvailableIpAddressCount, CidrBlock } = subnet;
  const ipv6 = subnet.Ipv6CidrBlockAssociationSet?.map(({ Ipv6CidrBlock }) => Ipv6CidrBlock) ?? [];
  const cidrs = [CidrBlock, ...ipv6].filter((cidr) => cidr !== undefined);
  return {
    id,
    vpcId: VpcId,
    availabilityZone: AvailabilityZone,
    availabilityZoneId: AvailabilityZoneId,
    freeAddresses: AvailableIpAddressCount,
    cidrs: cidrs.length === 0 ? undefined : cidrs,
  };
}

export function securityGroupFacts({
  GroupId,
  VpcId,
  IpPermissions,
  IpPermissionsEgress,
}: SecurityGroup): SecurityGroupFacts {
  return {
    id: GroupId ?? '',
    vpcId: VpcId,
    inbound: IpPermissions && all(IpPermissions.flatMap(permissionFacts)),
    outbound: IpPermissionsEgress && all(IpPermissionsEgress.flatMap(permissionFacts)),
  };
}

function permissionFacts(permission: IpPermission): PermissionFacts[] {
  const { IpProtocol, FromPort, ToPort, IpRanges, Ipv6Ranges, PrefixListIds, UserIdGroupPairs } = permission;
  const peers: (Peer | undefined)[] = [
    ...(IpRanges ?? []).map(({ CidrIp: cidr }) => (cidr === undefined ? undefined : { cidr })),
    ...(Ipv6Ranges ?? []).map(({ CidrIpv6: cidr }) => (cidr === undefined ? undefined : { cidr })),
    ...(PrefixListIds ?? []).map(({ PrefixListId: id }) => (id === undefined ? undefined : { prefixListId: id })),
    ...(UserIdGroupPairs ?? []).map(({ GroupId: id }) => (id === undefined ? undefined : { securityGroupId: id })),
  ];
  return peers.map((peer) => ({ tcpPorts: tcpPortsOf(IpProtocol, FromPort, ToPort), peer }));
}

export function routeTableFacts({ RouteTableId, Routes }: RouteTable): RouteTableFacts {
  return {
    id: RouteTableId ?? '',
    routes: { items: (Routes ?? []).map(routeFacts), isComplete: Routes !== undefined },
  };
}

function routeFacts(route: Route): RouteFacts {
  return {
    cidr: route.DestinationCidrBlock ?? route.DestinationIpv6CidrBlock,
    isBlackHole: route.State === 'blackhole',
    target: targetOf(route),
  };
}

function targetOf(route: Route): RouteTarget | undefined {
  const { GatewayId = '', NatGatewayId, DestinationPrefixListId } = route;
  if (NatGatewayId !== undefined) {
    return { kind: 'NAT_GATEWAY', id: NatGatewayId };
  }
  if (GatewayId === 'local') {
    return { kind: 'LOCAL', id: GatewayId };
  }
  if (GatewayId.startsWith('igw-')) {
    return { kind: 'INTERNET_GATEWAY', id: GatewayId };
  }
  // To a range of addresses, it is an endpoint of a firewall.
  if (GatewayId.startsWith('vpce-') && DestinationPrefixListId !== undefined) {
    return { kind: 'GATEWAY_ENDPOINT', id: GatewayId };
  }
  const id =
    GatewayId ||
    (route.TransitGatewayId ??
      route.VpcPeeringConnectionId ??
      route.NetworkInterfaceId ??
      route.InstanceId ??
      route.EgressOnlyInternetGatewayId ??
      route.LocalGatewayId ??
      route.CarrierGatewayId ??
      route.CoreNetworkArn);
  return id === undefined ? undefined : { kind: 'OTHER', id };
}

/** Those that are of no use any more, or never will be. */
const GONE = ['deleted', 'deleting', 'expired', 'failed', 'rejected'];

export function endpointFacts(endpoint: VpcEndpoint, region: string | undefined): EndpointFacts[] {
  const { VpcEndpointId, VpcEndpointType, State, ServiceName, RouteTableIds, PrivateDnsEnabled, Groups } = endpoint;
  if (GONE.includes(State?.toLowerCase() ?? '')) {
    return [];
  }
  return [
    {
      id: VpcEndpointId ?? '',
      kind: VpcEndpointType === 'Gateway' ? 'GATEWAY' : VpcEndpointType === 'Interface' ? 'INTERFACE' : 'OTHER',
      service: serviceOfEndpoint(ServiceName, region),
      routeTableIds: RouteTableIds && all(RouteTableIds),
      hasPrivateDns: PrivateDnsEnabled,
      // Until its groups are read, their rules are not known.
      securityGroups: Groups && all(Groups.map(({ GroupId }) => ({ id: GroupId ?? '' }))),
    },
  ];
}

export function networkAclFacts({ NetworkAclId, Entries }: NetworkAcl): NetworkAclFacts {
  const entries = (Entries ?? []).map((entry): AclEntryFacts => {
    const { Egress, RuleNumber, RuleAction, CidrBlock, Ipv6CidrBlock, Protocol, PortRange } = entry;
    return {
      direction: Egress === true ? 'OUTBOUND' : 'INBOUND',
      number: RuleNumber ?? 0,
      action: RuleAction === 'allow' ? 'ALLOW' : 'DENY',
      cidr: CidrBlock ?? Ipv6CidrBlock,
      tcpPorts: tcpPortsOf(Protocol, PortRange?.From, PortRange?.To),
    };
  });
  return { id: NetworkAclId ?? '', entries: { items: entries, isComplete: Entries !== undefined } };
}
