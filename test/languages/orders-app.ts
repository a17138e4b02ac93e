import { App, Stack } from 'aws-cdk-lib';
import * as glue from 'aws-cdk-lib/aws-glue';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { ConnectionTarget, ConnectionTest } from '../../lib/index';

export const STACK_NAME = 'OrdersQuickStart';
export const SECRET_NAME = 'orders/database';
export const JDBC_URL = 'jdbc:postgresql://db.example.com:5432/orders';

/** The app that each folder beside this file has in its language. */
export function createOrdersApp(outdir: string): App {
  const app = new App({ outdir, analyticsReporting: false });
  const stack = new Stack(app, STACK_NAME);

  const orders = new glue.Connection(stack, 'Orders', {
    type: glue.ConnectionType.JDBC,
    properties: { JDBC_CONNECTION_URL: JDBC_URL },
    secret: secretsmanager.Secret.fromSecretNameV2(stack, 'Credentials', SECRET_NAME),
  });
  new glue.CfnJob(stack, 'OrdersJob', {
    role: 'GlueJobs',
    command: { name: 'glueetl', scriptLocation: 's3://example-bucket/orders.py' },
    connections: { connections: [orders.connectionName] },
  });
  const nightlyReport = new glue.CfnWorkflow(stack, 'NightlyReport');

  const test = new ConnectionTest(stack, 'OrdersTest', { target: ConnectionTarget.fromConnection(orders) });
  test.gateDependents();
  test.executeBefore(nightlyReport);
  return app;
}
