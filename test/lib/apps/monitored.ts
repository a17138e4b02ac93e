import {
  App,
  CfnCondition,
  CfnParameter,
  Duration,
  Fn,
  NestedStack,
  Stack,
  Stage,
  type CfnResource,
} from 'aws-cdk-lib';
import * as actions from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as glue from 'aws-cdk-lib/aws-glue';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as sns from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import {
  ConnectionMonitor,
  ConnectionTarget,
  ConnectionTest,
  ConnectionTestProvider,
  ConnectionTests,
} from '../../../lib/index';

/** Monitors in every form: of one stack and of several, with an alarm for each connection and with one for all. */
export function buildMonitored(): App {
  const app = new App({ analyticsReporting: false, context: { 'aws:cdk:enable-asset-metadata': true } });

  const sources = new Stack(app, 'Sources');
  const secrets = Array.from({ length: 12 }, (_, index) => new secretsmanager.Secret(sources, `Secret${index}`));
  const tests = secrets.map((secret, index) => createTest(sources, `Source${index}`, secret));
  const replica = createTest(sources, 'Replica', secretsmanager.Secret.fromSecretNameV2(sources, 'ByName', 'replica'));
  const withReplica = new CfnCondition(sources, 'WithReplica', {
    expression: Fn.conditionEquals(new CfnParameter(sources, 'Replicas', { default: 'no' }).valueAsString, 'yes'),
  });
  (sources.node.findChild('Replica').node.defaultChild as CfnResource).cfnOptions.condition = withReplica;
  new ConnectionMonitor(sources, 'Monitor', { tests: [...tests, replica] });
  const nested = new NestedStack(sources, 'Nested');

  const network = new Stack(app, 'Network');
  const provider = ConnectionTestProvider.getOrCreate(network, { vpc: new ec2.Vpc(network, 'Vpc'), maxConcurrency: 3 });
  const inVpc = ['orders', 'stock'].map(
    (name) =>
      new ConnectionTest(network, name, {
        target: ConnectionTarget.fromName(name, { inVpc: true, hasSecret: false }),
        provider,
      }),
  );
  new ConnectionMonitor(network, 'Monitor', { tests: inVpc, metrics: false });

  // One monitor for several stacks.
  const monitoring = new Stack(app, 'Monitoring');
  const monitor = new ConnectionMonitor(monitoring, 'Monitor', {
    tests: [...tests, ...inVpc, createTest(nested, 'Legacy')],
    maxAlarms: 3,
    schedule: ScheduleExpression.rate(Duration.minutes(15)),
  });
  monitor.addAlarmAction(new actions.SnsAction(new sns.Topic(monitoring, 'Topic')));

  const staged = new Stack(new Stage(app, 'Prod'), 'Reports');
  createConnection(staged, 'Warehouse');
  ConnectionTests.applyTo(app);
  ConnectionMonitor.ofAll(app, { schedule: ScheduleExpression.cron({ minute: '0', hour: '6' }) });
  return app;
}

function createTest(scope: Construct, id: string, secret?: secretsmanager.ISecret): ConnectionTest {
  const target = ConnectionTarget.fromConnection(createConnection(scope, id, secret));
  return new ConnectionTest(scope, `${id}Test`, { target });
}

function createConnection(scope: Construct, id: string, secret?: secretsmanager.ISecret): glue.Connection {
  return new glue.Connection(scope, id, {
    type: glue.ConnectionType.JDBC,
    properties: { JDBC_CONNECTION_URL: 'jdbc:postgresql://db.example.com:5432/orders' },
    secret,
  });
}
