import { App, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import * as glue from 'aws-cdk-lib/aws-glue';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { ConnectionTests, type ApplyToOptions } from '../../../lib/index';

/** Where the data stores are. */
export interface EstateProps {
  readonly jdbcUrl: string;
  /** Of the one that may be broken. */
  readonly stockJdbcUrl: string;
  /** By its name. It holds the database's user. */
  readonly databaseSecret: string;
  readonly instanceUrl: string;
  readonly tokenUrl: string;
  readonly clientId: string;
  /** By its name. It holds the client's secret. */
  readonly clientSecret: string;
}

export const ESTATE: EstateProps = {
  jdbcUrl: 'jdbc:postgresql://db.example.com:5432/orders',
  stockJdbcUrl: 'jdbc:postgresql://stock.example.com:5432/stock',
  databaseSecret: 'estate/database',
  instanceUrl: 'https://example.my.salesforce.com',
  tokenUrl: 'https://example.my.salesforce.com/services/oauth2/token',
  clientId: 'estate',
  clientSecret: 'estate/salesforce',
};

/**
 * What an organisation may have: three stacks, two nested ones, a stage; connections of eight types, some by L1 and some
 * by L2, and what uses them.
 */
export function buildEstate(props: EstateProps, options: ApplyToOptions & { readonly outdir?: string } = {}): App {
  const { outdir, ...testsOptions } = options;
  const app = new App({
    outdir,
    analyticsReporting: false,
    context: { 'aws:cdk:enable-asset-metadata': true, '@aws-cdk/core:defaultCrossStackReferences': 'strong' },
  });

  const sources = new Stack(app, 'Sources');
  const orders = createDatabase(sources, 'Orders', props);
  createL1(sources, 'Events', 'JDBC', { JDBC_CONNECTION_URL: props.jdbcUrl, SECRET_ID: props.databaseSecret });
  createL2(sources, 'Kafka', 'KAFKA');
  createL1(sources, 'Network', 'NETWORK');
  createCrawler(sources, 'CrawlEvents', { jdbcTargets: [{ connectionName: 'events', path: 'orders/%' }] });
  const legacy = new NestedStack(sources, 'Legacy');
  createL1(legacy, 'Stock', 'JDBC', { JDBC_CONNECTION_URL: props.stockJdbcUrl, SECRET_ID: props.databaseSecret });
  createL2(legacy, 'Custom', 'CUSTOM');
  createJob(legacy, 'LoadStock', 'stock');

  const jobs = new Stack(app, 'Jobs');
  const nightly = createJob(jobs, 'Nightly', orders.connectionName);
  new glue.CfnTrigger(jobs, 'AtNight', { type: 'ON_DEMAND', actions: [{ jobName: nightly.ref }] });
  const batch = new NestedStack(jobs, 'Batch');
  createJob(batch, 'Replenish', 'stock');

  const crm = new Stack(app, 'Crm');
  createSalesforce(crm, props);
  createL2(crm, 'Documents', 'MONGODB');
  createL1(crm, 'Bought', 'MARKETPLACE');
  createJob(crm, 'LoadAccounts', 'accounts');
  createJob(crm, 'Tidy');

  const reports = new Stack(new Stage(app, 'Prod'), 'Reports');
  const warehouse = createDatabase(reports, 'Warehouse', props);
  createL1(reports, 'View', 'VIEW_VALIDATION_REDSHIFT');
  createJob(reports, 'Report', warehouse.connectionName);

  ConnectionTests.applyTo(app, testsOptions);
  return app;
}

function createDatabase(scope: Construct, id: string, { jdbcUrl, databaseSecret }: EstateProps): glue.Connection {
  return new glue.Connection(scope, id, {
    type: glue.ConnectionType.JDBC,
    properties: { JDBC_CONNECTION_URL: jdbcUrl },
    secret: secretsmanager.Secret.fromSecretNameV2(scope, `${id}Secret`, databaseSecret),
  });
}

function createL2(scope: Construct, id: string, type: string): glue.Connection {
  return new glue.Connection(scope, id, { type: new glue.ConnectionType(type) });
}

/** Its name is its id in lower case. */
function createL1(
  scope: Construct,
  id: string,
  connectionType: string,
  connectionProperties?: Record<string, string>,
): glue.CfnConnection {
  return new glue.CfnConnection(scope, id, {
    catalogId: Stack.of(scope).account,
    connectionInput: { name: id.toLowerCase(), connectionType, connectionProperties },
  });
}

function createSalesforce(scope: Construct, props: EstateProps): void {
  const { secretArn } = secretsmanager.Secret.fromSecretNameV2(scope, 'ClientSecret', props.clientSecret);
  new glue.CfnConnection(scope, 'Accounts', {
    catalogId: Stack.of(scope).account,
    connectionInput: {
      name: 'accounts',
      connectionType: 'SALESFORCE',
      connectionProperties: { INSTANCE_URL: props.instanceUrl },
      authenticationConfiguration: {
        authenticationType: 'OAUTH2',
        secretArn,
        oAuth2Properties: {
          oAuth2GrantType: 'CLIENT_CREDENTIALS',
          oAuth2ClientApplication: { userManagedClientApplicationClientId: props.clientId },
          tokenUrl: props.tokenUrl,
        },
      },
    },
  });
}

function createJob(scope: Construct, id: string, ...connections: string[]): glue.CfnJob {
  return new glue.CfnJob(scope, id, {
    role: 'arn:aws:iam::111122223333:role/glue',
    command: { name: 'glueetl', scriptLocation: 's3://example-bucket/job.py' },
    connections: { connections },
  });
}

function createCrawler(scope: Construct, id: string, targets: glue.CfnCrawler.TargetsProperty): glue.CfnCrawler {
  return new glue.CfnCrawler(scope, id, { role: 'arn:aws:iam::111122223333:role/glue', targets });
}
