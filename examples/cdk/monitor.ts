/**
 * A CDK app whose connections are tested while it deploys and go on being tested after it: every half hour, and when a
 * secret changes. Who is subscribed to the topic is told when a connection is broken, no longer tested, or works again.
 *
 * In a project that has the packages cdk-glue-connection-test and tsx:
 *
 *   npx cdk deploy --app 'npx tsx monitor.ts' --parameters JdbcUrl=jdbc:postgresql://db.example.com:5432/orders
 */
import { App, CfnParameter, Duration, Stack } from 'aws-cdk-lib';
import * as actions from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as glue from 'aws-cdk-lib/aws-glue';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as sns from 'aws-cdk-lib/aws-sns';
import { ConnectionMonitor, ConnectionTests } from 'cdk-glue-connection-test';

const app = new App();
const stack = new Stack(app, 'MonitoredOrders');

const jdbcUrl = new CfnParameter(stack, 'JdbcUrl', { description: 'Address of the database' });
new glue.Connection(stack, 'Orders', {
  type: glue.ConnectionType.JDBC,
  properties: { JDBC_CONNECTION_URL: jdbcUrl.valueAsString },
  secret: secretsmanager.Secret.fromSecretNameV2(stack, 'Credentials', 'orders/database'),
});
const topic = new sns.Topic(stack, 'ConnectionAlarms', { enforceSSL: true });

ConnectionTests.applyTo(app);

const monitor = ConnectionMonitor.ofAll(app, { schedule: ScheduleExpression.rate(Duration.minutes(30)) });
monitor.addAlarmAction(new actions.SnsAction(topic));
monitor.addOkAction(new actions.SnsAction(topic));

app.synth();
