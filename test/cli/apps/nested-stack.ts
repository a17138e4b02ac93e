import { App, NestedStack, Stack } from 'aws-cdk-lib';
import { ConnectionTarget, ConnectionTest } from '../../../lib/index';
import { contextOf, DataStore } from './data-store';

/** A protected stack with tags, and a connection with its test in a stack within it. */
const app = new App();
const outer = new Stack(app, 'Outer', {
  terminationProtection: app.node.tryGetContext('protected') === 'true',
  tags: { team: 'data' },
});
const nested = new NestedStack(outer, 'Nested');

new ConnectionTest(nested, 'Test', {
  target: ConnectionTarget.fromConnection(new DataStore(nested).connection('Orders')),
  triggers: { password: contextOf(nested, 'password') === 'wrong' ? '2' : '1' },
});
