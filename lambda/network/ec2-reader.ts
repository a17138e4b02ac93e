import {
  DescribeNatGatewaysCommand,
  DescribeNetworkAclsCommand,
  DescribeNetworkInterfacesCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVpcAttributeCommand,
  DescribeVpcEndpointsCommand,
  type EC2Client,
  type NetworkInterface,
  type RouteTable,
  type SecurityGroup,
  type Subnet,
  type VpcAttributeName,
} from '@aws-sdk/client-ec2';
import { endpointFacts, networkAclFacts, routeTableFacts } from './from-ec2';
import type { EndpointFacts, Listing, NatGatewayFacts, NetworkAclFacts, RouteTableFacts } from './rules/facts';

/** Whatever can't be read in time is undefined. */
type Reading<T> = Promise<T | undefined>;

/**
 * Asks EC2, by filters throughout: what they don't find is left out of the answer, where an id would be an error. An answer
 * without its list is no answer.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Operations.html
 */
export class Ec2Reader {
  /** @param within gives a call its time, and makes undefined of whatever fails */
  constructor(
    private readonly client: Pick<EC2Client, 'send'>,
    private readonly within: <T>(call: (abortSignal: AbortSignal) => Promise<T>) => Reading<T>,
  ) {}

  async subnets(id: string): Reading<Subnet[]> {
    const answer = this.within((abortSignal) =>
      this.client.send(new DescribeSubnetsCommand({ Filters: filters({ 'subnet-id': [id] }) }), { abortSignal }),
    );
    return (await answer)?.Subnets;
  }

  async securityGroups(ids: readonly string[]): Reading<SecurityGroup[]> {
    if (ids.length === 0) {
      return [];
    }
    const answer = await this.within((abortSignal) =>
      this.client.send(new DescribeSecurityGroupsCommand({ Filters: filters({ 'group-id': ids }) }), { abortSignal }),
    );
    return answer?.NextToken === undefined ? answer?.SecurityGroups : undefined;
  }

  async networkAcl(subnetId: string): Reading<NetworkAclFacts> {
    const Filters = filters({ 'association.subnet-id': [subnetId] });
    const answer = await this.within((abortSignal) =>
      this.client.send(new DescribeNetworkAclsCommand({ Filters }), { abortSignal }),
    );
    const [acl] = answer?.NetworkAcls ?? [];
    return acl && networkAclFacts(acl);
  }

  /** Of a subnet: its own, or else the VPC's main one. */
  async routeTable(subnetId: string, vpcId: string): Reading<RouteTableFacts> {
    const answer = await this.within((abortSignal) =>
      this.client.send(new DescribeRouteTablesCommand({ Filters: ofVpc(vpcId) }), { abortSignal }),
    );
    const tables = answer?.RouteTables ?? [];
    const has = (is: (association: NonNullable<RouteTable['Associations']>[number]) => boolean) =>
      tables.find(({ Associations = [] }) => Associations.some(is));
    const own = has((association) => association.SubnetId === subnetId);
    const main = answer?.NextToken === undefined ? has(({ Main }) => Main === true) : undefined;
    const table = own ?? main;
    return table && routeTableFacts(table);
  }

  async endpoints(vpcId: string, region: string | undefined): Reading<Listing<EndpointFacts>> {
    const answer = await this.within((abortSignal) =>
      this.client.send(new DescribeVpcEndpointsCommand({ Filters: ofVpc(vpcId) }), { abortSignal }),
    );
    const items = answer?.VpcEndpoints?.flatMap((endpoint) => endpointFacts(endpoint, region));
    return items && { items, isComplete: answer?.NextToken === undefined };
  }

  async natGateways(vpcId: string): Reading<NatGatewayFacts[]> {
    const answer = await this.within((abortSignal) =>
      this.client.send(new DescribeNatGatewaysCommand({ Filter: ofVpc(vpcId) }), { abortSignal }),
    );
    return answer?.NatGateways?.map(({ NatGatewayId: id = '', State: state }) => ({ id, state }));
  }

  async vpcAttribute(VpcId: string, Attribute: VpcAttributeName): Reading<boolean> {
    const answer = await this.within((abortSignal) =>
      this.client.send(new DescribeVpcAttributeCommand({ VpcId, Attribute }), { abortSignal }),
    );
    return (Attribute === 'enableDnsSupport' ? answer?.EnableDnsSupport : answer?.EnableDnsHostnames)?.Value;
  }

  /** Those of a VPC with one of these addresses, by the filter that finds them. */
  async networkInterfaces(vpcId: string, filter: string, addresses: readonly string[]): Reading<NetworkInterface[]> {
    const Filters = filters({ 'vpc-id': [vpcId], [filter]: addresses });
    const answer = await this.within((abortSignal) =>
      this.client.send(new DescribeNetworkInterfacesCommand({ Filters }), { abortSignal }),
    );
    return answer?.NextToken === undefined ? answer?.NetworkInterfaces : undefined;
  }
}

function ofVpc(vpcId: string) {
  return filters({ 'vpc-id': [vpcId] });
}

function filters(values: Readonly<Record<string, readonly string[]>>) {
  return Object.entries(values).map(([Name, Values]) => ({ Name, Values: [...Values] }));
}
