import { Token } from 'aws-cdk-lib';
import { having, isObject, isText, kind } from '../props/kinds';
import { isCfnConnection } from './connection-definition';

export const CONNECTION_NAME = kind('a string', isText, { advice: factoryFor });

export const CONNECTION = kind(
  'a Connection of aws-cdk-lib/aws-glue',
  (value) => isObject(value) && 'connectionArn' in value && !isCfnConnection(value),
  { advice: factoryFor },
);

export const CFN_CONNECTION = kind('a CfnConnection of aws-cdk-lib/aws-glue', isCfnConnection, { advice: factoryFor });

export const CONNECTION_TYPE = kind('a glue.ConnectionType', (value) => isObject(value) && 'name' in value, {
  advice: (value) =>
    `use ${isText(value) ? `new glue.ConnectionType('${value}')` : 'a member of the class, or new glue.ConnectionType'}`,
});

export const TARGET = having(['_facts'], 'a ConnectionTarget', { advice: factoryFor });

/** Which factory takes what was given. */
function factoryFor(value: unknown): string {
  if (isCfnConnection(value)) {
    return 'use ConnectionTarget.fromCfnConnection(connection)';
  }
  if (isObject(value) && 'connectionArn' in value) {
    return 'use ConnectionTarget.fromConnection(connection)';
  }
  return isText(value)
    ? `use ConnectionTarget.fromName('${Token.isUnresolved(value) ? '…' : value}')`
    : 'use ConnectionTarget.fromConnection, fromCfnConnection, fromName or fromInput';
}
