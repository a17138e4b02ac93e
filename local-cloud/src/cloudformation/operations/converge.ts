import { setMaxListeners } from 'node:events';
import { messageOf } from '../errors';
import { walk } from '../graph';
import type { Properties } from '../resource-handler';
import { assertExports } from '../stack/exports';
import { evaluateOutputs } from '../stack/outputs';
import { sameProperties } from '../stack/same-properties';
import { StackScope } from '../stack/scope';
import type { StackResource } from '../stack/stack';
import type { ResourceDefinition } from '../template/stack-model';
import type { OperationContext } from './context';
import { failureOf } from './failures';
import type { ResourceOperations } from './resource-operations';

export interface ConvergeOptions {
  readonly cancelOnFailure: boolean;
  /** Cancels everything from outside. */
  readonly signal?: AbortSignal;
}

/**
 * Creates and updates resources until the stack is what its model says. Properties are evaluated when all that a
 * resource depends on is done; where they come out as they were, nothing is sent and no event appears.
 *
 * After a failure nothing that depends on it is started. With `cancelOnFailure` nothing at all is started, and
 * resources under way are cancelled: CloudFormation no longer waits for them. Without it, independent resources go on.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stack-failure-options.html
 * @see https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/1814
 * @returns why it failed
 */
export async function converge(
  context: OperationContext,
  operations: ResourceOperations,
  { cancelOnFailure, signal: outerSignal }: ConvergeOptions,
): Promise<string | undefined> {
  const { stack } = context;
  const { model } = stack;
  const scope = new StackScope(stack, model, context.stacks);
  stack.imports = scope.imported;
  const cancellation = new AbortController();
  const signal = AbortSignal.any([cancellation.signal, ...(outerSignal ? [outerSignal] : [])]);
  setMaxListeners(0, signal); // One for each resource under way is no leak.

  const visit = async (definition: ResourceDefinition): Promise<boolean> => {
    const succeeded = await bringAbout(context, operations, definition, scope, signal);
    if (!succeeded && cancelOnFailure) {
      cancellation.abort();
    }
    return succeeded;
  };
  const dependenciesOf = ({ dependencies }: ResourceDefinition): ResourceDefinition[] =>
    dependencies.flatMap((name) => model.resources.get(name) ?? []);
  await walk([...model.resources.values()], dependenciesOf, visit, signal);

  return failureOf(stack) ?? (signal.aborted ? 'Operation cancelled' : publishOutputs(context, scope));
}

async function bringAbout(
  context: OperationContext,
  operations: ResourceOperations,
  definition: ResourceDefinition,
  scope: StackScope,
  signal: AbortSignal,
): Promise<boolean> {
  const { stack } = context;
  const current = stack.resources.get(definition.logicalId);
  let properties: Properties;
  try {
    properties = scope.propertiesOf(definition);
  } catch (error) {
    if (current) {
      stack.put(current, 'UPDATE_FAILED', messageOf(error));
    } else {
      stack.put(operations.fresh(definition, {}), 'CREATE_FAILED', messageOf(error));
    }
    return false;
  }

  if (!current || current.status === 'CREATE_FAILED') {
    if (current?.physicalId !== undefined) {
      stack.abandoned.add(current);
    }
    return operations.create(definition, properties, signal);
  }
  if (stack.skips(definition.logicalId)) {
    stack.put({ ...current, definition, properties, lastStable: undefined }, 'UPDATE_COMPLETE');
    return true;
  }
  if (takesUpdate(context, current, properties)) {
    return operations.update(current, definition, properties, signal);
  }
  if (current.status === 'UPDATE_FAILED') {
    stack.put({ ...current, definition, properties }, 'UPDATE_COMPLETE');
  } else {
    stack.record({ ...current, definition, properties });
  }
  return true;
}

/**
 * A nested stack is sent every update, for its template may have changed, and every rollback of one that changed it.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-nested-stacks.html
 */
function takesUpdate(
  { stack, handlerFor }: OperationContext,
  { definition, physicalId = '', properties: previous, lastStable }: StackResource,
  properties: Properties,
): boolean {
  const { nested } = handlerFor(definition.resourceType);
  if (!nested) {
    return lastStable !== undefined || !sameProperties(previous, properties);
  }
  return stack.status === 'UPDATE_IN_PROGRESS' || nested.isOpen(physicalId);
}

function publishOutputs({ stack, stacks }: OperationContext, scope: StackScope): string | undefined {
  try {
    const outputs = evaluateOutputs(stack.model, scope);
    assertExports(stack, outputs, stacks);
    stack.outputs = outputs;
    return undefined;
  } catch (error) {
    return messageOf(error);
  }
}
