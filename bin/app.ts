import { App, Stack } from 'aws-cdk-lib';
import { ConnectionTarget, ConnectionTest } from '../lib/index';
import { OrdersStack } from './orders-stack';

/**
 * The app that `cdk.json` names.
 *
 * `cdk deploy -c connectionName=orders` tests a connection that exists; without it, the app deploys a small stack of
 * its own: `cdk deploy -c jdbcUrl=jdbc:postgresql://HOST:PORT/orders --parameters DatabasePassword=…`.
 */
const app = new App();
const context = (name: string): string | undefined => app.node.tryGetContext(name) as string | undefined;

const connectionName = context('connectionName');
if (connectionName === undefined) {
  new OrdersStack(app, 'Orders', {
    jdbcUrl: context('jdbcUrl') ?? 'jdbc:postgresql://localhost:5432/orders',
    enforceSsl: context('enforceSsl') === 'true',
    release: context('release') ?? '1',
  });
} else {
  const stack = new Stack(app, 'GlueConnectionTest');
  new ConnectionTest(stack, 'Test', {
    target: ConnectionTarget.fromName(connectionName, {
      catalogId: context('catalogId'),
      inVpc: context('inVpc') === 'true',
    }),
  });
}
