import { App, SecretValue, Stack } from 'aws-cdk-lib';
import * as glue from 'aws-cdk-lib/aws-glue';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { ConnectionTests } from '../../../lib/index';

/** A connection in one stack, and in another one the job that uses it. */
const app = new App();
const context = (name: string) => String(app.node.tryGetContext(name));

const data = new Stack(app, 'Data');
const secret = new secretsmanager.Secret(data, 'Secret', {
  secretObjectValue: {
    username: SecretValue.unsafePlainText('orders'),
    password: SecretValue.unsafePlainText(context('password')),
  },
});
const connection = new glue.Connection(data, 'Orders', {
  type: glue.ConnectionType.JDBC,
  properties: { JDBC_CONNECTION_URL: context('jdbcUrl') },
  secret,
});

new glue.CfnJob(new Stack(app, 'Jobs'), 'Nightly', {
  role: 'arn:aws:iam::111122223333:role/nightly',
  command: { name: 'glueetl', scriptLocation: 's3://example-bucket/nightly.py' },
  connections: { connections: [connection.connectionName] },
});

ConnectionTests.applyTo(app);
