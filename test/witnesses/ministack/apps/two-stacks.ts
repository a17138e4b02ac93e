import { App, CliCredentialsStackSynthesizer, Stack } from 'aws-cdk-lib';
import * as glue from 'aws-cdk-lib/aws-glue';
import * as iam from 'aws-cdk-lib/aws-iam';
import { ConnectionTestProvider, ConnectionTests } from '../../../../lib/index';
import { DataStore } from '../../../cli/apps/data-store';

/**
 * A connection with a name and one without in one stack, and in another one the job that uses them. No roles of the
 * bootstrap stack: their policies have the condition aws:ResourceAccount, which MiniStack doesn't know.
 */
const app = new App({ defaultStackSynthesizer: new CliCredentialsStackSynthesizer() });
const data = new Stack(app, 'Data');
const dataStore = new DataStore(data);
const connections = [dataStore.connection('Named', { connectionName: 'orders' }), dataStore.connection('Unnamed')];

new glue.CfnJob(new Stack(app, 'Jobs'), 'Nightly', {
  role: 'arn:aws:iam::000000000000:role/nightly',
  command: { name: 'glueetl', scriptLocation: 's3://example-bucket/nightly.py' },
  connections: { connections: connections.map(({ connectionName }) => connectionName) },
});

ConnectionTests.applyTo(app);

// MiniStack asks for this as well; for AWS it is enough that the trust policy of the test's role names the function's.
ConnectionTestProvider.getOrCreate(data).grantPrincipal.addToPrincipalPolicy(
  new iam.PolicyStatement({ actions: ['sts:AssumeRole'], resources: ['*'] }),
);
