import { Annotations, App, Stack } from 'aws-cdk-lib';
import * as actions from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as glue from 'aws-cdk-lib/aws-glue';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as sns from 'aws-cdk-lib/aws-sns';
import {
  ConnectionAuthentication,
  ConnectionMonitor,
  ConnectionSweep,
  ConnectionTarget,
  ConnectionTest,
  ConnectionTestProvider,
  SecretReference,
} from '../../lib/index';

/** An app with every option that bears on what a rule may find. */
export function createEveryOption(context?: Record<string, unknown>): App {
  const app = new App({ context });
  addDefaults(new Stack(app, 'Defaults'));
  addNetworks(new Stack(app, 'Networks'));
  addInputs(new Stack(app, 'Inputs'));
  addOwnProvider(new Stack(app, 'OwnProvider'));
  addFullPolicy(new Stack(app, 'FullPolicy'));
  addRoles(new Stack(app, 'Roles'));
  addMonitors(new Stack(app, 'Monitors'));
  addSweeps(new Stack(app, 'Sweeps'));
  // Where account and region are known, ARNs are literals.
  addNetworks(new Stack(app, 'Environment', { env: { account: '111122223333', region: 'eu-west-1' } }));
  // Connections that are known by name only are meant to be here.
  Annotations.of(app).acknowledgeWarning('cdk-glue-connection-test:permissionsUnknown');
  return app;
}

const JDBC = { JDBC_CONNECTION_URL: 'jdbc:postgresql://db:5432/orders' };

function createConnection(stack: Stack, id: string, options?: glue.ConnectionOptions): glue.Connection {
  return new glue.Connection(stack, id, { type: glue.ConnectionType.JDBC, properties: JDBC, ...options });
}

function addDefaults(stack: Stack): void {
  new ConnectionTest(stack, 'Plain', { target: ConnectionTarget.fromName('orders', { inVpc: false }) });
  new ConnectionTest(stack, 'Asterisk', { target: ConnectionTarget.fromName('orders*', { inVpc: false }) });
  const secret = new secretsmanager.Secret(stack, 'Secret', { encryptionKey: new kms.Key(stack, 'Key') });
  new ConnectionTest(stack, 'WithSecret', {
    target: ConnectionTarget.fromConnection(createConnection(stack, 'Orders')),
    secret,
  });
  const properties = { ...JDBC, ROLE_ARN: `arn:${stack.partition}:iam::${stack.account}:role/glue` };
  const withRole = createConnection(stack, 'WithRole', { properties });
  new ConnectionTest(stack, 'WithRoleTest', { target: ConnectionTarget.fromConnection(withRole) });
}

function addNetworks(stack: Stack): void {
  const network = glue.ConnectionNetwork.vpc(new ec2.Vpc(stack, 'Vpc'));
  const target = ConnectionTarget.fromConnection(createConnection(stack, 'InVpc', { network }));
  new ConnectionTest(stack, 'InVpcTest', { target });
  new ConnectionTest(stack, 'ByName', { target: ConnectionTarget.fromName('orders', { inVpc: true }) });
}

function addInputs(stack: Stack): void {
  const secret = new secretsmanager.Secret(stack, 'Secret');
  const password = SecretReference.fromSecretsManager(secret, { jsonField: 'password' });
  const kmsKey = new kms.Key(stack, 'Key');
  const authentication = ConnectionAuthentication.basic({ username: 'orders', password, kmsKey });
  for (const [id, input] of Object.entries({
    Password: {
      connectionProperties: { ...JDBC, USERNAME: 'orders' },
      secretConnectionProperties: { PASSWORD: password },
    },
    WithKey: { connectionProperties: JDBC, authentication },
  })) {
    const target = ConnectionTarget.fromInput({ connectionType: glue.ConnectionType.JDBC, ...input });
    new ConnectionTest(stack, id, { target });
  }
}

function addOwnProvider(stack: Stack): void {
  const encryptionKey = new kms.Key(stack, 'Key');
  const assumedBy = new iam.ServicePrincipal('lambda.amazonaws.com');
  const options = {
    vpc: { vpc: new ec2.Vpc(stack, 'Vpc') },
    role: { role: new iam.Role(stack, 'Role', { assumedBy }) },
    importedRole: { role: iam.Role.fromRoleName(stack, 'ImportedRole', 'orders') },
    importedLogGroup: { logGroup: logs.LogGroup.fromLogGroupName(stack, 'ImportedLog', 'orders') },
    maxConcurrency: { maxConcurrency: 2 },
    logGroup: { logGroup: new logs.LogGroup(stack, 'Log', { encryptionKey, retention: logs.RetentionDays.ONE_YEAR }) },
  };
  const all = Object.assign({}, ...Object.values(options)) as object;
  for (const [id, props] of Object.entries({ ...options, all })) {
    const provider = new ConnectionTestProvider(stack, id, props);
    const target = ConnectionTarget.fromName('orders', { inVpc: false });
    new ConnectionTest(stack, `${id}Test`, { target, provider });
  }
}

/** More tests without a role of their own than one policy holds. */
function addFullPolicy(stack: Stack): void {
  for (let number = 1; number <= 30; number++) {
    const target = ConnectionTarget.fromName(`${'orders'.repeat(40)}${number}`, { inVpc: true });
    new ConnectionTest(stack, `Test${number}`, { target });
  }
}

/** Tests with a role of their own, of a provider that a key names, and of one that is deployed elsewhere. */
function addRoles(stack: Stack): void {
  const network = glue.ConnectionNetwork.vpc(new ec2.Vpc(stack, 'Vpc'));
  const encryptionKey = new kms.Key(stack, 'Key');
  const secret = new secretsmanager.Secret(stack, 'Secret', { encryptionKey });
  secret.grantRead(ConnectionTestProvider.getOrCreate(stack));
  const imported = ConnectionTestProvider.fromServiceToken(
    stack,
    'Imported',
    'arn:aws:lambda:eu-west-1:111122223333:function:provider',
    { role: iam.Role.fromRoleArn(stack, 'ImportedRole', 'arn:aws:iam::111122223333:role/provider') },
  );
  for (const [id, provider] of Object.entries({ Own: undefined, Elsewhere: imported })) {
    const target = ConnectionTarget.fromConnection(createConnection(stack, `${id}Orders`, { network }));
    new ConnectionTest(stack, id, { target, provider });
  }
}

/** A monitor of connections with a secret. */
function addMonitors(stack: Stack): void {
  const secret = new secretsmanager.Secret(stack, 'Secret');
  const alarmActions = [new actions.SnsAction(new sns.Topic(stack, 'Topic'))];
  const tests = ['orders', 'stock'].map((name) => {
    const target = ConnectionTarget.fromName(name, { inVpc: false });
    return new ConnectionTest(stack, name, { target, secret });
  });
  new ConnectionMonitor(stack, 'Monitor', { tests, alarmActions });
}

function addSweeps(stack: Stack): void {
  new ConnectionSweep(stack, 'All');
  const some = new ConnectionSweep(stack, 'Some', {
    include: ['prod-*', 'orders'],
    inVpc: true,
    secrets: [new secretsmanager.Secret(stack, 'Secret')],
    keys: [new kms.Key(stack, 'Key')],
    schedule: scheduler.ScheduleExpression.cron({ hour: '3' }),
    reportBucket: s3.Bucket.fromBucketName(stack, 'Reports', 'reports'),
    reportPrefix: 'sweeps/',
  });
  some.addAlarmAction(new actions.SnsAction(new sns.Topic(stack, 'Topic')));
}
