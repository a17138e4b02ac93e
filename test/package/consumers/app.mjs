import { App, Stack } from 'aws-cdk-lib';
import { ConnectionTarget, ConnectionTest, ConnectionTests } from 'cdk-glue-connection-test';
import * as exported from 'cdk-glue-connection-test';

const app = new App();
const stack = new Stack(app, 'Orders');
new ConnectionTest(stack, 'Test', { target: ConnectionTarget.fromName('orders', { inVpc: false }) });
ConnectionTests.applyTo(app);
app.synth();

// Node.js finds the names in the code without running it.
const missing = Object.keys(exported.default).filter((name) => !(name in exported));
if (missing.length > 0) {
  throw new Error(`all exports must have names, got: none for ${missing.join(', ')}`);
}
