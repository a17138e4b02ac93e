import { App, Stack } from 'aws-cdk-lib';
import * as glue from 'aws-cdk-lib/aws-glue';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { ConnectionTarget, ConnectionTest } from '../../lib/index';
import { NO_LIMIT } from './connections';

export interface OthersOptions {
  readonly isTested: boolean;
  readonly count: number;
  readonly outdir?: string;
}

/** One connection with its job, and many resources that have nothing to do with it, of which each refers to another. */
export function othersApp({ isTested, count, outdir }: OthersOptions): App {
  const app = new App({ outdir, analyticsReporting: false, context: NO_LIMIT });
  const stack = new Stack(app, 'Connections');
  let deadLetterTargetArn = 'arn:aws:sqs:eu-west-1:111122223333:first';
  for (let index = 0; index < count; index++) {
    const redrivePolicy = { deadLetterTargetArn, maxReceiveCount: 3 };
    deadLetterTargetArn = new sqs.CfnQueue(stack, `Queue${index}`, { redrivePolicy }).attrArn;
  }
  const connection = new glue.Connection(stack, 'Connection', {
    type: glue.ConnectionType.JDBC,
    properties: { JDBC_CONNECTION_URL: 'jdbc:postgresql://db.example.com:5432/orders' },
  });
  new glue.CfnJob(stack, 'Job', {
    role: 'arn:aws:iam::111122223333:role/glue',
    command: { name: 'glueetl' },
    connections: { connections: [connection.connectionName] },
  });
  if (isTested) {
    new ConnectionTest(stack, 'Test', { target: ConnectionTarget.fromConnection(connection) }).gateDependents();
  }
  return app;
}
