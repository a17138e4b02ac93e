import { App, Stack } from 'aws-cdk-lib';
import * as glue from 'aws-cdk-lib/aws-glue';
import { ConnectionTests } from '../../../lib/index';
import { DataStore } from './data-store';

/** A connection in one stack, and in another one the job that uses it. */
const app = new App();
const connection = new DataStore(new Stack(app, 'Data')).connection('Orders');

new glue.CfnJob(new Stack(app, 'Jobs'), 'Nightly', {
  role: 'arn:aws:iam::111122223333:role/nightly',
  command: { name: 'glueetl', scriptLocation: 's3://example-bucket/nightly.py' },
  connections: { connections: [connection.connectionName] },
});

ConnectionTests.applyTo(app);
