import { CfnParameter, SecretValue, Stack, type StackProps } from 'aws-cdk-lib';
import * as glue from 'aws-cdk-lib/aws-glue';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { ConnectionTarget, ConnectionTest } from '../lib/index';

export interface OrdersStackProps extends StackProps {
  /** Address of the database, such as `jdbc:postgresql://db.example.com:5432/orders`. */
  readonly jdbcUrl: string;
  /** Whether the connection demands TLS. */
  readonly enforceSsl: boolean;
  /** The release that is deployed: with each one the connection is tested again. */
  readonly release: string;
}

/** A database's credentials, the Glue connection that uses them, and a job that is deployed only if it works. */
export class OrdersStack extends Stack {
  constructor(scope: Construct, id: string, props: OrdersStackProps) {
    super(scope, id, props);

    const password = new CfnParameter(this, 'DatabasePassword', {
      noEcho: true,
      description: "Password of the database user 'orders'",
    });
    const secret = new secretsmanager.Secret(this, 'Credentials', {
      secretObjectValue: {
        username: SecretValue.unsafePlainText('orders'),
        password: SecretValue.cfnParameter(password),
      },
    });
    const connection = new glue.Connection(this, 'Orders', {
      type: glue.ConnectionType.JDBC,
      properties: {
        JDBC_CONNECTION_URL: props.jdbcUrl,
        JDBC_ENFORCE_SSL: String(props.enforceSsl),
      },
      secret,
    });

    const test = new ConnectionTest(this, 'OrdersTest', {
      target: ConnectionTarget.fromConnection(connection),
      // CloudFormation can't see that a password has changed, so it is told by the release.
      triggers: { release: props.release },
    });

    const role = new iam.Role(this, 'JobRole', { assumedBy: new iam.ServicePrincipal('glue.amazonaws.com') });
    const job = new glue.CfnJob(this, 'NightlyJob', {
      role: role.roleArn,
      glueVersion: '5.0',
      command: { name: 'glueetl', scriptLocation: 's3://example-bucket/nightly.py', pythonVersion: '3' },
      connections: { connections: [connection.connectionName] },
      defaultArguments: { '--release': props.release },
    });
    test.executeBefore(job);
  }
}
