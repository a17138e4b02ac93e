import {
  CreateNetworkInterfaceCommand,
  DescribeNatGatewaysCommand,
  DescribeNetworkAclsCommand,
  DescribeNetworkInterfacesCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVpcEndpointsCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import { AwsStub } from '../../../lambda/aws-stub';
import { healthyNetwork, type Network } from '../../../lambda/network/network';
import type { Cloud } from './clouds';

export interface Ec2Difference {
  /** What AWS documents; the EC2 of our tests does it, and MiniStack's doesn't. */
  readonly documented: string;
  readonly see: string;
  /** What one of both says of a VPC with a private subnet, and endpoints for S3 and Secrets Manager. */
  observe(ec2: EC2Client, vpcId: string): Promise<unknown>;
  readonly ours: unknown;
  readonly ministack: unknown;
}

const API = 'https://docs.aws.amazon.com/AWSEC2/latest/APIReference';

/** Where the two differ in what the function reads of a network. */
export const EC2_DIFFERENCES: readonly Ec2Difference[] = [
  {
    documented: 'EC2 leaves out of an answer what its filters do not match.',
    see: `${API}/API_Filter.html`,
    async observe(ec2) {
      const nothing = (Name: string) => [{ Name, Values: ['none'] }];
      const answers = {
        DescribeNatGateways: ec2.send(new DescribeNatGatewaysCommand({ Filter: nothing('vpc-id') })),
        DescribeNetworkAcls: ec2.send(new DescribeNetworkAclsCommand({ Filters: nothing('association.subnet-id') })),
        DescribeNetworkInterfaces: ec2.send(new DescribeNetworkInterfacesCommand({ Filters: nothing('vpc-id') })),
        DescribeRouteTables: ec2.send(new DescribeRouteTablesCommand({ Filters: nothing('vpc-id') })),
        DescribeSecurityGroups: ec2.send(new DescribeSecurityGroupsCommand({ Filters: nothing('group-id') })),
        DescribeSubnets: ec2.send(new DescribeSubnetsCommand({ Filters: nothing('subnet-id') })),
        DescribeVpcEndpoints: ec2.send(new DescribeVpcEndpointsCommand({ Filters: nothing('vpc-id') })),
      };
      const isAnswered = await Promise.all(
        Object.entries(answers).map(async ([name, answer]) => {
          const lists = Object.values(await answer).filter((value): value is unknown[] => Array.isArray(value));
          return lists.some((list) => list.length > 0) ? [name] : [];
        }),
      );
      return isAnswered.flat();
    },
    ours: [],
    ministack: ['DescribeNetworkAcls', 'DescribeNetworkInterfaces', 'DescribeSecurityGroups', 'DescribeVpcEndpoints'],
  },
  {
    documented: 'An interface endpoint says whether it has private DNS names, and which security groups.',
    see: `${API}/API_VpcEndpoint.html`,
    async observe(ec2, vpcId) {
      const { VpcEndpoints = [] } = await ec2.send(new DescribeVpcEndpointsCommand({ Filters: of(vpcId) }));
      const endpoint = VpcEndpoints.find(({ VpcEndpointType }) => VpcEndpointType === 'Interface');
      return [endpoint?.PrivateDnsEnabled, endpoint?.Groups?.length];
    },
    ours: [true, 1],
    ministack: [undefined, undefined],
  },
  {
    documented: 'A gateway endpoint is a route of its route tables, to a prefix list.',
    see: 'https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html',
    async observe(ec2, vpcId) {
      const { RouteTables = [] } = await ec2.send(new DescribeRouteTablesCommand({ Filters: of(vpcId) }));
      const routes = RouteTables.flatMap(({ Routes = [] }) => Routes);
      return routes.flatMap(({ DestinationPrefixListId, GatewayId = '' }) =>
        DestinationPrefixListId === undefined ? [] : [GatewayId.split('-')[0]],
      );
    },
    ours: ['vpce'],
    ministack: [],
  },
];

function of(vpcId: string) {
  return [{ Name: 'vpc-id', Values: [vpcId] }];
}

/** The EC2 of our tests of the function, with such a VPC. */
export class Ec2 {
  static async start(): Promise<Ec2> {
    return new Ec2(await AwsStub.start(), healthyNetwork());
  }

  readonly client: EC2Client;
  readonly vpcId: string;

  private constructor(
    private readonly stub: AwsStub,
    network: Network,
  ) {
    stub.network = network;
    this.vpcId = network.vpcs[0]!.id;
    this.client = new EC2Client({
      endpoint: stub.url,
      region: 'us-east-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    });
  }

  async stop(): Promise<void> {
    this.client.destroy();
    await this.stub.close();
  }
}

/** Deploys such a VPC in MiniStack. @returns its id */
export async function deployVpc(cloud: Cloud): Promise<string> {
  await cloud.deploy({ Resources: VPC });
  const events = await cloud.events();
  const idOf = (id: string) => events.find((event) => event.LogicalResourceId === id)?.PhysicalResourceId ?? '';
  await cloud.ec2.send(new CreateNetworkInterfaceCommand({ SubnetId: idOf('Subnet') }));
  return idOf('Vpc');
}

const VpcId = { Ref: 'Vpc' };
const VPC = {
  Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
  Subnet: { Type: 'AWS::EC2::Subnet', Properties: { VpcId, CidrBlock: '10.0.1.0/24' } },
  Table: { Type: 'AWS::EC2::RouteTable', Properties: { VpcId } },
  Association: {
    Type: 'AWS::EC2::SubnetRouteTableAssociation',
    Properties: { SubnetId: { Ref: 'Subnet' }, RouteTableId: { Ref: 'Table' } },
  },
  S3: {
    Type: 'AWS::EC2::VPCEndpoint',
    Properties: { VpcId, ServiceName: 'com.amazonaws.us-east-1.s3', RouteTableIds: [{ Ref: 'Table' }] },
  },
  Group: { Type: 'AWS::EC2::SecurityGroup', Properties: { VpcId, GroupDescription: 'endpoint' } },
  Secrets: {
    Type: 'AWS::EC2::VPCEndpoint',
    Properties: {
      VpcId,
      VpcEndpointType: 'Interface',
      ServiceName: 'com.amazonaws.us-east-1.secretsmanager',
      PrivateDnsEnabled: true,
      SecurityGroupIds: [{ 'Fn::GetAtt': ['Group', 'GroupId'] }],
      SubnetIds: [{ Ref: 'Subnet' }],
    },
  },
};
