import type { CfnResource } from 'aws-cdk-lib';
import type { RouteFacts, RouteTableFacts, RouteTarget } from '../../../lambda/network/rules/facts';
import type { FactsReader } from './facts-reader';
import type { Id } from '../ids';

/** What adds routes by itself. */
const PROPAGATIONS = [
  { type: 'AWS::EC2::VPNGatewayRoutePropagation', property: 'RouteTableIds' },
  { type: 'AWS::EC2::RouteServerPropagation', property: 'RouteTableId' },
];

/** @param table the one that the subnet uses for sure */
export function routeTableFacts(reader: FactsReader, table: Id, vpc: Id | undefined): RouteTableFacts {
  const { network } = reader;
  const routes = reader.listing(table, network.naming('AWS::EC2::Route', 'RouteTableId', table), (route) =>
    routeFacts(reader, route),
  );
  const isFixed = PROPAGATIONS.every(({ type, property }) => {
    const { certain, chosen, possible } = network.naming(type, property, table);
    return certain.length + chosen.length + possible.length === 0;
  });
  return {
    id: table.label,
    routes: {
      items: [...localRoutes(reader, vpc), ...routes.items],
      isComplete: routes.isComplete && isFixed && table.resource?.cfnResourceType === 'AWS::EC2::RouteTable',
    },
  };
}

/** To the VPC itself; of one that is not of the app, the addresses are not known. */
function localRoutes(reader: FactsReader, vpc: Id | undefined): RouteFacts[] {
  const target = { kind: 'LOCAL', id: 'local' } as const;
  const { resource } = vpc ?? {};
  if (vpc === undefined || resource === undefined) {
    return [{ target }];
  }
  const { CidrBlock } = reader.network.propertiesOf(resource);
  const { certain, chosen, possible } = reader.network.naming('AWS::EC2::VPCCidrBlock', 'VpcId', vpc);
  const others = [...certain, ...chosen, ...possible].map((block): RouteFacts => {
    const properties = reader.network.propertiesOf(block);
    const isCertain = certain.includes(block) && reader.isThere(block);
    return { target, cidr: isCertain ? reader.cidr({ resource: block, value: properties.CidrBlock }) : undefined };
  });
  return [{ target, cidr: reader.cidr({ resource, value: CidrBlock }) }, ...others];
}

function routeFacts(reader: FactsReader, resource: CfnResource): RouteFacts {
  const { DestinationCidrBlock, DestinationIpv6CidrBlock } = reader.network.propertiesOf(resource);
  return {
    cidr: reader.cidr({ resource, value: DestinationCidrBlock ?? DestinationIpv6CidrBlock }),
    target: targetOf(reader, resource),
  };
}

function targetOf({ network }: FactsReader, route: CfnResource): RouteTarget | undefined {
  const nat = network.idAt(route, 'NatGatewayId');
  if (nat !== undefined) {
    const { ConnectivityType: type = 'public' } = nat.resource === undefined ? {} : network.propertiesOf(nat.resource);
    return { kind: type === 'public' ? 'NAT_GATEWAY' : 'OTHER', id: nat.label };
  }
  const gateway = network.idAt(route, 'GatewayId');
  if (gateway === undefined) {
    return { kind: 'OTHER', id: '' };
  }
  const { kind, key, label, resource } = gateway;
  if (resource?.cfnResourceType === 'AWS::EC2::InternetGateway' || (kind === 'LITERAL' && key.startsWith('igw-'))) {
    return { kind: 'INTERNET_GATEWAY', id: label };
  }
  return kind === 'EXPRESSION' ? undefined : { kind: 'OTHER', id: label };
}
