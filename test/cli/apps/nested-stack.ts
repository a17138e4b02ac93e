import { App, NestedStack, SecretValue, Stack } from 'aws-cdk-lib';
import * as glue from 'aws-cdk-lib/aws-glue';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { ConnectionTarget, ConnectionTest } from '../../../lib/index';

/** A protected stack with tags, and a connection with its test in a stack within it. */
const app = new App();
const context = (name: string) => String(app.node.tryGetContext(name));

const outer = new Stack(app, 'Outer', {
  terminationProtection: context('protected') === 'true',
  tags: { team: 'data' },
});
const nested = new NestedStack(outer, 'Nested');
const secret = new secretsmanager.Secret(nested, 'Secret', {
  secretObjectValue: {
    username: SecretValue.unsafePlainText('orders'),
    password: SecretValue.unsafePlainText(context('password')),
  },
});
const connection = new glue.Connection(nested, 'Orders', {
  type: glue.ConnectionType.JDBC,
  properties: { JDBC_CONNECTION_URL: context('jdbcUrl') },
  secret,
});
new ConnectionTest(nested, 'Test', {
  target: ConnectionTarget.fromConnection(connection),
  triggers: { password: context('password') === 'wrong' ? '2' : '1' },
});
