import { App, Stack } from 'aws-cdk-lib';
import { ConnectionTests } from '../../../lib/index';
import { contextOf, DataStore } from './data-store';

/** Forty connections with one secret; the database of the last one does not exist if `broken` is set. */
const app = new App();
const stack = new Stack(app, 'Estate');
const dataStore = new DataStore(stack);

for (let index = 1; index < 40; index += 1) {
  dataStore.connection(`Connection${index}`);
}
const isBroken = contextOf(stack, 'broken') === 'true';
dataStore.connection('Connection40', { jdbcUrl: contextOf(stack, 'jdbcUrl') + (isBroken ? '-of-old' : '') });
ConnectionTests.applyTo(app);
