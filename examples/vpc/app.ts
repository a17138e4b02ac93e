/**
 * An Aurora cluster in a VPC, a Glue connection to it, and a job that is deployed only once the connection works.
 *
 * In a project that has the packages cdk-glue-connection-test and tsx:
 *
 *   npx cdk deploy --app 'npx tsx app.ts'
 *
 * local-cloud has no Aurora. There, add the address of its PostgreSQL: -c jdbcUrl=jdbc:postgresql://127.0.0.1:PORT/orders
 */
import { App, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as glue from 'aws-cdk-lib/aws-glue';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { ConnectionTests } from 'cdk-glue-connection-test';
import type { Construct } from 'constructs';

class OrdersStack extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const role = new iam.Role(this, 'JobRole', { assumedBy: new iam.ServicePrincipal('glue.amazonaws.com') });
    const scripts = s3.Bucket.fromBucketName(this, 'Scripts', 'example-bucket');

    const vpc = new ec2.Vpc(this, 'Vpc', { maxAzs: 2 });
    const database = new rds.DatabaseCluster(this, 'Database', {
      engine: rds.DatabaseClusterEngine.auroraPostgres({ version: rds.AuroraPostgresEngineVersion.VER_17_9 }),
      writer: rds.ClusterInstance.serverlessV2('Writer'),
      defaultDatabaseName: 'orders',
      vpc,
    });

    const glueGroup = new ec2.SecurityGroup(this, 'GlueGroup', { vpc });
    glueGroup.addIngressRule(glueGroup, ec2.Port.allTcp()); // Glue requires this
    database.connections.allowDefaultPortFrom(glueGroup);

    const orders = new glue.Connection(this, 'Orders', {
      type: glue.ConnectionType.JDBC,
      properties: { JDBC_CONNECTION_URL: `jdbc:postgresql://${database.clusterEndpoint.socketAddress}/orders` },
      secret: database.secret,
      network: glue.ConnectionNetwork.vpc(vpc),
      securityGroups: [glueGroup],
    });
    new glue.PySparkEtlJob(this, 'NightlyJob', {
      role,
      script: glue.Code.fromBucket(scripts, 'nightly.py'),
      connections: [orders],
    });

    ConnectionTests.applyTo(this); // one test for each connection in this stack

    const jdbcUrl: unknown = this.node.tryGetContext('jdbcUrl');
    if (typeof jdbcUrl === 'string') {
      const connection = orders.node.defaultChild as glue.CfnConnection;
      connection.addPropertyOverride('ConnectionInput.ConnectionProperties', {
        JDBC_CONNECTION_URL: jdbcUrl,
        SECRET_ID: 'orders/database',
      });
    }
  }
}

const app = new App();
new OrdersStack(app, 'OrdersInVpc');
app.synth();
