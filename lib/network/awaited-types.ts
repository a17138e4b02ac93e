/** The types of what a test waits for in its connection's network; the guide lists them. */
export const AWAITED_TYPES = [
  'AWS::EC2::SecurityGroupIngress',
  'AWS::EC2::SecurityGroupEgress',
  'AWS::EC2::SubnetRouteTableAssociation',
  'AWS::EC2::Route',
  'AWS::EC2::VPNGatewayRoutePropagation',
  'AWS::EC2::VPCGatewayAttachment',
  'AWS::EC2::TransitGatewayAttachment',
  'AWS::EC2::TransitGatewayVpcAttachment',
  'AWS::EC2::VPCEndpoint',
  'AWS::EC2::SubnetNetworkAclAssociation',
  'AWS::EC2::NetworkAclEntry',
  'AWS::EC2::VPCDHCPOptionsAssociation',
] as const;

export type AwaitedType = (typeof AWAITED_TYPES)[number];
