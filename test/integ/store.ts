import { Duration, RemovalPolicy, type Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as rds from 'aws-cdk-lib/aws-rds';

export interface StoreProps {
  readonly vpc: ec2.IVpc;
  readonly vpcSubnets: ec2.SubnetSelection;
  readonly publiclyAccessible: boolean;
}

/** The smallest PostgreSQL of RDS. It keeps nothing: neither a backup nor a snapshot stays when its stack is deleted. */
export function store(stack: Stack, props: StoreProps): rds.DatabaseInstance {
  return new rds.DatabaseInstance(stack, 'Store', {
    ...props,
    engine: rds.DatabaseInstanceEngine.postgres({ version: rds.PostgresEngineVersion.VER_16 }),
    instanceType: ec2.InstanceType.of(ec2.InstanceClass.T4G, ec2.InstanceSize.MICRO),
    databaseName: 'orders',
    credentials: rds.Credentials.fromGeneratedSecret('orders'),
    allocatedStorage: 20,
    storageEncrypted: true,
    multiAz: false,
    backupRetention: Duration.days(0),
    deletionProtection: false,
    removalPolicy: RemovalPolicy.DESTROY,
  });
}

/** Where the database `name` of a store is, for JDBC. */
export function jdbcUrl(instance: rds.DatabaseInstance, name = 'orders'): string {
  return `jdbc:postgresql://${instance.dbInstanceEndpointAddress}:${instance.dbInstanceEndpointPort}/${name}`;
}
