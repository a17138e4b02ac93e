/**
 * A CDK app whose connections are tested by the provider that is deployed once for the account and Region, instead of by
 * one function for each stack.
 *
 * Before: the provider, as ../cloudformation.yaml shows, with ConnectionNamePattern and SecretNamePattern wide enough for
 * this app. In a project that has the packages cdk-glue-connection-test and tsx:
 *
 *   npx cdk deploy --all --app 'npx tsx app.ts' \
 *     --parameters Orders:JdbcUrl=jdbc:postgresql://db.example.com:5432/orders --parameters JobRoleArn=ARN
 */
import { Annotations, App, CfnParameter, Fn, Stack, type StackProps } from 'aws-cdk-lib';
import * as glue from 'aws-cdk-lib/aws-glue';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { ConnectionTarget, ConnectionTest, ConnectionTestProvider, ConnectionTests } from 'cdk-glue-connection-test';
import type { Construct } from 'constructs';

const serviceToken = Fn.importValue('GlueConnectionTestServiceToken');

/** A connection and a job that uses it. Nothing in here knows of a test. */
class OrdersStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);
    const jdbcUrl = new CfnParameter(this, 'JdbcUrl', { description: 'Address of the database' });
    const credentials = new CfnParameter(this, 'CredentialsName', { default: 'orders/database' });
    const orders = new glue.Connection(this, 'Orders', {
      connectionName: 'orders',
      type: glue.ConnectionType.JDBC,
      properties: { JDBC_CONNECTION_URL: jdbcUrl.valueAsString },
      secret: secretsmanager.Secret.fromSecretNameV2(this, 'Credentials', credentials.valueAsString),
    });
    createJob(this, orders.connectionName);
  }
}

/** A job that uses a connection which is there already. */
class ReportStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);
    const test = new ConnectionTest(this, 'ArchiveTest', {
      target: ConnectionTarget.fromName('orders-archive', { inVpc: false }),
      secret: secretsmanager.Secret.fromSecretNameV2(this, 'Credentials', 'orders/database'),
      provider: ConnectionTestProvider.fromServiceToken(this, 'Provider', serviceToken),
    });
    createJob(this, test.connectionName);
  }
}

function createJob(stack: Stack, connectionName: string): void {
  new glue.CfnJob(stack, 'Job', {
    role: new CfnParameter(stack, 'JobRoleArn', { description: 'The role that the job runs with' }).valueAsString,
    glueVersion: '5.0',
    command: { name: 'glueetl', scriptLocation: 's3://example-bucket/nightly.py', pythonVersion: '3' },
    connections: { connections: [connectionName] },
  });
}

const app = new App();
const stacks = [new OrdersStack(app, 'Orders'), new ReportStack(app, 'Report')];

// Every connection of the app gets a test, and all that uses a connection waits for it.
ConnectionTests.applyTo(app, { serviceToken });

// On each stack, since what is acknowledged on the app itself has no effect on warnings that come later.
for (const stack of stacks) {
  Annotations.of(stack).acknowledgeWarning(
    'cdk-glue-connection-test:notGranted',
    "The provider's ConnectionNamePattern and SecretNamePattern allow what is printed.",
  );
}

app.synth();
