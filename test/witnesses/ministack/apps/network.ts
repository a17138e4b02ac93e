import { App, CfnOutput, CliCredentialsStackSynthesizer, Duration, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as glue from 'aws-cdk-lib/aws-glue';
import * as iam from 'aws-cdk-lib/aws-iam';
import { ConnectionTarget, ConnectionTest, ConnectionTestProvider } from '../../../../lib/index';
import { DataStore } from '../../../cli/apps/data-store';

/**
 * A private subnet with endpoints, and in another stack a connection in it. Left out is what MiniStack does not know: rules that
 * are resources of their own, so that the test adds the group's rule for itself; NAT gateways; and roles of the bootstrap
 * stack, see `two-stacks.ts`.
 */
const app = new App({ defaultStackSynthesizer: new CliCredentialsStackSynthesizer() });

const CIDR = '10.0.0.0/16';
const network = new Stack(app, 'Network');
const vpc = new ec2.Vpc(network, 'Vpc', {
  ipAddresses: ec2.IpAddresses.cidr(CIDR),
  maxAzs: 1,
  natGateways: 0,
  // The CDK's function for it has no SDK of its own, and finds none in MiniStack.
  restrictDefaultSecurityGroup: false,
  subnetConfiguration: [{ name: 'Private', subnetType: ec2.SubnetType.PRIVATE_ISOLATED }],
});
const [subnet] = vpc.isolatedSubnets;
const s3 = vpc.addGatewayEndpoint('S3', { service: ec2.GatewayVpcEndpointAwsService.S3 });
// By itself it would admit the VPC's attribute CidrBlock, which MiniStack does not know.
const secrets = vpc.addInterfaceEndpoint('Secrets', {
  service: ec2.InterfaceVpcEndpointAwsService.SECRETS_MANAGER,
  open: false,
});
secrets.connections.allowDefaultPortFrom(ec2.Peer.ipv4(CIDR));
const group = new ec2.SecurityGroup(network, 'Group', { vpc });

const data = new Stack(app, 'Data');
const test = new ConnectionTest(data, 'Test', {
  target: ConnectionTarget.fromConnection(
    new DataStore(data).connection('Orders', {
      connectionName: 'orders',
      network: glue.ConnectionNetwork.subnet(subnet!),
      securityGroups: [group],
    }),
  ),
  timeout: Duration.seconds(5),
  maxAttempts: 1,
});
// MiniStack asks for these as well; for AWS, what the test has is enough.
ConnectionTestProvider.getOrCreate(data).grantPrincipal.addToPrincipalPolicy(
  new iam.PolicyStatement({ actions: ['sts:AssumeRole', 'glue:GetConnection'], resources: ['*'] }),
);

const ids = {
  VpcId: vpc.vpcId,
  SubnetId: subnet!.subnetId,
  RouteTableId: subnet!.routeTable.routeTableId,
  GroupId: group.securityGroupId,
  S3EndpointId: s3.vpcEndpointId,
};
Object.entries(ids).forEach(([id, value]) => new CfnOutput(network, id, { value }));
new CfnOutput(data, 'Outcome', { value: test.outcome });
