import { App, Stack } from 'aws-cdk-lib';
import * as glue from 'aws-cdk-lib/aws-glue';
import {
  ConnectionTarget,
  ConnectionTest,
  ConnectionTests,
  OnFailure,
  type ConnectionTestProps,
} from 'cdk-glue-connection-test';

const app = new App();
const stack = new Stack(app, 'Orders');
const connection = new glue.Connection(stack, 'Connection', {
  type: glue.ConnectionType.JDBC,
  properties: { JDBC_CONNECTION_URL: 'jdbc:postgresql://db.example.com:5432/orders' },
});
const props: ConnectionTestProps = {
  target: ConnectionTarget.fromConnection(connection),
  onFailure: OnFailure.REPORT,
};
const test: ConnectionTest = new ConnectionTest(stack, 'Test', props);
const name: string = test.connectionName;
ConnectionTests.applyTo(app);
app.synth();

/** Compiled only: it would throw. */
export function setAttribute(): void {
  // @ts-expect-error An attribute can't be set.
  test.outcome = name;
}
