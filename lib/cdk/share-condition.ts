import { CfnResource, Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { onCompletion } from './completion';

/**
 * Gives a dependent of a resource the condition that the resource has. Without it, the template would refer to a resource
 * that need not exist.
 *
 * @param resource what the dependent refers to, where it is of this app
 * @param dependent a resource, or a construct whose main child it is
 */
export function shareCondition(resource: CfnResource | undefined, dependent: IConstruct): void {
  const own = dependent.node.defaultChild ?? dependent;
  if (resource === undefined || !CfnResource.isCfnResource(own) || Stack.of(resource) !== own.stack) {
    return;
  }
  // The resource may be given its condition at any time. A lazy value here would take the CDK longer, for every test.
  onCompletion(dependent, () => {
    own.cfnOptions.condition = resource.cfnOptions.condition ?? own.cfnOptions.condition;
  });
}
