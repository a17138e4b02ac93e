import { App, CfnOutput, Stack } from 'aws-cdk-lib';
import * as glue from 'aws-cdk-lib/aws-glue';
import { ConnectionTarget, ConnectionTest } from '../../../../lib/index';
import { contextOf, DataStore } from '../../../cli/apps/data-store';

/** A connection with a name and one without, a test of each, and a job behind both. */
const app = new App();
const stack = new Stack(app, 'Orders');
const dataStore = new DataStore(stack);

const tests = [dataStore.connection('Named', { connectionName: 'orders' }), dataStore.connection('Unnamed')].map(
  (connection, index) =>
    new ConnectionTest(stack, `Test${index}`, {
      target: ConnectionTarget.fromConnection(connection),
      triggers: { release: contextOf(stack, 'release') },
    }),
);
const job = new glue.CfnJob(stack, 'Nightly', {
  role: 'arn:aws:iam::000000000000:role/nightly',
  command: { name: 'glueetl', scriptLocation: 's3://example-bucket/nightly.py' },
  connections: { connections: tests.map(({ connectionName }) => connectionName) },
  defaultArguments: { '--release': contextOf(stack, 'release') },
});
new CfnOutput(stack, 'Job', { value: job.ref });
new CfnOutput(stack, 'Outcomes', { value: tests.map(({ outcome }) => outcome).join() });
