import { App, SecretValue, Stack } from 'aws-cdk-lib';
import * as glue from 'aws-cdk-lib/aws-glue';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { ConnectionTests } from '../../../lib/index';

/** Forty connections with one secret; the database of the last one does not exist if `broken` is set. */
const app = new App();
const context = (name: string) => String(app.node.tryGetContext(name));

const stack = new Stack(app, 'Estate');
const secret = new secretsmanager.Secret(stack, 'Secret', {
  secretObjectValue: {
    username: SecretValue.unsafePlainText('orders'),
    password: SecretValue.unsafePlainText(context('password')),
  },
});
for (let index = 1; index <= 40; index += 1) {
  const isBroken = index === 40 && context('broken') === 'true';
  new glue.Connection(stack, `Connection${index}`, {
    type: glue.ConnectionType.JDBC,
    properties: { JDBC_CONNECTION_URL: context('jdbcUrl') + (isBroken ? '-of-old' : '') },
    secret,
  });
}
ConnectionTests.applyTo(app);
