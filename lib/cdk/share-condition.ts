import { CfnResource, Lazy, Stack } from 'aws-cdk-lib';
import type { Construct, IConstruct } from 'constructs';
import type { ConnectionTest } from '../connection-test/connection-test';

/**
 * What refers to a connection that is only there under a condition, is only there under it as well.
 *
 * @param test the test of the connection
 * @param dependent a resource of that test, or a construct whose main child it is
 */
export function shareCondition(test: Construct, dependent: IConstruct): void {
  const { resource: connection } = (test as ConnectionTest)._facts;
  const resource = dependent.node.defaultChild ?? dependent;
  if (connection === undefined || !CfnResource.isCfnResource(resource) || Stack.of(connection) !== resource.stack) {
    return;
  }
  const condition = () => connection.cfnOptions.condition ?? resource.cfnOptions.condition;
  resource.addOverride('Condition', Lazy.uncachedAny({ produce: () => condition()?.logicalId }));
}
