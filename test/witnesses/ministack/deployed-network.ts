import {
  AuthorizeSecurityGroupIngressCommand,
  CreateNatGatewayCommand,
  CreateNetworkInterfaceCommand,
  CreateRouteCommand,
  CreateSecurityGroupCommand,
  DeleteNatGatewayCommand,
  DeleteVpcEndpointsCommand,
  RevokeSecurityGroupIngressCommand,
  type EC2Client,
  type IpPermission,
} from '@aws-sdk/client-ec2';

/** The outputs of the stack `Network` of `apps/network.ts`. */
export interface NetworkIds {
  readonly VpcId: string;
  readonly SubnetId: string;
  readonly RouteTableId: string;
  readonly GroupId: string;
  readonly S3EndpointId: string;
}

/** A network that was deployed. What MiniStack's CloudFormation lacks is added by EC2's API, and so is what breaks it. */
export class DeployedNetwork {
  /** With a data store in the subnet, which admits the connection's group. */
  static async withStore(ec2: EC2Client, ids: NetworkIds): Promise<DeployedNetwork> {
    const group = { GroupName: 'store', Description: 'store', VpcId: ids.VpcId };
    const { GroupId: storeGroupId = '' } = await ec2.send(new CreateSecurityGroupCommand(group));
    const { NetworkInterface: { NetworkInterfaceId = '', PrivateIpAddress = '' } = {} } = await ec2.send(
      new CreateNetworkInterfaceCommand({ SubnetId: ids.SubnetId, Groups: [storeGroupId] }),
    );
    const network = new DeployedNetwork(ec2, ids, storeGroupId, NetworkInterfaceId, PrivateIpAddress);
    await network.openStore();
    return network;
  }

  private constructor(
    private readonly ec2: EC2Client,
    private readonly ids: NetworkIds,
    readonly storeGroupId: string,
    readonly storeInterfaceId: string,
    readonly storeAddress: string,
  ) {}

  async addSelfReference(): Promise<void> {
    const IpPermissions = this.fromConnection(0, 65_535);
    await this.ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId: this.ids.GroupId, IpPermissions }));
  }

  async openStore(): Promise<void> {
    const IpPermissions = this.fromConnection(5432, 5432);
    await this.ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId: this.storeGroupId, IpPermissions }));
  }

  async closeStore(): Promise<void> {
    const IpPermissions = this.fromConnection(5432, 5432);
    await this.ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId: this.storeGroupId, IpPermissions }));
  }

  async deleteS3Endpoint(): Promise<void> {
    await this.ec2.send(new DeleteVpcEndpointsCommand({ VpcEndpointIds: [this.ids.S3EndpointId] }));
  }

  /** A NAT gateway with a route to it, which stays when the gateway is deleted. @returns its id */
  async routeToDeletedNatGateway(): Promise<string> {
    const { SubnetId, RouteTableId } = this.ids;
    const { NatGateway: { NatGatewayId = '' } = {} } = await this.ec2.send(new CreateNatGatewayCommand({ SubnetId }));
    const route = { RouteTableId, DestinationCidrBlock: '0.0.0.0/0', NatGatewayId };
    await this.ec2.send(new CreateRouteCommand(route));
    await this.ec2.send(new DeleteNatGatewayCommand({ NatGatewayId }));
    return NatGatewayId;
  }

  private fromConnection(FromPort: number, ToPort: number): IpPermission[] {
    return [{ IpProtocol: 'tcp', FromPort, ToPort, UserIdGroupPairs: [{ GroupId: this.ids.GroupId }] }];
  }
}
