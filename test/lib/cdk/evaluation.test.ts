import { App, Aws, CfnParameter, Lazy, Stack } from 'aws-cdk-lib';
import * as glue from 'aws-cdk-lib/aws-glue';
import { ConnectionTarget, ConnectionTest } from '../../../lib/index';
import { onlyResourceOf } from '../harness';

/** A connection with JSON among its properties, which the CDK puts together of what is only known at deployment. */
function connectionWith(json: (parameter: string) => unknown, isTested: boolean) {
  const stack = new Stack(new App(), 'Stack');
  const parameter = new CfnParameter(stack, 'Parameter').valueAsString;
  const connection = new glue.CfnConnection(stack, 'Orders', {
    catalogId: stack.account,
    connectionInput: {
      connectionType: 'BIGQUERY',
      connectionProperties: { SparkProperties: stack.toJsonString(json(parameter)) },
    },
  });
  if (isTested) {
    new ConnectionTest(stack, 'Test', { target: ConnectionTarget.fromCfnConnection(connection) });
  }
  return onlyResourceOf(stack, 'AWS::Glue::Connection');
}

test.each<[string, (parameter: string) => unknown]>([
  ['a reference', (parameter) => ({ secretId: parameter })],
  ['a reference in a text', (parameter) => ({ secretId: `orders-${parameter}` })],
  ['a pseudo parameter', () => ({ secretId: Aws.REGION })],
  ['a pseudo parameter in a text', () => ({ secretId: `orders-${Aws.REGION}` })],
  ['a reference as a key', (parameter) => ({ [parameter]: 'orders', secretId: 'orders' })],
  ['a lazy number', () => ({ port: Lazy.number({ produce: () => 5432 }) })],
  ['a lazy list', () => ({ hosts: Lazy.list({ produce: () => ['db1', 'db2'] }) })],
])('JSON in a connection is as it would be without a test: %s', (_, json) => {
  expect(connectionWith(json, true)).toEqual(connectionWith(json, false));
});
