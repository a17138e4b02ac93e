import { App, Aws, CfnCondition, CfnParameter, Fn, NestedStack, Stack } from 'aws-cdk-lib';
import * as glue from 'aws-cdk-lib/aws-glue';
import * as rds from 'aws-cdk-lib/aws-rds';
import type { Construct } from 'constructs';
import { ConnectionTests } from '../../../lib/index';

/** A connection that is only there under a condition, with users that are there anyway, in a nested stack too. */
export function buildConditional(): App {
  const app = new App({ analyticsReporting: false, context: { 'aws:cdk:enable-asset-metadata': true } });
  const stack = new Stack(app, 'Conditional');
  const withOrders = createCondition(stack, 'WithOrders');
  const withReplica = createCondition(stack, 'WithReplica');

  const cluster = new rds.CfnDBCluster(stack, 'Cluster', { engine: 'aurora-mysql' });
  const instance = (id: string) =>
    new rds.CfnDBInstance(stack, id, { engine: 'aurora-mysql', dbClusterIdentifier: cluster.ref });
  instance('Writer');
  instance('Replica').cfnOptions.condition = withReplica;

  const connection = new glue.CfnConnection(stack, 'Orders', {
    catalogId: Aws.ACCOUNT_ID,
    connectionInput: {
      name: 'orders',
      connectionType: 'JDBC',
      connectionProperties: { JDBC_CONNECTION_URL: `jdbc:mysql://${cluster.attrEndpointAddress}:3306/orders` },
    },
  });
  connection.cfnOptions.condition = withOrders;
  const orOther = Fn.conditionIf(withOrders.logicalId, connection.ref, 'other').toString();
  createJob(stack, 'Always', orOther);
  createJob(stack, 'Sometimes', connection.ref).cfnOptions.condition = withOrders;
  createJob(new NestedStack(stack, 'Nested'), 'Inside', 'orders');
  createJob(stack, 'Unrelated', 'other');

  ConnectionTests.applyTo(app);
  return app;
}

function createCondition(stack: Stack, id: string): CfnCondition {
  const parameter = new CfnParameter(stack, `${id}Parameter`, { default: 'no', allowedValues: ['yes', 'no'] });
  return new CfnCondition(stack, id, { expression: Fn.conditionEquals(parameter.valueAsString, 'yes') });
}

function createJob(scope: Construct, id: string, connection: string): glue.CfnJob {
  return new glue.CfnJob(scope, id, {
    role: 'arn:aws:iam::111122223333:role/glue',
    command: { name: 'glueetl', scriptLocation: 's3://example-bucket/job.py' },
    connections: { connections: [connection] },
  });
}
