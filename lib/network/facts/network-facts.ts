import type { CfnResource } from 'aws-cdk-lib';
import type {
  ConnectionFacts,
  NatGatewayFacts,
  NetworkFacts,
  RouteTableFacts,
  SubnetFacts,
  VpcFacts,
} from '../../../lambda/network/rules/facts';
import { isIntrinsic } from '../../cdk/resolvers';
import type { AppNetwork } from '../app-network';
import { endpointsFacts } from './endpoint-facts';
import { FactsReader } from './facts-reader';
import { idOf, idsOf, type Id, type Ids } from '../ids';
import type { ImportedSubnets } from '../imported-subnets';
import { networkAclFacts } from './network-acl-facts';
import { routeTableFacts } from './route-facts';
import { groupsFacts } from './security-group-facts';
import { groupsOfStoreItself, storeFacts, storeOf } from './store-facts';

type Properties = Readonly<Record<string, unknown>>;

/** What an app says of the network of one of its connections; undefined where the connection has none. */
export function networkFacts(
  network: AppNetwork,
  imported: ImportedSubnets,
  connection: CfnResource,
): NetworkFacts | undefined {
  const input = known(network.propertiesOf(connection).ConnectionInput);
  const requirements = known(input.PhysicalConnectionRequirements);
  const { SubnetId, SecurityGroupIdList, AvailabilityZone } = requirements;
  const subnet = idOf(network.references, connection, SubnetId);
  if (subnet === undefined) {
    return undefined;
  }
  const groups = idsOf(network.references, connection, SecurityGroupIdList);
  const properties = known(input.ConnectionProperties);
  const store = storeOf(new FactsReader(network, connection, []), properties);
  const theirs = groupsOfStoreItself(new FactsReader(network, connection, []), store);
  const reader = new FactsReader(network, connection, [...groups.items, ...(theirs?.items ?? [])]);
  const vpc = vpcOf(network, imported, subnet, groups);
  const table = tableOf(reader, imported, subnet);
  const routeTable = table && routeTableFacts(reader, table, vpc);
  return {
    connection: connectionFacts(input, properties, AvailabilityZone),
    subnet: subnetFacts(reader, subnet, vpc),
    vpc: vpc && vpcFacts(reader, vpc),
    // Without any, it has the default group of the VPC, whose rules are not known.
    securityGroups: SecurityGroupIdList === undefined ? undefined : groupsFacts(reader, groups, vpc),
    routeTable,
    natGateways: natGatewaysOf(routeTable),
    endpoints: vpc && endpointsFacts(reader, vpc, table),
    networkAcl: networkAclFacts(reader, subnet),
    store: storeFacts(reader, store, theirs, vpc),
  };
}

/** The members of an object that is there; none of what is only known at deployment. */
function known(value: unknown): Properties {
  return typeof value === 'object' && value !== null && !isIntrinsic(value) ? (value as Properties) : {};
}

function vpcOf(network: AppNetwork, imported: ImportedSubnets, subnet: Id, groups: Ids): Id | undefined {
  const { resource } = subnet;
  const own = resource === undefined ? imported.find(subnet).vpc : network.idAt(resource, 'VpcId');
  const [group] = groups.items;
  // A subnet of which only the id is known is in the VPC of its groups, or nothing works.
  return own ?? (group?.resource === undefined ? undefined : network.idAt(group.resource, 'VpcId'));
}

function tableOf(reader: FactsReader, imported: ImportedSubnets, subnet: Id): Id | undefined {
  const { network } = reader;
  const association = reader.only(network.naming('AWS::EC2::SubnetRouteTableAssociation', 'SubnetId', subnet));
  return association === undefined ? imported.find(subnet).routeTable : network.idAt(association, 'RouteTableId');
}

function connectionFacts(input: Properties, properties: Properties, zone: unknown): ConnectionFacts {
  const { SecretArn, KmsKeyArn } = known(input.AuthenticationConfiguration);
  const { SECRET_ID, ROLE_ARN } = properties;
  return {
    availabilityZone: zoneOf(zone),
    uses: {
      secretsManager: isGiven(SECRET_ID) || isGiven(SecretArn) ? true : undefined,
      kms: isGiven(KmsKeyArn) ? true : undefined,
      sts: isGiven(ROLE_ARN) ? true : undefined,
    },
  };
}

/** An expression may be for nothing at all. */
function isGiven(value: unknown): boolean {
  return value !== undefined && !JSON.stringify(value).includes('"Fn::If"');
}

/** The name of an Availability Zone, not its id. What the CDK puts there until it has looked it up looks otherwise. */
function zoneOf(value: unknown): string | undefined {
  return typeof value === 'string' && /-\d[a-z]$/.test(value) ? value : undefined;
}

function subnetFacts(reader: FactsReader, { label: id, resource }: Id, vpc: Id | undefined): SubnetFacts {
  if (resource === undefined) {
    return { id, vpcId: vpc?.label };
  }
  const { AvailabilityZone, CidrBlock, Ipv6CidrBlock, Ipv6CidrBlocks } = reader.network.propertiesOf(resource);
  const cidrs = [CidrBlock, Ipv6CidrBlock ?? Ipv6CidrBlocks]
    .filter((value) => value !== undefined)
    .map((value) => reader.cidr({ resource, value }) ?? 'known at deployment');
  return {
    id,
    vpcId: vpc?.label,
    availabilityZone: zoneOf(AvailabilityZone),
    cidrs: cidrs.length === 0 ? undefined : cidrs,
  };
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-vpc.html */
function vpcFacts(reader: FactsReader, { label: id, resource }: Id): VpcFacts {
  return resource?.cfnResourceType !== 'AWS::EC2::VPC'
    ? { id }
    : {
        id,
        hasDnsSupport: reader.isOn(resource, 'EnableDnsSupport', true),
        hasDnsHostnames: reader.isOn(resource, 'EnableDnsHostnames', false),
      };
}

/** Before they are deployed, nothing is known of their states. */
function natGatewaysOf(table: RouteTableFacts | undefined): NatGatewayFacts[] {
  return (table?.routes.items ?? []).flatMap(({ target }) =>
    target?.kind === 'NAT_GATEWAY' ? [{ id: target.id }] : [],
  );
}
