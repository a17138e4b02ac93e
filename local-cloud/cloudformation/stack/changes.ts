import { isDeepStrictEqual } from 'node:util';
import { ValidationError } from '../errors';
import type { Properties, ResourceHandler } from '../resource-handler';
import { evaluate } from '../template/functions';
import type { ResourceDefinition, StackModel } from '../template/stack-model';
import type { StackScope } from './scope';
import { stringify } from '../template/stringify';
import { evaluateOutputs } from './outputs';
import type { Stack, StackResource } from './stack';

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ResourceChange.html */
export interface Change {
  readonly action: 'Add' | 'Modify' | 'Remove';
  readonly logicalId: string;
  readonly physicalId?: string;
  readonly resourceType: string;
  /** For `Modify`. `Conditional`: known when the resources that it refers to have been updated. */
  readonly replacement?: 'True' | 'False' | 'Conditional';
}

/** Two spellings of a scalar, as in `1` and `"1"`, are no difference. */
export function sameProperties(left: unknown, right: unknown): boolean {
  return isDeepStrictEqual(stringify(left), stringify(right));
}

/** What an operation would do. */
export interface ChangeSet {
  /** Without resources that change only because one that they refer to does. */
  readonly changes: readonly Change[];
  /** Whether there is nothing to do; metadata, policies, outputs and tags, which are no resource's changes, count too. */
  readonly isEmpty: boolean;
}

export type HandlerFor = (resourceType: string) => ResourceHandler;

/**
 * Compares the stack with a model. Evaluates all of the template that can be evaluated by now, so that its errors come
 * before anything is done.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-changesets.html
 */
export function changeSetFor(stack: Stack, model: StackModel, scope: StackScope, handlerFor: HandlerFor): ChangeSet {
  assertTypesKept(stack, model);
  const made = [...model.resources.values()].flatMap((definition) => {
    const properties = knownProperties(definition, scope);
    const current = stack.resources.get(definition.logicalId);
    return current ? modification(current, definition, properties, handlerFor) : [change('Add', definition)];
  });
  const removed = stack.present.filter(({ definition }) => !model.resources.has(definition.logicalId));
  const changes = [...made, ...removed.map(({ definition, physicalId }) => change('Remove', definition, physicalId))];
  return { changes, isEmpty: changes.length === 0 && isPassivelyEqual(stack, model, scope) };
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks.html */
function assertTypesKept(stack: Stack, model: StackModel): void {
  const retyped = [...model.resources.values()]
    .filter(({ logicalId, resourceType }) => {
      const current = stack.resources.get(logicalId);
      return current && current.definition.resourceType !== resourceType;
    })
    .map(({ logicalId }) => logicalId);
  if (retyped.length > 0) {
    throw new ValidationError(
      `Update of resource type is not permitted. The new template modifies resource type of the following resources: [${retyped.join(', ')}]`,
    );
  }
}

function change(action: Change['action'], definition: ResourceDefinition, physicalId?: string): Change {
  return { action, logicalId: definition.logicalId, resourceType: definition.resourceType, physicalId };
}

/**
 * None when nothing changes. A nested stack is always among the changes: what its template holds is seen when it is
 * updated.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ResourceChangeDetail.html
 */
function modification(
  current: StackResource,
  definition: ResourceDefinition,
  properties: Properties | undefined,
  handlerFor: HandlerFor,
): Change[] {
  const handler = handlerFor(definition.resourceType);
  const isSettled = current.status.endsWith('_COMPLETE');
  if (isSettled && !handler.nested && properties && sameProperties(current.properties, properties)) {
    return [];
  }
  const modify = change('Modify', definition, current.physicalId);
  return [{ ...modify, replacement: replacement(current, properties, handler) }];
}

function replacement(
  current: StackResource,
  properties: Properties | undefined,
  handler: ResourceHandler,
): Change['replacement'] {
  if (!handler.update) {
    return 'True';
  }
  if (!properties) {
    return 'Conditional';
  }
  return handler.requiresReplacement?.(current.properties, properties) ? 'True' : 'False';
}

/** Undefined while they depend on a resource that does not exist, or on an attribute that it does not have yet. */
function knownProperties(definition: ResourceDefinition, scope: StackScope): Properties | undefined {
  const values = Object.entries(definition.properties).map(([key, value]) => [key, known(value, scope)] as const);
  return values.some(([, value]) => value === UNKNOWN) ? undefined : scope.propertiesOf(definition);
}

const UNKNOWN = Symbol('known after a resource was created or updated');

function known(value: unknown, scope: StackScope): unknown {
  try {
    return evaluate(value, scope);
  } catch (error) {
    if (error instanceof ValidationError) {
      throw error;
    }
    return UNKNOWN;
  }
}

/** Compares what may change without concerning a handler. */
function isPassivelyEqual(stack: Stack, model: StackModel, scope: StackScope): boolean {
  const attributes = ({ resources }: StackModel): Map<string, unknown> =>
    new Map(
      [...resources].map(([id, { metadata, deletionPolicy, updateReplacePolicy }]) => [
        id,
        { metadata, deletionPolicy, updateReplacePolicy },
      ]),
    );
  const tags = (of: StackModel): Map<string, string> => new Map(of.tags.map(({ key, value }) => [key, value]));
  return (
    isDeepStrictEqual(attributes(model), attributes(stack.model)) &&
    isDeepStrictEqual(tags(model), tags(stack.model)) &&
    isDeepStrictEqual(evaluateOutputs(model, scope), stack.outputs)
  );
}
