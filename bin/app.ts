import { App, Stack } from 'aws-cdk-lib';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { ConnectionTarget, ConnectionTest } from '../lib/index';
import { OrdersStack } from './orders-stack';

/**
 * The app that `cdk.json` names.
 *
 * `cdk deploy -c connectionName=orders` tests an existing connection. Add `-c secretName=…` for its secret, and
 * `-c inVpc=true` if it is in a VPC. Without a name, the app is a small stack of its own:
 * `cdk deploy -c jdbcUrl=jdbc:postgresql://HOST:PORT/orders --parameters DatabasePassword=…`.
 */
const app = new App();
const context = (name: string): string | undefined => app.node.tryGetContext(name) as string | undefined;

/** `true` or `false`; undefined if not given. */
function flag(name: string): boolean | undefined {
  const value = context(name);
  if (value !== undefined && value !== 'true' && value !== 'false') {
    throw new Error(`'${name}' must be true or false, got: ${value}`);
  }
  return value === undefined ? undefined : value === 'true';
}

const [connectionName, secretName] = [context('connectionName'), context('secretName')];
if (connectionName === undefined) {
  new OrdersStack(app, 'Orders', {
    jdbcUrl: context('jdbcUrl') ?? 'jdbc:postgresql://localhost:5432/orders',
    enforceSsl: false,
    release: context('release') ?? '1',
  });
} else {
  const stack = new Stack(app, 'GlueConnectionTest');
  new ConnectionTest(stack, 'Test', {
    target: ConnectionTarget.fromName(connectionName, { inVpc: flag('inVpc') }),
    secret: secretName === undefined ? undefined : secretsmanager.Secret.fromSecretNameV2(stack, 'Secret', secretName),
  });
}
