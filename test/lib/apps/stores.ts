import { App, CfnParameter, CfnResource, custom_resources as cr, Fn, NestedStack, Stack } from 'aws-cdk-lib';
import * as docdb from 'aws-cdk-lib/aws-docdb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as glue from 'aws-cdk-lib/aws-glue';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as redshiftserverless from 'aws-cdk-lib/aws-redshiftserverless';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { ConnectionTests } from '../../../lib/index';

/** Builds stores and their connections in a stack, or below it; the app has tests applied to it. */
export function buildStores(build: (stack: Stack) => void): App {
  const app = new App({ analyticsReporting: false, context: { 'aws:cdk:enable-asset-metadata': true } });
  build(new Stack(app, 'Stores'));
  ConnectionTests.applyTo(app);
  return app;
}

/** As most apps have it: a writer and a reader, with a secret that the cluster makes. */
export function createAurora(stack: Stack): { vpc: ec2.Vpc; cluster: rds.DatabaseCluster } {
  const vpc = new ec2.Vpc(stack, 'Vpc', { maxAzs: 2 });
  const cluster = new rds.DatabaseCluster(stack, 'Aurora', {
    engine: rds.DatabaseClusterEngine.auroraPostgres({ version: rds.AuroraPostgresEngineVersion.VER_17_9 }),
    writer: rds.ClusterInstance.serverlessV2('Writer'),
    readers: [rds.ClusterInstance.serverlessV2('Reader', { scaleWithWriter: true })],
    vpc,
  });
  return { vpc, cluster };
}

export function createConnection(scope: Construct, host: string, secret?: secretsmanager.ISecret): glue.Connection {
  return new glue.Connection(scope, 'Orders', {
    type: glue.ConnectionType.JDBC,
    properties: { JDBC_CONNECTION_URL: `jdbc:postgresql://${host}:5432/orders` },
    secret,
  });
}

export const STORES: Readonly<Record<string, (stack: Stack) => void>> = {
  'by the endpoint of an Aurora cluster': (stack) => {
    createConnection(stack, createAurora(stack).cluster.clusterEndpoint.hostname);
  },
  'by the secret of an Aurora cluster alone': (stack) => {
    createConnection(stack, 'db.example.com', createAurora(stack).cluster.secret);
  },
  'by the endpoint of a proxy of an Aurora cluster': (stack) => {
    const { vpc, cluster } = createAurora(stack);
    const { endpoint } = cluster.addProxy('Proxy', { vpc, secrets: [cluster.secret!] });
    createConnection(stack, endpoint);
  },
  'by an endpoint of its own of a proxy': (stack) => {
    const { vpc, cluster } = createAurora(stack);
    const proxy = cluster.addProxy('Proxy', { vpc, secrets: [cluster.secret!] });
    const endpoint = new rds.CfnDBProxyEndpoint(stack, 'ReadOnly', {
      dbProxyEndpointName: 'read-only',
      dbProxyName: proxy.dbProxyName,
      vpcSubnetIds: vpc.privateSubnets.map(({ subnetId }) => subnetId),
    });
    createConnection(stack, endpoint.attrEndpoint);
  },
  'by the endpoint of an Aurora cluster whose identifier is a literal': (stack) => {
    const cluster = new rds.CfnDBCluster(stack, 'Cluster', { engine: 'aurora-mysql', dbClusterIdentifier: 'orders' });
    new rds.CfnDBInstance(stack, 'Instance', { engine: 'aurora-mysql', dbClusterIdentifier: 'orders' });
    createConnection(stack, cluster.attrEndpointAddress);
  },
  'from a nested stack, by a parameter': (stack) => {
    const { cluster } = createAurora(stack);
    const parameters = { Host: cluster.clusterEndpoint.hostname };
    const nested = new NestedStack(stack, 'Nested', { parameters });
    createConnection(nested, new CfnParameter(nested, 'Host').valueAsString);
  },
  'of a template by hand': (stack) => {
    const create = (id: string, type: string, properties: object) => new CfnResource(stack, id, { type, properties });
    create('Cluster', 'AWS::RDS::DBCluster', { Engine: 'aurora-mysql' });
    create('Instance', 'AWS::RDS::DBInstance', { Engine: 'aurora-mysql', DBClusterIdentifier: { Ref: 'Cluster' } });
    createConnection(stack, Fn.sub('${Cluster.Endpoint.Address}'));
  },
  'whose instances are in a third stack': (stack) => {
    const cluster = new rds.CfnDBCluster(new Stack(stack.node.root, 'Cluster'), 'Cluster', { engine: 'aurora-mysql' });
    new rds.CfnDBInstance(new Stack(stack.node.root, 'Instances'), 'Instance', {
      engine: 'aurora-mysql',
      dbClusterIdentifier: cluster.ref,
    });
    createConnection(stack, cluster.attrEndpointAddress);
  },
  'by the endpoint of a DocumentDB cluster': (stack) => {
    const cluster = new docdb.DatabaseCluster(stack, 'Documents', {
      masterUser: { username: 'orders' },
      instanceType: ec2.InstanceType.of(ec2.InstanceClass.R6G, ec2.InstanceSize.LARGE),
      vpc: new ec2.Vpc(stack, 'Vpc', { maxAzs: 2 }),
    });
    createConnection(stack, cluster.clusterEndpoint.hostname, cluster.secret);
  },
  'by the secret of a namespace of Redshift Serverless': (stack) => {
    const namespace = new redshiftserverless.CfnNamespace(stack, 'Namespace', {
      namespaceName: 'orders',
      manageAdminPassword: true,
    });
    new redshiftserverless.CfnWorkgroup(stack, 'Workgroup', {
      workgroupName: 'orders',
      namespaceName: namespace.namespaceName,
    });
    // CloudFormation doesn't return it: https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/2021
    const call: cr.AwsSdkCall = {
      service: 'redshift-serverless',
      action: 'GetNamespace',
      parameters: { namespaceName: namespace.ref },
      physicalResourceId: cr.PhysicalResourceId.of('orders'),
    };
    const policy = cr.AwsCustomResourcePolicy.fromSdkCalls({ resources: [namespace.attrNamespaceNamespaceArn] });
    const described = new cr.AwsCustomResource(stack, 'Described', { onUpdate: call, policy });
    new glue.CfnConnection(stack, 'Orders', {
      catalogId: stack.account,
      connectionInput: {
        connectionType: 'JDBC',
        connectionProperties: {
          JDBC_CONNECTION_URL: 'jdbc:redshift://orders.example.com:5439/dev',
          SECRET_ID: described.getResponseField('namespace.adminPasswordSecretArn'),
        },
      },
    });
  },
};
