import { isDeepStrictEqual } from 'node:util';
import { ValidationError } from '../errors';
import type { ResourceHandler } from '../resource-handler';
import type { CreateOnlyProperty } from '../resource-types/create-only';
import type { ResourceDefinition, StackModel } from '../template/stack-model';
import type { DeletionPolicy } from '../template/template';
import type { Change, ChangeDetail } from './change';
import { detailsOf } from './change-details';
import { assertEvaluable, type Outlook } from './outlook';
import { evaluateOutputs } from './outputs';
import type { StackScope } from './scope';
import type { Stack } from './stack';

/** What an operation would do. */
export interface ChangeSet {
  readonly changes: readonly Change[];
  /** Whether there is nothing to do; metadata, policies, outputs and tags, which are no resource's changes, count too. */
  readonly isEmpty: boolean;
}

/** What is known of types of resources. */
export interface ResourceTypes {
  readonly handlerFor: (resourceType: string) => ResourceHandler;
  readonly createOnlyOf: (resourceType: string) => readonly CreateOnlyProperty[];
}

/**
 * Compares the stack with a model. Evaluates all of the template that can be evaluated by now, so that its errors come
 * before anything is done.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-changesets.html
 */
export function changeSetFor(stack: Stack, model: StackModel, scope: StackScope, types: ResourceTypes): ChangeSet {
  assertTypesKept(stack, model);
  const visited = new Map<string, Change | undefined>();
  const changeOf = (logicalId: string): Change | undefined => {
    const definition = model.resources.get(logicalId);
    if (definition && !visited.has(logicalId)) {
      definition.dependencies.forEach(changeOf);
      visited.set(logicalId, changeTo(definition, stack, types, { model, scope, changeOf }));
    }
    return visited.get(logicalId);
  };
  const made = [...model.resources.keys()].flatMap((logicalId) => changeOf(logicalId) ?? []);
  const removed = stack.present.filter(({ definition }) => !model.resources.has(definition.logicalId));
  const changes = [
    ...made,
    ...removed.map(({ definition, physicalId }) => ({
      ...change('Remove', definition, physicalId),
      policyAction: actionUnder(definition.deletionPolicy),
    })),
  ];
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
  return { action, logicalId: definition.logicalId, resourceType: definition.resourceType, physicalId, details: [] };
}

/**
 * None when nothing changes. A nested stack is always among the changes: what its template holds is seen when it is
 * updated.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ResourceChangeDetail.html
 */
function changeTo(
  definition: ResourceDefinition,
  stack: Stack,
  { handlerFor, createOnlyOf }: ResourceTypes,
  outlook: Outlook,
): Change | undefined {
  assertEvaluable(definition, outlook);
  const current = stack.resources.get(definition.logicalId);
  if (!current) {
    return change('Add', definition);
  }
  const handler = handlerFor(definition.resourceType);
  const details = detailsOf(stack, current, definition, createOnlyOf(definition.resourceType), outlook);
  const isSettled = current.status.endsWith('_COMPLETE');
  if (isSettled && !handler.nested && details.length === 0) {
    return undefined;
  }
  const replacement = handler.update ? replacementBy(details) : 'True';
  return {
    ...change('Modify', definition, current.physicalId),
    replacement,
    policyAction:
      replacement === 'True' ? `ReplaceAnd${actionUnder(current.definition.updateReplacePolicy)}` : undefined,
    details: handler.nested && details.length === 0 ? [AUTOMATIC] : details,
  };
}

/** `RetainExceptOnCreate` retains whatever is not about to be created. */
function actionUnder(policy: DeletionPolicy): 'Delete' | 'Retain' | 'Snapshot' {
  return policy === 'RetainExceptOnCreate' ? 'Retain' : policy;
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ResourceChange.html */
function replacementBy(details: readonly ChangeDetail[]): Change['replacement'] {
  const needed = details.filter(({ requiresRecreation }) => requiresRecreation !== 'Never');
  if (needed.some(({ requiresRecreation, evaluation }) => requiresRecreation === 'Always' && evaluation === 'Static')) {
    return 'True';
  }
  return needed.length > 0 ? 'Conditional' : 'False';
}

const AUTOMATIC: ChangeDetail = { requiresRecreation: 'Never', evaluation: 'Dynamic', changeSource: 'Automatic' };

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
