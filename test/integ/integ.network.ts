/**
 * A PostgreSQL in a VPC without a way out but endpoints, and connections in it, good and broken. `GlueVerifyCreation`
 * creates one with a wrong password that Glue is asked to check.
 */
import { IntegTest } from '@aws-cdk/integ-tests-alpha';
import { App, CfnOutput } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as glue from 'aws-cdk-lib/aws-glue';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { jdbcUrl, store } from './store';
import { VerifyStack } from './verify-stack';

const app = new App();

const network = new VerifyStack(app, 'GlueVerifyNetwork');
const vpc = new ec2.Vpc(network, 'Vpc', {
  maxAzs: 2,
  natGateways: 0,
  restrictDefaultSecurityGroup: false,
  subnetConfiguration: [
    { name: 'Store', subnetType: ec2.SubnetType.PRIVATE_ISOLATED, cidrMask: 26 },
    { name: 'Bare', subnetType: ec2.SubnetType.PRIVATE_ISOLATED, cidrMask: 26 },
  ],
});
const vpcSubnets = { subnetGroupName: 'Store' };
// The subnets called Bare have no route to S3.
vpc.addGatewayEndpoint('S3', { service: ec2.GatewayVpcEndpointAwsService.S3, subnets: [vpcSubnets] });
const [subnet] = vpc.selectSubnets(vpcSubnets).subnets as [ec2.ISubnet];
const [bare] = vpc.selectSubnets({ subnetGroupName: 'Bare' }).subnets as [ec2.ISubnet];
vpc.addInterfaceEndpoint('SecretsManager', {
  service: ec2.InterfaceVpcEndpointAwsService.SECRETS_MANAGER,
  subnets: { subnets: [subnet] },
});
const group = new ec2.SecurityGroup(network, 'Connections', { vpc });
group.addIngressRule(group, ec2.Port.allTcp());
const withoutSelfReference = new ec2.SecurityGroup(network, 'WithoutSelfReference', { vpc });
const stranger = new ec2.SecurityGroup(network, 'Stranger', { vpc });
stranger.addIngressRule(stranger, ec2.Port.allTcp());
const database = store(network, { vpc, vpcSubnets, publiclyAccessible: false });
database.connections.allowDefaultPortFrom(group);
database.connections.allowDefaultPortFrom(withoutSelfReference);
const secret = database.secret!;
const wrong = new secretsmanager.Secret(network, 'OtherPassword', {
  generateSecretString: { secretStringTemplate: '{"username":"orders"}', generateStringKey: 'password' },
});
new CfnOutput(network, 'SecretArn', { value: secret.secretArn });

const inVpc = new VerifyStack(app, 'GlueVerifyInVpc');

interface Options {
  readonly url?: string;
  readonly secretId?: string;
  readonly tls?: boolean;
  readonly subnet?: ec2.ISubnet;
  readonly group?: ec2.SecurityGroup;
  readonly zone?: string;
}

function place(options: Options): glue.CfnConnection.PhysicalConnectionRequirementsProperty {
  const within = options.subnet ?? subnet;
  return {
    subnetId: within.subnetId,
    availabilityZone: options.zone ?? within.availabilityZone,
    securityGroupIdList: [(options.group ?? group).securityGroupId],
  };
}

function jdbc(options: Options): Omit<glue.CfnConnection.ConnectionInputProperty, 'validateCredentials'> {
  return {
    connectionType: 'JDBC',
    connectionProperties: {
      JDBC_CONNECTION_URL: options.url ?? jdbcUrl(database),
      JDBC_ENFORCE_SSL: String(options.tls ?? true),
      SECRET_ID: options.secretId ?? secret.secretArn,
    },
    physicalConnectionRequirements: place(options),
  };
}

const JDBC: Readonly<Record<string, Options>> = {
  Classic: {},
  WrongPassword: { secretId: wrong.secretArn },
  WrongDatabase: { url: jdbcUrl(database, 'nothing') },
  WithoutTls: { tls: false },
  NoSelfReference: { group: withoutSelfReference },
  NoRouteToS3: { subnet: bare },
  StoreClosed: { group: stranger },
  UnknownHost: { url: 'jdbc:postgresql://db.invalid:5432/orders' },
  WrongZone: { zone: vpc.selectSubnets(vpcSubnets).availabilityZones[1] },
};
Object.entries(JDBC).forEach(([id, options]) => inVpc.reportConnection(id, inVpc.connection(id, jdbc(options))));

inVpc.reportConnection(
  'Unified',
  inVpc.connection('Unified', {
    connectionType: 'POSTGRESQL',
    connectionProperties: {
      HOST: database.dbInstanceEndpointAddress,
      PORT: database.dbInstanceEndpointPort,
      DATABASE: 'orders',
    },
    authenticationConfiguration: { authenticationType: 'BASIC', secretArn: secret.secretArn },
    physicalConnectionRequirements: place({}),
  }),
);
inVpc.reportConnection(
  'Network',
  inVpc.connection('Network', {
    connectionType: 'NETWORK',
    connectionProperties: {},
    physicalConnectionRequirements: place({}),
  }),
);

const creation = new VerifyStack(app, 'GlueVerifyCreation');
new glue.CfnConnection(creation, 'Checked', {
  catalogId: creation.account,
  connectionInput: { ...jdbc({ secretId: wrong.secretArn }), validateCredentials: true },
});

new IntegTest(app, 'Network', { testCases: [network, inVpc, creation] });
