import type { CfnResource } from 'aws-cdk-lib';
import { covers } from '../../lambda/network/rules/addresses';
import type { AppNetwork } from './app-network';
import { serviceOf, typeOfEndpoint, VPC_ENDPOINT } from './endpoints';
import { isSameId, type Id } from './ids';
import type { ImportedSubnets } from './imported-subnets';
import { groupsOfStore } from './store-groups';

/** The services that Glue calls from the connection's subnet. */
const SERVICES_CALLED: readonly string[] = ['glue', 'kms', 'logs', 's3', 'secretsmanager', 'sts'];

const REQUIREMENTS = 'ConnectionInput.PhysicalConnectionRequirements';

/** What connections can't do without in their networks, although nothing of the connection refers to it. */
export class AwaitedNetwork {
  constructor(
    private readonly network: AppNetwork,
    private readonly imported: ImportedSubnets,
  ) {}

  /** All of it, what waits for others first. */
  of(connection: CfnResource): CfnResource[] {
    if (!this.network.isAwaited) {
      return [];
    }
    const subnets = this.network.idsAt(connection, `${REQUIREMENTS}.SubnetId`);
    const groups = this.network.idsAt(connection, `${REQUIREMENTS}.SecurityGroupIdList`);
    if (subnets.length === 0) {
      return [];
    }
    const vpcs = [...subnets.map((subnet) => this.vpcOf(subnet)), ...groups.map((group) => this.vpcOfGroup(group))];
    const own = { subnets, groups, vpcs: vpcs.filter((vpc) => vpc !== undefined) };
    return [
      ...new Set([
        ...this.endpointsFor(own),
        ...this.waysFrom(subnets, own.vpcs),
        ...this.aclsOf(subnets),
        ...own.vpcs.flatMap((vpc) => this.network.awaited('AWS::EC2::VPCDHCPOptionsAssociation', 'VpcId', vpc)),
        ...groups.flatMap((group) => this.rulesOf(group)),
        ...groupsOfStore(this.network, connection).flatMap((group) => this.rulesFor(group, own)),
      ]),
    ];
  }

  private vpcOf(subnet: Id): Id | undefined {
    return subnet.resource === undefined ? this.imported.find(subnet).vpc : this.network.idAt(subnet.resource, 'VpcId');
  }

  private vpcOfGroup({ resource }: Id): Id | undefined {
    return resource === undefined ? undefined : this.network.idAt(resource, 'VpcId');
  }

  private tablesOf(subnet: Id): Id[] {
    const associations = this.network.awaited('AWS::EC2::SubnetRouteTableAssociation', 'SubnetId', subnet);
    const { routeTable } = this.imported.find(subnet);
    const tables = associations.flatMap((association) => this.network.idsAt(association, 'RouteTableId'));
    return routeTable === undefined ? tables : [...tables, routeTable];
  }

  /** The routes of subnets, and of those that NAT gateways of the routes are in. */
  private waysFrom(subnets: readonly Id[], vpcs: readonly Id[]): CfnResource[] {
    const reached = new Map(subnets.map((subnet) => [subnet.key, subnet]));
    const awaited: CfnResource[] = [];
    // A map goes on with what is added to it on the way.
    for (const subnet of reached.values()) {
      const tables = this.tablesOf(subnet);
      const routes = tables.flatMap((table) => this.network.awaited('AWS::EC2::Route', 'RouteTableId', table));
      const targets = routes.flatMap((route) => this.targetsOf(route, vpcs));
      awaited.push(...routes, ...targets);
      for (const table of tables) {
        awaited.push(...this.network.awaited('AWS::EC2::VPNGatewayRoutePropagation', 'RouteTableIds', table));
      }
      awaited.push(...this.network.awaited('AWS::EC2::SubnetRouteTableAssociation', 'SubnetId', subnet));
      for (const { resource } of routes.flatMap((route) => this.network.idsAt(route, 'NatGatewayId'))) {
        const inside = resource === undefined ? [] : this.network.idsAt(resource, 'SubnetId');
        inside.forEach((id) => reached.set(id.key, id));
      }
    }
    return awaited;
  }

  /** What a route's target is nothing without. */
  private targetsOf(route: CfnResource, vpcs: readonly Id[]): CfnResource[] {
    const { network } = this;
    const gateways = network
      .idsAt(route, 'GatewayId')
      .flatMap((gateway) =>
        ['InternetGatewayId', 'VpnGatewayId'].flatMap((property) =>
          network.awaited('AWS::EC2::VPCGatewayAttachment', property, gateway),
        ),
      );
    const transits = network
      .idsAt(route, 'TransitGatewayId')
      .flatMap((gateway) =>
        (['AWS::EC2::TransitGatewayAttachment', 'AWS::EC2::TransitGatewayVpcAttachment'] as const).flatMap((type) =>
          network.awaited(type, 'TransitGatewayId', gateway),
        ),
      )
      .filter((attachment) => this.isIn(attachment, vpcs));
    return [...gateways, ...transits];
  }

  /** With the rules of their groups. */
  private endpointsFor({ subnets, groups, vpcs }: Own): CfnResource[] {
    const { network } = this;
    const tables = subnets.flatMap((subnet) => this.tablesOf(subnet));
    const gateways = tables.flatMap((table) => network.awaited(VPC_ENDPOINT, 'RouteTableIds', table));
    const inVpc = vpcs.flatMap((vpc) => network.awaited(VPC_ENDPOINT, 'VpcId', vpc));
    const interfaces = inVpc.filter(
      (endpoint) =>
        typeOfEndpoint(network, endpoint) === 'Interface' &&
        SERVICES_CALLED.includes(serviceOf(network, endpoint) ?? ''),
    );
    // Of a subnet whose table isn't known, any may be the one.
    const possible =
      tables.length > 0 ? [] : inVpc.filter((endpoint) => typeOfEndpoint(network, endpoint) === 'Gateway');
    const rules = interfaces
      .flatMap((endpoint) => network.idsAt(endpoint, 'SecurityGroupIds'))
      .flatMap((group) => this.rulesFor(group, { subnets, groups, vpcs }));
    return [...interfaces, ...gateways, ...possible, ...rules];
  }

  private aclsOf(subnets: readonly Id[]): CfnResource[] {
    const { network } = this;
    const associations = subnets.flatMap((subnet) =>
      network.awaited('AWS::EC2::SubnetNetworkAclAssociation', 'SubnetId', subnet),
    );
    const entries = associations
      .flatMap((association) => network.idsAt(association, 'NetworkAclId'))
      .flatMap((acl) => network.awaited('AWS::EC2::NetworkAclEntry', 'NetworkAclId', acl));
    return [...entries, ...associations];
  }

  private rulesOf(group: Id): CfnResource[] {
    return (['AWS::EC2::SecurityGroupIngress', 'AWS::EC2::SecurityGroupEgress'] as const).flatMap((type) =>
      this.network.awaited(type, 'GroupId', group),
    );
  }

  /** The rules of a group of others that let the connection in. */
  private rulesFor(group: Id, { groups, subnets }: Own): CfnResource[] {
    return this.network.awaited('AWS::EC2::SecurityGroupIngress', 'GroupId', group).filter((rule) => {
      const sources = this.network.idsAt(rule, 'SourceSecurityGroupId');
      const ranges = this.network.idsAt(rule, 'CidrIp');
      return (
        sources.some((source) => groups.some((own) => isSameId(source, own))) ||
        ranges.some((range) => subnets.some((subnet) => this.mayCover(range, subnet)))
      );
    });
  }

  private mayCover(range: Id, subnet: Id): boolean {
    const cidr = subnet.resource === undefined ? undefined : this.network.idAt(subnet.resource, 'CidrBlock');
    return cidr === undefined || covers(range.label, [cidr.label]) !== false;
  }

  private isIn(attachment: CfnResource, vpcs: readonly Id[]): boolean {
    return this.network.idsAt(attachment, 'VpcId').some((id) => vpcs.some((vpc) => isSameId(id, vpc)));
  }
}

interface Own {
  readonly subnets: readonly Id[];
  readonly groups: readonly Id[];
  readonly vpcs: readonly Id[];
}
