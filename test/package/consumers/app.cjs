const { App, Stack } = require('aws-cdk-lib');
const { ConnectionTarget, ConnectionTest, ConnectionTests } = require('cdk-glue-connection-test');

const app = new App();
const stack = new Stack(app, 'Orders');
new ConnectionTest(stack, 'Test', { target: ConnectionTarget.fromName('orders', { inVpc: false }) });
ConnectionTests.applyTo(app);
app.synth();
