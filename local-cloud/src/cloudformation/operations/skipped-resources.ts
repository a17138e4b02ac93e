import { ValidationError } from '../errors';
import { STACK_TYPE, type Stack, type StackResource } from '../stack/stack';
import type { OperationContext } from './context';
import { UPDATE_CANCELLED } from './resource-operations';

/**
 * Fails when one of the resources to skip has not failed to go back. A nested stack is skipped by its resources.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ContinueUpdateRollback.html
 */
export function assertSkippable(context: OperationContext, resourcesToSkip: readonly string[]): void {
  const refused = resourcesToSkip.filter((name) => !isSkippable(resourceNamed(context, name)));
  if (refused.length > 0) {
    throw new ValidationError(
      `The following resource(s) cannot be skipped, because they are not in the UPDATE_FAILED state of a failed rollback: [${refused.join(', ')}]`,
    );
  }
}

function isSkippable(resource: StackResource | undefined): boolean {
  return (
    resource?.status === 'UPDATE_FAILED' &&
    resource.statusReason !== UPDATE_CANCELLED &&
    resource.definition.resourceType !== STACK_TYPE
  );
}

function resourceNamed({ stack, stacks }: OperationContext, name: string): StackResource | undefined {
  const [logicalId = '', nestedName] = name.split('.').reverse();
  const isMeant = (each: Stack): boolean => (nestedName === undefined ? each === stack : each.name === nestedName);
  return [...stacks].find((each) => each.isIn(stack) && isMeant(each))?.resources.get(logicalId);
}
