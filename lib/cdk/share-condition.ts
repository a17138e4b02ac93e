import { CfnResource, Lazy, Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

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
  const condition = () => resource.cfnOptions.condition ?? own.cfnOptions.condition;
  own.addOverride('Condition', Lazy.uncachedAny({ produce: () => condition()?.logicalId }));
}
